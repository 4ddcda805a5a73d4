package io.github.linfhash.encoders.training;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.pairs.PairSampler;
import io.github.linfhash.core.pairs.Pairs;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.algebra.TensorBackend;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Optimizer;
import io.github.linfhash.encoders.layers.Parameter;
import io.github.linfhash.encoders.training.BatchSampler.InputDropout;
import io.github.linfhash.encoders.training.TrainingOptions.PairSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.jspecify.annotations.Nullable;

/**
 * Trains any network by stochastic gradient descent: on pairs of images by eq. (12) of Wang et al. (IJCAI 2016), its two copies being one
 * network that both ends of a pair go through ({@link PairSteps}), or on batches by any {@link LossKind} ({@link InBatchSteps}).
 *
 * <p>What an epoch draws depends on the seed and its number alone. Held-out images come from the stream "validation" and
 * take part in no step.
 */
public final class SiameseTrainer {
    private final String method;
    private final TrainingOptions options;
    private final Faults faults;

    /**
     * A trainer.
     *
     * @param method the name under which failures are reported
     * @param options how to train
     */
    public SiameseTrainer(String method, TrainingOptions options) {
        this.method = method;
        this.options = options;
        this.faults = new Faults(method, options);
    }

    /** Trains the network of a start, which also has the solutions for a loss that learns from them. */
    Map<String, double[]> train(SiameseMethod.Start start, TrainingSet training, TrainingContext context) {
        Network network = start.network();
        RandomStreams random = context.random();
        TensorBackend.requireUsable();
        HeldOut images = HeldOut.split(training, options.validationShare(), random);
        // A loss that learns from solutions holds no image out, so that rows of both are the same.
        Steps steps = switch (options.pairs()) {
            case IN_BATCH ->
                new InBatchSteps(network, images.features(), images.labels(), start.solutions(), options, random);
            case FIXED_LIST, RESAMPLED -> new PairSteps(network, images.features(), images.labels(), options, random);
        };
        List<Parameter> learned = Stream.concat(network.parameters().stream(), steps.parameters().stream())
                .toList();
        Optimizer optimizer = options.newOptimizer();
        Diagnostics diagnostics = new Diagnostics(network, images.features());
        @Nullable HeldOutLoss heldOut = images.isEmpty() ? null : new HeldOutLoss(network, images, options, random);
        MeanWeights mean = new MeanWeights(network);
        Map<Parameter, float[]> best = new LinkedHashMap<>();
        double smallest = Double.POSITIVE_INFINITY;
        int bestEpoch = 0;
        Map<String, List<Double>> curves = new LinkedHashMap<>();
        try (Progress.Task task = context.progress().begin(method, options.epochs())) {
            for (int epoch = 1; epoch <= options.epochs(); epoch++) {
                if (heldOut != null && epoch - 1 - bestEpoch >= options.patience()) {
                    break;
                }
                note("loss", descend(steps, epoch, optimizer), curves);
                faults.requireFiniteWeights(learned, epoch);
                if (heldOut != null) {
                    double validation = heldOut.measure();
                    note("validation", validation, curves);
                    if (validation < smallest) {
                        smallest = validation;
                        bestEpoch = epoch;
                        network.parameters().forEach(parameter -> best.put(parameter, parameter.toArray()));
                    }
                }
                diagnostics.measure().forEach((name, value) -> note(name, value, curves));
                if (epoch > options.epochs() - options.averagedEpochs() && options.averagedEpochs() > 1) {
                    mean.add();
                }
                task.advance(1);
            }
        }
        best.forEach(Parameter::assign);
        mean.assign();
        @Nullable List<Double> zeros = curves.get("zeros");
        if (zeros != null) {
            faults.requireSomeOutput(zeros.get(zeros.size() - 1), zeros.size());
        }
        Map<String, double[]> arrays = new LinkedHashMap<>();
        curves.forEach((name, values) -> arrays.put(
                name, values.stream().mapToDouble(Double::doubleValue).toArray()));
        return arrays;
    }

    private static void note(String curve, double value, Map<String, List<Double>> curves) {
        curves.computeIfAbsent(curve, unused -> new ArrayList<>()).add(value);
    }

    /** Takes the steps of an epoch; gives the mean of their losses. */
    private double descend(Steps steps, int epoch, Optimizer optimizer) {
        double sum = 0;
        for (int number = 0; number < steps.count(); number++) {
            double loss = steps.step(epoch, number, optimizer);
            if (!Double.isFinite(loss)) {
                throw faults.diverged("loss", loss, epoch);
            }
            sum += loss;
        }
        return sum / steps.count();
    }

    /** The steps of an epoch, by what a step takes its pairs from. */
    interface Steps {
        /** The number of steps in an epoch. */
        int count();

        /** Returns the parameters that steps move beside those of the network. */
        default List<Parameter> parameters() {
            return List.of();
        }

        /**
         * Takes a step of descent.
         *
         * @param epoch from 1
         * @param number of the step in its epoch, from 0; steps of an epoch are taken in their order
         * @return the loss before the step
         */
        double step(int epoch, int number, Optimizer optimizer);
    }

    /** Steps that take all pairs of a batch of images, or each of its images: one forward pass of B images for B (B - 1) / 2 pairs. */
    static final class InBatchSteps implements Steps {
        private final BatchSampler sampler;
        private final BatchLoss loss;
        private final InputDropout dropout;
        private final Network.Pass pass;
        private final FeatureMatrix features;
        private final float[] images;
        private final float[] gradient;
        private final int count;

        InBatchSteps(
                Network network,
                FeatureMatrix features,
                Labels labels,
                @Nullable FeatureMatrix solutions,
                TrainingOptions options,
                RandomStreams random) {
            this(
                    network,
                    features,
                    new BatchSampler(labels, options.batch(), random.counter("batches")),
                    images -> options.loss()
                            .withSparsity(new LossKind.Setting(
                                    options, features, labels, solutions, network.outputs(), images, random)),
                    new InputDropout(options.inputDropout(), random.counter("dropout")),
                    options.batch().steps());
        }

        /**
         * Steps from their parts.
         *
         * @param loss makes the loss of batches of so many images
         * @param count steps of an epoch
         */
        InBatchSteps(
                Network network,
                FeatureMatrix features,
                BatchSampler sampler,
                IntFunction<BatchLoss> loss,
                InputDropout dropout,
                int count) {
            this.sampler = sampler;
            this.loss = loss.apply(sampler.size());
            this.dropout = dropout;
            this.pass = network.pass(sampler.size());
            this.features = features;
            this.images = new float[sampler.size() * features.dimension()];
            this.gradient = new float[network.outputs() * sampler.size()];
            this.count = count;
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public List<Parameter> parameters() {
            return loss.parameters();
        }

        @Override
        public double step(int epoch, int number, Optimizer optimizer) {
            if (number == 0) {
                loss.beginEpoch(epoch);
            }
            int[] batch = sampler.draw(epoch, number);
            for (int i = 0; i < batch.length; i++) {
                features.copyRows(batch[i], 1, images, i * features.dimension());
            }
            dropout.apply(images, epoch, number);
            pass.input().copyFrom(images);
            double value = loss.gradient(pass.forward(), batch, gradient);
            loss.step(optimizer);
            pass.step(gradient, optimizer);
            return value;
        }
    }

    /** Steps that go through a list of pairs in batches; an epoch has its order, or the whole list, from stream "pairs.e". */
    private static final class PairSteps implements Steps {
        private final TrainingOptions options;
        private final RandomStreams random;
        private final PairSampler sampler;
        private final Pairs list;
        private final PairBatches batches;
        private Pairs pairs;

        PairSteps(
                Network network, FeatureMatrix features, Labels labels, TrainingOptions options, RandomStreams random) {
            this.options = options;
            this.random = random;
            this.sampler = new PairSampler(features, labels);
            this.list = sampler.mixed(options.pairsPerEpoch(), options.similarShare(), random.stream("pairs"));
            this.batches = new PairBatches(network, features, options.batchPairs(), options.contrastive());
            this.pairs = list;
        }

        @Override
        public int count() {
            return batches.count(list);
        }

        @Override
        public double step(int epoch, int number, Optimizer optimizer) {
            if (number == 0) {
                UniformRandomProvider stream = random.stream("pairs." + epoch);
                pairs = options.pairs() == PairSource.FIXED_LIST
                        ? list.shuffled(stream)
                        : sampler.mixed(options.pairsPerEpoch(), options.similarShare(), stream);
            }
            return batches.train(pairs, number, optimizer);
        }
    }

    /** Runs batches of pairs through a network, both ends of all pairs stacked as the columns of one pass. */
    static final class PairBatches {
        private final ContrastiveLoss loss;
        private final float[] images;
        private final Network.Pass pass;
        private final int[] columns;
        private final boolean[] similar;
        private final float[] gradient;

        PairBatches(Network network, FeatureMatrix images, int batchPairs, ContrastiveLoss loss) {
            this.loss = loss;
            this.images = images.toArray();
            this.pass = network.pass(2 * batchPairs);
            this.columns = new int[2 * batchPairs];
            this.similar = new boolean[batchPairs];
            this.gradient = new float[2 * batchPairs * network.outputs()];
        }

        /** The number of full batches in a list of pairs. */
        int count(Pairs pairs) {
            return pairs.size() / similar.length;
        }

        /** Takes one descent step on batch number {@code batch}; gives the mean loss before it. */
        double train(Pairs pairs, int batch, Optimizer optimizer) {
            double value = loss.gradient(forward(pairs, batch), similar, gradient);
            pass.step(gradient, optimizer);
            return value;
        }

        /** The mean loss over all full batches; nothing is learned. */
        double evaluate(Pairs pairs) {
            double sum = 0;
            for (int batch = 0; batch < count(pairs); batch++) {
                sum += loss.value(forward(pairs, batch), similar);
            }
            return sum / count(pairs);
        }

        private float[] forward(Pairs pairs, int batch) {
            int size = similar.length;
            for (int p = 0; p < size; p++) {
                int pair = batch * size + p;
                columns[p] = pairs.first(pair);
                columns[size + p] = pairs.second(pair);
                similar[p] = pairs.similar(pair);
            }
            pass.input().gather(images, columns);
            return pass.forward();
        }
    }

    /**
     * The training images, divided into those that are learned from and those held out.
     *
     * @param features of the images to learn from
     * @param labels of the images to learn from
     * @param heldOutFeatures of the others, perhaps none
     * @param heldOutLabels of the others
     */
    record HeldOut(FeatureMatrix features, Labels labels, FeatureMatrix heldOutFeatures, Labels heldOutLabels) {
        /**
         * Holds out a random share of the training images, drawn from the stream "validation".
         *
         * @throws InputException if fewer than two images would be left on either side
         */
        static HeldOut split(TrainingSet training, double share, RandomStreams random) {
            int images = training.labeled().rows();
            int out = (int) Math.round(share * images);
            if (share > 0 && (out < 2 || images - out < 2)) {
                throw new InputException("A validation share of " + share + " of " + images
                        + " training images leaves fewer than two images on one side; set it to 0 to train on all.");
            }
            int[] order = PermutationSampler.natural(images);
            PermutationSampler.shuffle(random.stream("validation"), order);
            int[] held = Arrays.copyOf(order, out);
            int[] kept = Arrays.copyOfRange(order, out, images);
            Arrays.sort(held);
            Arrays.sort(kept);
            return new HeldOut(
                    training.labeled().select(kept),
                    training.labels().select(kept),
                    training.labeled().select(held),
                    training.labels().select(held));
        }

        boolean isEmpty() {
            return heldOutFeatures.rows() == 0;
        }
    }

    /** The loss on one fixed list of pairs of held-out images, with the same share of similar pairs as in training. */
    static final class HeldOutLoss {
        private static final int MOST_PAIRS = 20_000;

        private final Pairs pairs;
        private final PairBatches batches;

        HeldOutLoss(Network network, HeldOut images, TrainingOptions options, RandomStreams random) {
            int count = Math.max(options.batchPairs(), Math.min(MOST_PAIRS, options.pairsPerEpoch()));
            this.pairs = new PairSampler(images.heldOutFeatures(), images.heldOutLabels())
                    .mixed(count, options.similarShare(), random.stream("validation.pairs"));
            this.batches =
                    new PairBatches(network, images.heldOutFeatures(), options.batchPairs(), options.contrastive());
        }

        double measure() {
            return batches.evaluate(pairs);
        }
    }

    /** The mean of the weights that a network had when they were added. */
    static final class MeanWeights {
        private final Network network;
        private final Map<Parameter, float[]> sums = new LinkedHashMap<>();
        private int added;

        MeanWeights(Network network) {
            this.network = network;
        }

        void add() {
            added++;
            for (Parameter parameter : network.parameters()) {
                float[] values = parameter.toArray();
                float[] sum = sums.computeIfAbsent(parameter, unused -> new float[values.length]);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += values[i];
                }
            }
        }

        /** Gives the network the mean, if any weights were added. */
        void assign() {
            sums.forEach((parameter, sum) -> {
                float[] mean = sum.clone();
                for (int i = 0; i < mean.length; i++) {
                    mean[i] /= added;
                }
                parameter.assign(mean);
            });
        }
    }

    /**
     * The failures of a training, in sentences.
     *
     * @param method the name under which failures are reported
     * @param options how it is trained
     */
    record Faults(String method, TrainingOptions options) {
        NonFiniteException diverged(String what, double value, int epoch) {
            return new NonFiniteException("Training " + method + " diverged: in epoch " + epoch + " of "
                    + options.epochs() + " the " + what + " became " + value + "; lower training.learningRate (now "
                    + options.learningRate() + ") or the input gain.");
        }

        /**
         * Checks the weights after an epoch.
         *
         * @throws NonFiniteException if one is NaN or infinite
         */
        void requireFiniteWeights(List<Parameter> parameters, int epoch) {
            for (Parameter parameter : parameters) {
                for (float value : parameter.toArray()) {
                    if (!Float.isFinite(value)) {
                        throw diverged("parameter " + parameter.name(), value, epoch);
                    }
                }
            }
        }

        /**
         * Checks the outputs after training. Soft thresholds above every input give no gradient, so that a network once silent on
         * all images stays so.
         *
         * @param zeros the share of outputs that are 0
         * @param epochs the number of epochs
         * @throws InputException if all are
         */
        void requireSomeOutput(double zeros, int epochs) {
            if (zeros == 1) {
                throw new InputException("Training " + method + " collapsed: after epoch " + epochs
                        + " every output is 0 on every training image, so that all codes are equal; lower the threshold, "
                        + "training.sparsityPenalty or training.learningRate.");
            }
        }
    }
}
