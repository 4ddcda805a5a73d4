package io.github.linfhash.encoders.training;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.backend.NetworkForm;
import io.github.linfhash.encoders.backend.NetworkForm.Neuron;
import io.github.linfhash.encoders.backend.Training;
import io.github.linfhash.encoders.backend.Training.Examples;
import io.github.linfhash.encoders.backend.Training.Trained;
import io.github.linfhash.encoders.backend.TrainingBackend;
import io.github.linfhash.encoders.layers.ActivationLayer;
import io.github.linfhash.encoders.layers.ActivationLayer.BoundedLinear;
import io.github.linfhash.encoders.layers.ActivationLayer.SoftThreshold;
import io.github.linfhash.encoders.layers.ActivationLayer.SquashedActivation;
import io.github.linfhash.encoders.layers.ActivationLayer.Tanh;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Network.Layer;
import io.github.linfhash.encoders.layers.Parameter;
import io.github.linfhash.encoders.layers.Parameter.UnitParameter;
import io.github.linfhash.encoders.training.TrainingOptions.PairSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trainings of encoders that a backend carries out together. Networks start where they start without it, and draw the same
 * images and masks; the curves have the loss alone.
 */
public record SiameseTrainings(TrainingBackend backend) {
    /**
     * One training.
     *
     * @param method what is trained
     * @param training what it learns from
     * @param bits the code length
     * @param context whose random streams it has
     */
    public record Job(SiameseMethod method, TrainingSet training, int bits, TrainingContext context) {}

    /**
     * How a training ended.
     *
     * @param trained the encoder, or null where the training failed for a reason of its own
     * @param failure that reason, or null
     */
    public record Ended(
            @Nullable HashFunction trained, @Nullable RuntimeException failure) {
        /**
         * The encoder.
         *
         * @throws NonFiniteException if the training diverged
         * @throws InputException if its data or options did not allow it
         */
        public HashFunction function() {
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(trained);
        }
    }

    /** Why a backend for many trainings cannot train a method: the first of its options that it does not know; empty where it can. */
    public static Optional<String> obstacle(SiameseMethod method) {
        TrainingOptions options = method.schedule();
        if (options.pairs() != PairSource.IN_BATCH) {
            String found = options.pairs().name().toLowerCase(Locale.ROOT).replace('_', '-');
            return Optional.of("training.pairs is " + found + " instead of in-batch");
        }
        if (options.loss() != LossKind.CONTRASTIVE) {
            return Optional.of("training.loss is " + options.loss().word() + " instead of contrastive");
        }
        if (options.batch().classes() != 0) {
            return Optional.of("training.batch.classes is " + options.batch().classes() + " instead of 0");
        }
        if (options.batch().images() > TrainingBackend.MOST_IMAGES) {
            return Optional.of("training.batch.images is " + options.batch().images() + ", more than "
                    + TrainingBackend.MOST_IMAGES);
        }
        if (options.validationShare() != 0) {
            return Optional.of("training.validationShare is " + options.validationShare() + " instead of 0");
        }
        return method.onlyOnDefaultDevice().stream().findFirst();
    }

    /** A network that is ready to be trained. */
    private record Prepared(Network network, TrainingSet rows, Training training) {}

    /**
     * Trains.
     *
     * @return how each ended, in their order
     * @throws InputException if the backend cannot carry the trainings out
     */
    public List<Ended> train(List<Job> jobs, Progress progress) {
        SharedExamples shared = new SharedExamples();
        List<Object> prepared =
                jobs.parallelStream().map(job -> prepare(job, shared)).toList();
        List<Training> trainings = prepared.stream()
                .filter(Prepared.class::isInstance)
                .map(one -> ((Prepared) one).training())
                .toList();
        List<Trained> trained = backend.train(trainings, progress);
        List<Ended> ended = new ArrayList<>();
        int next = 0;
        for (int k = 0; k < jobs.size(); k++) {
            ended.add(
                    prepared.get(k) instanceof Prepared one
                            ? finish(jobs.get(k).method(), one, trained.get(next++))
                            : new Ended(null, (RuntimeException) prepared.get(k)));
        }
        return ended;
    }

    /** The examples of each matrix of features, each once, so that trainings share them. */
    private static final class SharedExamples {
        private final IdentityHashMap<FeatureMatrix, Map<List<Object>, Examples>> byFeatures = new IdentityHashMap<>();

        synchronized Examples of(TrainingSet rows, TrainingOptions options) {
            FeatureMatrix features = rows.labeled();
            return byFeatures
                    .computeIfAbsent(features, unused -> new HashMap<>())
                    .computeIfAbsent(
                            List.of(options.supervision(), options.neighbors()),
                            unused -> new Examples(features, options.similar(features, rows.labels())::similar));
        }
    }

    /** Prepares a training; returns it, or the exception that says why it cannot be done. */
    private static Object prepare(Job job, SharedExamples shared) {
        try {
            SiameseMethod method = job.method();
            TrainingOptions options = method.schedule();
            int outputs = method.outputs(job.bits());
            TrainingSet rows = options.rows(job.training(), job.context().random());
            Network network = method.network(rows, outputs, job.context());
            Examples examples = shared.of(rows, options);
            return new Prepared(
                    network,
                    rows,
                    describe(network, options, examples, job.context().random()));
        } catch (NonFiniteException | InputException e) {
            return e;
        }
    }

    /**
     * Describes a training.
     *
     * @param network freshly initialized
     */
    static Training describe(Network network, TrainingOptions options, Examples examples, RandomStreams random) {
        PlainNetwork plain = PlainNetwork.of(network);
        float[] start = PlainNetwork.values(network);
        return new Training(
                plain.form(),
                plain.gain(),
                plain.outputTanh(),
                ModelArray.floats(start, start.length),
                examples,
                new Training.Loss(
                        options.margin(),
                        options.lossSign().factor(),
                        options.similarShare(),
                        options.sparsityPenalty()),
                new Training.Descent(
                        Training.Rule.valueOf(options.optimizer().name()),
                        options.learningRate(),
                        options.firstDecay(),
                        options.laterDecay()),
                new Training.Schedule(
                        options.epochs(),
                        options.batch().steps(),
                        Math.min(options.batch().images(), examples.rows()),
                        options.averagedEpochs()),
                new Training.Draws(random.counter("batches"), random.counter("dropout"), options.inputDropout()));
    }

    private static Ended finish(SiameseMethod method, Prepared prepared, Trained trained) {
        Network network = prepared.network();
        SiameseTrainer.Faults faults = new SiameseTrainer.Faults(method.name(), method.schedule());
        try {
            List<Double> losses = trained.losses();
            for (int epoch = 1; epoch <= losses.size(); epoch++) {
                if (!Double.isFinite(losses.get(epoch - 1))) {
                    throw faults.diverged("loss", losses.get(epoch - 1), epoch);
                }
            }
            PlainNetwork.assign(network, trained.values());
            faults.requireFiniteWeights(network.parameters(), losses.size());
            double zeros = Objects.requireNonNull(
                    new Diagnostics(network, prepared.rows().labeled())
                            .measure()
                            .get("zeros"));
            faults.requireSomeOutput(zeros, losses.size());
            Map<String, double[]> curves = Map.of(
                    "loss", losses.stream().mapToDouble(Double::doubleValue).toArray());
            return new Ended(new NetworkHashFunction(network, method.options().codes(), curves), null);
        } catch (NonFiniteException | InputException e) {
            return new Ended(null, e);
        }
    }

    /**
     * A network as trainings in plain arrays describe it: its form and the numbers that are not learned.
     *
     * @param form its form
     * @param gain g of its input
     * @param outputTanh c of a tanh behind the last layer, or 0
     */
    record PlainNetwork(NetworkForm form, double gain, double outputTanh) {
        /**
         * Describes a network.
         *
         * @throws IllegalArgumentException if it is of none of the described forms
         */
        static PlainNetwork of(Network network) {
            List<Layer> layers = network.layers();
            Layer first = layers.get(0);
            Layer second = layers.get(Math.min(1, layers.size() - 1));
            NetworkForm form = new NetworkForm(
                    network.unfolded() ? neuron(layers) : tanh(layers),
                    !network.unfolded(),
                    network.dimension(),
                    network.outputs(),
                    layers.size() - 1,
                    network.unfolded() && network.tied(),
                    first.bias() != null,
                    second.bias() != null);
            ActivationLayer last = layers.get(layers.size() - 1).activation();
            return new PlainNetwork(
                    form, network.gain(), last instanceof SquashedActivation squashed ? squashed.slope() : 0);
        }

        private static Neuron tanh(List<Layer> chain) {
            int units = chain.get(0).weights().rows();
            require(
                    chain.size() > 1
                            && chain.stream()
                                    .allMatch(layer -> layer.activation() instanceof Tanh
                                            && layer.weights().rows() == units),
                    "a chain of layers of one width, of tanh neurons");
            return Neuron.TANH;
        }

        private static Neuron neuron(List<Layer> layers) {
            List<ActivationLayer> units = layers.stream().map(Layer::activation).toList();
            boolean bounded = units.stream().allMatch(BoundedLinear.class::isInstance);
            boolean threshold =
                    units.stream().allMatch(one -> one instanceof SoftThreshold || one instanceof SquashedActivation);
            require(bounded || threshold, "bounded linear units or soft thresholds");
            require(
                    units.stream().distinct().count() == layers.size(),
                    "neurons with scales of their own in each layer");
            return bounded ? Neuron.BOUNDED : Neuron.THRESHOLD;
        }

        private static void require(boolean described, String expected) {
            if (!described) {
                throw new IllegalArgumentException("a network that is not described: expected " + expected);
            }
        }

        /** The learned values of a network, matrices before vectors. */
        static float[] values(Network network) {
            float[] values = new float[(int) network.parameterCount()];
            int at = 0;
            for (Parameter parameter : inOrder(network)) {
                System.arraycopy(parameter.toArray(), 0, values, at, parameter.size());
                at += parameter.size();
            }
            return values;
        }

        /** Gives a network its learned values. */
        static void assign(Network network, float[] values) {
            int at = 0;
            for (Parameter parameter : inOrder(network)) {
                parameter.assign(Arrays.copyOfRange(values, at, at + parameter.size()));
                at += parameter.size();
            }
        }

        private static List<Parameter> inOrder(Network network) {
            List<Parameter> parameters = new ArrayList<>(network.parameters());
            List<Parameter> vectors =
                    parameters.stream().filter(UnitParameter.class::isInstance).toList();
            parameters.removeAll(vectors);
            parameters.addAll(vectors);
            return parameters;
        }
    }
}
