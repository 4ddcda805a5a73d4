package io.github.linfhash.encoders.training;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.algebra.TensorBackend;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Optimizer;
import io.github.linfhash.encoders.layers.Parameter;
import io.github.linfhash.encoders.training.TrainingOptions.PairSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trains any network by stochastic gradient descent: on pairs of images by eq. (12), its two copies being one network that both ends of a
 * pair go through, or on batches by any {@link LossKind}.
 *
 * <p>What an epoch draws depends on the seed and its number alone. Held-out images come from the stream "validation" and
 * take part in no step.
 */
public final class SiameseTrainer {
    private static final String VALIDATION = "validation";

    private final String method;
    private final TrainingOptions options;
    private final TrainingFaults faults;

    /**
     * A trainer.
     *
     * @param method the name under which failures are reported
     * @param options how to train
     */
    public SiameseTrainer(String method, TrainingOptions options) {
        this.method = method;
        this.options = options;
        this.faults = new TrainingFaults(method, options);
    }

    /**
     * Trains a network in place, on any loss that does not learn from solutions.
     *
     * @param network freshly initialized
     * @return the curves, one value for each epoch: "loss", "validation" where images are held out, and those of
     *     {@link Diagnostics}
     * @throws NonFiniteException if a loss or a weight becomes NaN or infinite
     * @throws InputException if the labels give no pairs, every output ends at 0, or the GPU is not supported
     */
    public Map<String, double[]> train(Network network, TrainingSet training, TrainingContext context) {
        return train(new SiameseMethod.Start(network, null), training, context);
    }

    /** The same from a start that has what the loss learns from. */
    Map<String, double[]> train(SiameseMethod.Start start, TrainingSet training, TrainingContext context) {
        Network network = start.network();
        TensorBackend.requireUsable();
        HeldOut images = HeldOut.split(training, options.validationShare(), context.random());
        Run run = new Run(start, images, context.random());
        TrainingState state = new TrainingState();
        try (Progress.Task task = context.progress().begin(method, options.epochs())) {
            while (state.epochs() < options.epochs() && state.epochsWithoutGain() < allowedWithoutGain()) {
                run.epoch(state);
                task.advance(1);
            }
        }
        state.restoreBest(network.parameters());
        state.restoreMean(network.parameters());
        double[] zeros = state.curves().getOrDefault("zeros", new double[0]);
        if (zeros.length > 0) {
            faults.requireSomeOutput(zeros[zeros.length - 1], zeros.length);
        }
        return state.curves();
    }

    private int allowedWithoutGain() {
        return options.validationShare() > 0 ? options.patience() : Integer.MAX_VALUE;
    }

    /** One training of one network. */
    private final class Run {
        private final Steps steps;
        private final List<Parameter> learned;
        private final Optimizer optimizer = options.newOptimizer();
        private final Diagnostics diagnostics;
        private final @Nullable HeldOutLoss heldOut;

        Run(SiameseMethod.Start start, HeldOut images, RandomStreams random) {
            Network network = start.network();
            // A loss that learns from solutions holds no image out, so that rows of both are the same.
            this.steps = options.pairs() == PairSource.IN_BATCH
                    ? new InBatchSteps(network, images.features(), images.labels(), start.solutions(), options, random)
                    : new PairSteps(network, images.features(), images.labels(), options, random);
            this.learned = Stream.concat(network.parameters().stream(), steps.parameters().stream())
                    .toList();
            this.diagnostics = new Diagnostics(network, images.features());
            this.heldOut = images.isEmpty() ? null : new HeldOutLoss(network, images, options, random);
        }

        void epoch(TrainingState state) {
            int number = state.epochs() + 1;
            double loss = descend(number);
            faults.requireFiniteWeights(learned, number);
            Map<String, Double> measured = new LinkedHashMap<>();
            measured.put("loss", loss);
            double smallest = state.smallest(VALIDATION);
            double validation = heldOut == null ? Double.POSITIVE_INFINITY : heldOut.measure();
            if (heldOut != null) {
                measured.put(VALIDATION, validation);
            }
            measured.putAll(diagnostics.measure());
            state.finishEpoch(measured, learned);
            if (number > options.epochs() - options.averagedEpochs() && options.averagedEpochs() > 1) {
                state.addToMean();
            }
            if (validation < smallest) {
                state.markBest();
            }
        }

        private double descend(int epoch) {
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
    }
}
