package io.github.linfhash.encoders.training;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.ActivationLayer.SoftThreshold;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Network.Layer;
import io.github.linfhash.encoders.layers.Optimizer;
import io.github.linfhash.encoders.layers.Parameter.Weights;
import io.github.linfhash.encoders.training.TrainingOptions.BatchOptions;
import io.github.linfhash.encoders.training.TrainingOptions.PairSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training on all pairs of batches. */
class InBatchTrainingTest {
    private static final TrainingSet IMAGES = Blobs.of(80, 12, 0.6);

    @Test
    void averagedEpochsGiveTheMeanOfTheirWeights() {
        List<float[][]> last = new ArrayList<>();
        for (int epochs = 4; epochs <= 6; epochs++) {
            last.add(SmallNetworks.weights(trained(inBatch(epochs, Optimizer.Kind.ADAM, 1))));
        }
        float[][] mean = SmallNetworks.weights(trained(inBatch(6, Optimizer.Kind.ADAM, 3)));

        for (int p = 0; p < mean.length; p++) {
            for (int i = 0; i < mean[p].length; i++) {
                float expected = (last.get(0)[p][i] + last.get(1)[p][i] + last.get(2)[p][i]) / 3;
                assertThat(mean[p][i]).isCloseTo(expected, within(1e-6f));
            }
        }
    }

    @Test
    void allPairsOfBatchesSeparateTheClasses() {
        double before = SmallNetworks.meanDissimilar(SmallNetworks.of(1), IMAGES);
        TrainingOptions options = inBatch(20, Optimizer.Kind.ADAM, 1);
        Network network = SmallNetworks.of(1);
        double[] losses = Objects.requireNonNull(new SiameseTrainer("test", options)
                .train(new SiameseMethod.Start(network, null), IMAGES, TrainingContext.quiet(1))
                .get("loss"));

        assertThat(SmallNetworks.meanDissimilar(network, IMAGES)).isGreaterThan(1.5 * before);
        assertThat(losses[19]).isLessThan(losses[0] / 4);
    }

    @Test
    void anEncoderThatFallsSilentIsNamedAndNotUsed() {
        UniformRandomProvider random = new RandomStreams(1).stream("init");
        Network silent = Network.chain(
                1, List.of(new Layer(Weights.glorot("W1", 8, 12, random), null, new SoftThreshold("rho1", 8, 1000))));
        TrainingOptions options = inBatch(2, Optimizer.Kind.SGD, 1);

        assertBadInput(() -> new SiameseTrainer("snnh", options)
                        .train(new SiameseMethod.Start(silent, null), IMAGES, TrainingContext.quiet(1)))
                .hasMessageContainingAll("snnh collapsed", "epoch 2");
    }

    @ParameterizedTest
    @CsvSource({
        "RESAMPLED, 0.2, 1, 0, inputDropout",
        "IN_BATCH, 1, 1, 0, inputDropout",
        "IN_BATCH, 0, 0, 0, averagedEpochs",
        "IN_BATCH, 0, 2, 0.5, averagedEpochs"
    })
    void optionsThatDoNotGoTogetherAreRefused(
            PairSource pairs, double dropout, int averaged, double validation, String named) {
        assertBadInput(() -> TrainingOptions.DEFAULTS
                        .with("averagedEpochs", averaged)
                        .with("inputDropout", dropout)
                        .with("pairs", pairs)
                        .with("validationShare", validation)
                        .with("epochs", 6)
                        .with("pairsPerEpoch", 128)
                        .with("similarShare", 0.3)
                        .with("batchPairs", 20)
                        .with("batch", new BatchOptions(20, 0, 10))
                        .with("optimizer", Optimizer.Kind.ADAM)
                        .with("margin", 2))
                .hasMessageContaining(named);
    }

    private static Network trained(TrainingOptions options) {
        Network network = SmallNetworks.of(1);
        // The same masks and batches whatever the number of epochs, as these hang on the seed alone.
        new SiameseTrainer("test", options)
                .train(new SiameseMethod.Start(network, null), IMAGES, TrainingContext.quiet(1));
        return network;
    }

    private static TrainingOptions inBatch(int epochs, Optimizer.Kind kind, int averaged) {
        return TrainingOptions.RECOMMENDED
                .with("averagedEpochs", averaged)
                .with("inputDropout", 0.2)
                .with("learningRate", 0.01)
                .with("epochs", epochs)
                .with("pairsPerEpoch", 128)
                .with("batchPairs", 20)
                .with("batch", new BatchOptions(20, 0, 10))
                .with("optimizer", kind)
                .with("margin", 2);
    }
}
