package io.github.linfhash.encoders.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.NonFiniteException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.ChainNetwork;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.SoftThreshold;
import io.github.linfhash.encoders.layers.Tanh;
import io.github.linfhash.encoders.layers.Weights;
import io.github.linfhash.testing.NotedProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiameseTrainerTest {
    private static final TrainingSet IMAGES = Blobs.of(80, 12, 0.6);

    @Test
    void aKilledTrainingGoesOnAndEndsWithTheSameWeights(@TempDir Path folder) {
        Network whole = network(1);
        Map<String, double[]> curves = trainer(6).train(whole, IMAGES, TrainingContext.quiet(1));
        TrainingContext killed = new TrainingContext(new RandomStreams(1), dyingAfter(4), folder);
        assertThatThrownBy(() -> trainer(6).train(network(1), IMAGES, killed)).hasMessage("killed");

        Network resumed = network(1);
        TrainingContext context = new TrainingContext(new RandomStreams(1), Progress.NONE, folder);
        Map<String, double[]> resumedCurves = trainer(6).train(resumed, IMAGES, context);

        assertThat(weights(resumed)).isDeepEqualTo(weights(whole));
        assertThat(resumedCurves).containsOnlyKeys(curves.keySet());
        curves.forEach((name, values) -> assertThat(resumedCurves.get(name)).containsExactly(values));
    }

    /** With running means of gradients, a mean over epochs, and masks of its own for each step. */
    @ParameterizedTest
    @EnumSource(OptimiserKind.class)
    void aKilledTrainingOnAllPairsOfBatchesGoesOnAndEndsWithTheSameWeights(OptimiserKind kind, @TempDir Path folder) {
        TrainingOptions options = inBatch(6, kind, 3);
        Network whole = network(1);
        new SiameseTrainer("test", options, options).train(whole, IMAGES, TrainingContext.quiet(1));
        for (int epochs : List.of(2, 4)) {
            TrainingContext killed = new TrainingContext(new RandomStreams(1), dyingAfter(epochs), folder);
            assertThatThrownBy(() -> new SiameseTrainer("test", options, options).train(network(1), IMAGES, killed))
                    .hasMessage("killed");
        }

        Network resumed = network(1);
        new SiameseTrainer("test", options, options)
                .train(resumed, IMAGES, new TrainingContext(new RandomStreams(1), Progress.NONE, folder));

        assertThat(weights(resumed)).isDeepEqualTo(weights(whole));
    }

    @Test
    void averagedEpochsGiveTheMeanOfTheirWeights() {
        List<float[][]> last = new ArrayList<>();
        for (int epochs = 4; epochs <= 6; epochs++) {
            last.add(weights(trained(inBatch(epochs, OptimiserKind.ADAM, 1))));
        }
        float[][] mean = weights(trained(inBatch(6, OptimiserKind.ADAM, 3)));

        for (int p = 0; p < mean.length; p++) {
            for (int i = 0; i < mean[p].length; i++) {
                float expected = (last.get(0)[p][i] + last.get(1)[p][i] + last.get(2)[p][i]) / 3;
                assertThat(mean[p][i]).isCloseTo(expected, within(1e-6f));
            }
        }
    }

    @Test
    void allPairsOfBatchesSeparateTheClasses() {
        double before = PairDistances.meanDissimilar(network(1), IMAGES, new RandomStreams(9));
        TrainingOptions options = inBatch(20, OptimiserKind.ADAM, 1);
        Network network = network(1);
        double[] losses = Objects.requireNonNull(new SiameseTrainer("test", options, options)
                .train(network, IMAGES, TrainingContext.quiet(1))
                .get("loss"));

        assertThat(PairDistances.meanDissimilar(network, IMAGES, new RandomStreams(9)))
                .isGreaterThan(1.5 * before);
        assertThat(losses[19]).isLessThan(losses[0] / 4);
    }

    @Test
    void anEncoderThatFallsSilentIsNamedAndNotUsed() {
        UniformRandomProvider random = new RandomStreams(1).stream("init");
        Network silent = new ChainNetwork(
                1, List.of(Weights.glorot("W1", 8, 12, random)), List.of(new SoftThreshold("rho1", 8, 1000)));
        TrainingOptions options = inBatch(2, OptimiserKind.SGD, 1);

        assertThatThrownBy(() ->
                        new SiameseTrainer("snnh", options, options).train(silent, IMAGES, TrainingContext.quiet(1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("snnh collapsed")
                .hasMessageContaining("epoch 2");
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
        assertThatThrownBy(() -> new TrainingOptions(
                        6,
                        128,
                        pairs,
                        0.3,
                        20,
                        new BatchOptions(20, 0, 10),
                        OptimiserKind.ADAM,
                        0.01,
                        2,
                        LossSign.CORRECTED,
                        0,
                        0,
                        dropout,
                        averaged,
                        0,
                        validation,
                        10))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(named);
    }

    private static Network trained(TrainingOptions options) {
        Network network = network(1);
        // The same masks and batches whatever the number of epochs, as these hang on the seed alone.
        new SiameseTrainer("test", options, options).train(network, IMAGES, TrainingContext.quiet(1));
        return network;
    }

    private static TrainingOptions inBatch(int epochs, OptimiserKind kind, int averaged) {
        return new TrainingOptions(
                epochs,
                128,
                PairSource.IN_BATCH,
                0.3,
                20,
                new BatchOptions(20, 0, 10),
                kind,
                0.01,
                2,
                LossSign.CORRECTED,
                0.01,
                0.01,
                0.2,
                averaged,
                0,
                0,
                10);
    }

    @Test
    void aCheckpointOfAnotherSeedIsNotUsed(@TempDir Path folder) {
        trainer(3).train(network(1), IMAGES, new TrainingContext(new RandomStreams(1), Progress.NONE, folder));
        Network withFolder = network(2);
        Network without = network(2);

        trainer(3).train(withFolder, IMAGES, new TrainingContext(new RandomStreams(2), Progress.NONE, folder));
        trainer(3).train(without, IMAGES, TrainingContext.quiet(2));

        assertThat(weights(withFolder)).isDeepEqualTo(weights(without));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDamagedCheckpointIsSaidAndCostsTimeAndNotTheResult(boolean truncated, @TempDir Path folder)
            throws IOException {
        List<String> notes = new ArrayList<>();
        TrainingContext context = new TrainingContext(new RandomStreams(1), new NotedProgress(notes), folder);
        Network undisturbed = network(1);
        trainer(2).train(undisturbed, IMAGES, context);
        assertThat(notes).isEmpty();
        Path file = onlyFile(folder);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, truncated ? Arrays.copyOf(bytes, 20) : bytes);

        Network again = network(1);
        trainer(2).train(again, IMAGES, context);
        assertThat(weights(again)).isDeepEqualTo(weights(undisturbed));
        assertThat(notes)
                .containsExactly(
                        file + " is not as it was kept (" + (truncated ? "it has 20 bytes" : "its checksum differs")
                                + "): the training starts from the beginning");
    }

    @Test
    void twoTrainingsAtOnceEndLikeTwoInTurn() {
        Network first = network(1);
        Network second = network(2);
        trainer(5).train(first, IMAGES, TrainingContext.quiet(1));
        trainer(5).train(second, IMAGES, TrainingContext.quiet(2));

        Network firstAtOnce = network(1);
        Network secondAtOnce = network(2);
        CompletableFuture<?> a =
                CompletableFuture.runAsync(() -> trainer(5).train(firstAtOnce, IMAGES, TrainingContext.quiet(1)));
        CompletableFuture<?> b =
                CompletableFuture.runAsync(() -> trainer(5).train(secondAtOnce, IMAGES, TrainingContext.quiet(2)));
        CompletableFuture.allOf(a, b).join();

        assertThat(weights(firstAtOnce)).isDeepEqualTo(weights(first));
        assertThat(weights(secondAtOnce)).isDeepEqualTo(weights(second));
    }

    @Test
    void theLossAsPrintedDrawsDissimilarPairsTogether() {
        TrainingOptions d = Blobs.shortTraining(20);
        Network corrected = network(1);
        Network printed = network(1);
        double before = PairDistances.meanDissimilar(network(1), IMAGES, new RandomStreams(9));

        new SiameseTrainer("test", d, d).train(corrected, IMAGES, TrainingContext.quiet(1));
        TrainingOptions asPrinted = new TrainingOptions(
                20,
                2000,
                PairSource.FIXED_LIST,
                0.5,
                20,
                BatchOptions.DEFAULTS,
                OptimiserKind.SGD,
                0.02,
                2,
                LossSign.PRINTED,
                0.001,
                0.001,
                0,
                1,
                0,
                0,
                1);
        new SiameseTrainer("test", asPrinted, asPrinted).train(printed, IMAGES, TrainingContext.quiet(1));

        assertThat(PairDistances.meanDissimilar(corrected, IMAGES, new RandomStreams(9)))
                .isGreaterThan(1.9);
        assertThat(PairDistances.meanDissimilar(printed, IMAGES, new RandomStreams(9)))
                .isLessThan(before / 20);
    }

    @Test
    void divergenceStopsTheRunWithItsEpochAndARemedy() {
        TrainingOptions wild = new TrainingOptions(
                3,
                2000,
                PairSource.FIXED_LIST,
                0.5,
                20,
                BatchOptions.DEFAULTS,
                OptimiserKind.SGD,
                1e30,
                2,
                LossSign.CORRECTED,
                0,
                0,
                0,
                1,
                0,
                0,
                1);
        FeatureMatrix broken = FeatureMatrix.owning(4, 12, filled(48, Float.NaN));
        TrainingSet images = new TrainingSet(broken, ClassLabels.of(0, 0, 1, 1), broken);

        assertThatThrownBy(
                        () -> new SiameseTrainer("nnh", wild, wild).train(network(1), images, TrainingContext.quiet(1)))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("nnh")
                .hasMessageContaining("epoch 1 of 3")
                .hasMessageContaining("learningRate");
    }

    @Test
    void aRateFarTooHighIsFoundInTheWeights() {
        TrainingOptions wild = new TrainingOptions(
                3,
                2000,
                PairSource.FIXED_LIST,
                0.5,
                20,
                BatchOptions.DEFAULTS,
                OptimiserKind.SGD,
                3e38,
                2,
                LossSign.CORRECTED,
                0,
                0,
                0,
                1,
                0,
                0,
                1);

        assertThatThrownBy(
                        () -> new SiameseTrainer("nnh", wild, wild).train(network(1), IMAGES, TrainingContext.quiet(1)))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("epoch 1 of 3");
    }

    @Test
    void heldOutImagesChooseTheEpochAndTakeNoPartInTraining() {
        TrainingOptions options = new TrainingOptions(
                40,
                400,
                PairSource.RESAMPLED,
                0.5,
                20,
                BatchOptions.DEFAULTS,
                OptimiserKind.SGD,
                0.3,
                2,
                LossSign.CORRECTED,
                0,
                0,
                0,
                1,
                0,
                0.25,
                3);
        Network network = network(1);
        TrainingSet noisy = Blobs.of(80, 12, 3);

        Map<String, double[]> curves =
                new SiameseTrainer("test", options, options).train(network, noisy, TrainingContext.quiet(1));

        double[] validation = Objects.requireNonNull(curves.get("validation"));
        int best = 0;
        for (int e = 1; e < validation.length; e++) {
            best = validation[e] < validation[best] ? e : best;
        }
        assertThat(validation).hasSizeLessThan(40).hasSize(best + 1 + 3);
        HeldOut images = HeldOut.split(noisy, 0.25, new RandomStreams(1));
        assertThat(new HeldOutLoss(network, images, options, new RandomStreams(1)).measure())
                .isEqualTo(validation[best]);
        assertThat(images.heldOutFeatures().rows()).isEqualTo(20);
        assertThat(images.features().rows()).isEqualTo(60);
    }

    @Test
    void aFixedListAndResamplingDifferFromTheSecondEpochOn() {
        TrainingOptions list = Blobs.shortTraining(2);
        TrainingOptions fresh = new TrainingOptions(
                2,
                2000,
                PairSource.RESAMPLED,
                0.5,
                20,
                BatchOptions.DEFAULTS,
                OptimiserKind.SGD,
                0.02,
                2,
                LossSign.CORRECTED,
                0.001,
                0.001,
                0,
                1,
                0,
                0,
                10);

        double[] a = losses(list);
        double[] b = losses(fresh);

        assertThat(a[1]).isNotEqualTo(b[1]);
    }

    private static double[] losses(TrainingOptions options) {
        Map<String, double[]> curves =
                new SiameseTrainer("test", options, options).train(network(1), IMAGES, TrainingContext.quiet(1));
        return Objects.requireNonNull(curves.get("loss"));
    }

    private static SiameseTrainer trainer(int epochs) {
        TrainingOptions options = Blobs.shortTraining(epochs);
        return new SiameseTrainer("test", options, options);
    }

    private static Network network(long seed) {
        UniformRandomProvider random = new RandomStreams(seed).stream("init");
        Tanh tanh = new Tanh();
        return new ChainNetwork(
                1,
                List.of(Weights.glorot("W1", 8, 12, random), Weights.glorot("W2", 8, 8, random)),
                List.of(tanh, tanh));
    }

    private static float[][] weights(Network network) {
        return network.parameters().stream().map(p -> p.toArray()).toArray(float[][]::new);
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }

    /** A progress whose task dies when it is told of that many epochs. */
    private static Progress dyingAfter(int epochs) {
        return (name, steps) -> new Progress.Task() {
            private long done;

            @Override
            public void advance(long steps) {
                done += steps;
                if (done == epochs) {
                    throw new IllegalStateException("killed");
                }
            }
        };
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }
}
