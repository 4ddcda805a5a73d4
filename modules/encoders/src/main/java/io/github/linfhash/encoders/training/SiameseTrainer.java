package io.github.linfhash.encoders.training;

import io.github.linfhash.core.errors.NonFiniteException;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.pairs.PairSampler;
import io.github.linfhash.core.pairs.Pairs;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.Backend;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Parameter;
import io.github.linfhash.encoders.layers.SgdStep;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains any network on pairs of images by plain stochastic gradient descent on eq. (12), its two copies being one network that
 * both ends of a pair go through.
 *
 * <p>Epoch e takes its pairs, or their order, from the stream "pairs.e", and nothing else is random, so a training can
 * go on from any finished epoch. Held-out images come from the stream "validation" and take part in no step.
 */
public final class SiameseTrainer {
    private static final String VALIDATION = "validation";

    private final String method;
    private final Record methodOptions;
    private final TrainingOptions options;

    /**
     * A trainer.
     *
     * @param method the name under which failures are reported
     * @param methodOptions all options of the method, which tell its checkpoints from those of others
     * @param options how to train
     */
    public SiameseTrainer(String method, Record methodOptions, TrainingOptions options) {
        this.method = method;
        this.methodOptions = methodOptions;
        this.options = options;
    }

    /**
     * Trains a network in place.
     *
     * @param network freshly initialised
     * @return the curves, one value for each epoch: "loss", "validation" where images are held out, and those of
     *     {@link Diagnostics}
     * @throws NonFiniteException if a loss or a weight becomes NaN or infinite
     * @throws io.github.linfhash.core.errors.InputException if the labels give no pairs, a checkpoint is
     *     damaged, or the GPU is not supported
     */
    public Map<String, double[]> train(Network network, TrainingSet training, TrainingContext context) {
        Backend.requireUsable();
        HeldOut images = HeldOut.split(training, options.validationShare(), context.random());
        Run run = new Run(network, images, context.random());
        Checkpoints checkpoints = Checkpoints.of(new RunIdentity(method, methodOptions, network), training, context);
        TrainingState state = checkpoints.load();
        state.restoreLast(network);
        try (Progress.Task task = context.progress().begin(method, options.epochs())) {
            task.advance(state.epochs());
            while (state.epochs() < options.epochs() && state.epochsWithoutGain() < allowedWithoutGain()) {
                run.epoch(state);
                checkpoints.save(state);
                task.advance(1);
            }
        }
        state.restoreBest(network);
        return state.curves();
    }

    private int allowedWithoutGain() {
        return options.validationShare() > 0 ? options.patience() : Integer.MAX_VALUE;
    }

    /** One training of one network. */
    private final class Run {
        private final Network network;
        private final RandomStreams random;
        private final PairSampler sampler;
        private final Pairs list;
        private final PairBatches batches;
        private final Diagnostics diagnostics;
        private final @Nullable HeldOutLoss heldOut;

        Run(Network network, HeldOut images, RandomStreams random) {
            this.network = network;
            this.random = random;
            this.sampler = new PairSampler(images.features(), images.labels());
            this.list = sampler.mixed(options.pairsPerEpoch(), options.similarShare(), random.stream("pairs"));
            this.batches = new PairBatches(network, images.features(), options.batchPairs(), options.loss());
            this.diagnostics = new Diagnostics(network, images.features());
            this.heldOut = images.isEmpty() ? null : new HeldOutLoss(network, images, options, random);
        }

        void epoch(TrainingState state) {
            int number = state.epochs() + 1;
            double loss = descend(pairs(number), number);
            requireFiniteWeights(number);
            Map<String, Double> measured = new LinkedHashMap<>();
            measured.put("loss", loss);
            double smallest = state.smallest(VALIDATION);
            double validation = heldOut == null ? Double.POSITIVE_INFINITY : heldOut.measure();
            if (heldOut != null) {
                measured.put(VALIDATION, validation);
            }
            measured.putAll(diagnostics.measure());
            state.finishEpoch(measured, network);
            if (validation < smallest) {
                state.markBest();
            }
        }

        private Pairs pairs(int epoch) {
            var stream = random.stream("pairs." + epoch);
            return switch (options.pairs()) {
                case FIXED_LIST -> list.shuffled(stream);
                case RESAMPLED -> sampler.mixed(options.pairsPerEpoch(), options.similarShare(), stream);
            };
        }

        private double descend(Pairs pairs, int epoch) {
            SgdStep step = new SgdStep(options.learningRate(), options.weightDecay());
            double sum = 0;
            for (int batch = 0; batch < batches.count(pairs); batch++) {
                double loss = batches.train(pairs, batch, step);
                if (!Double.isFinite(loss)) {
                    throw diverged("loss", loss, epoch);
                }
                sum += loss;
            }
            return sum / batches.count(pairs);
        }

        private void requireFiniteWeights(int epoch) {
            for (Parameter parameter : network.parameters()) {
                for (float value : parameter.toArray()) {
                    if (!Float.isFinite(value)) {
                        throw diverged("parameter " + parameter.name(), value, epoch);
                    }
                }
            }
        }
    }

    private NonFiniteException diverged(String what, double value, int epoch) {
        return new NonFiniteException("Training " + method + " diverged: in epoch " + epoch + " of " + options.epochs()
                + " the " + what + " became " + value + "; lower training.learningRate (now " + options.learningRate()
                + ") or the input gain.");
    }
}
