package io.github.linfhash.encoders.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.NonFiniteException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.Network;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiameseTrainerTest {
    private static final TrainingSet IMAGES = Blobs.of(80, 12, 0.6);

    @Test
    void aKilledTrainingGoesOnAndEndsWithTheSameWeights(@TempDir Path folder) {
        Network whole = SmallNetworks.of(1);
        Map<String, double[]> curves = trainer(6).train(whole, IMAGES, TrainingContext.quiet(1));
        TrainingContext killed = new TrainingContext(new RandomStreams(1), SmallNetworks.dyingAfter(4), folder);
        assertThatThrownBy(() -> trainer(6).train(SmallNetworks.of(1), IMAGES, killed))
                .hasMessage("killed");

        Network resumed = SmallNetworks.of(1);
        TrainingContext context = new TrainingContext(new RandomStreams(1), Progress.NONE, folder);
        Map<String, double[]> resumedCurves = trainer(6).train(resumed, IMAGES, context);

        assertThat(SmallNetworks.weights(resumed)).isDeepEqualTo(SmallNetworks.weights(whole));
        assertThat(resumedCurves).containsOnlyKeys(curves.keySet());
        curves.forEach((name, values) -> assertThat(resumedCurves.get(name)).containsExactly(values));
    }

    @Test
    void aCheckpointOfAnotherSeedIsNotUsed(@TempDir Path folder) {
        trainer(3).train(SmallNetworks.of(1), IMAGES, new TrainingContext(new RandomStreams(1), Progress.NONE, folder));
        Network withFolder = SmallNetworks.of(2);
        Network without = SmallNetworks.of(2);

        trainer(3).train(withFolder, IMAGES, new TrainingContext(new RandomStreams(2), Progress.NONE, folder));
        trainer(3).train(without, IMAGES, TrainingContext.quiet(2));

        assertThat(SmallNetworks.weights(withFolder)).isDeepEqualTo(SmallNetworks.weights(without));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDamagedCheckpointIsSaidAndCostsTimeAndNotTheResult(boolean truncated, @TempDir Path folder)
            throws IOException {
        List<String> notes = new ArrayList<>();
        TrainingContext context = new TrainingContext(new RandomStreams(1), new NotedProgress(notes), folder);
        Network undisturbed = SmallNetworks.of(1);
        trainer(2).train(undisturbed, IMAGES, context);
        assertThat(notes).isEmpty();
        Path file = onlyFile(folder);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, truncated ? Arrays.copyOf(bytes, 20) : bytes);

        Network again = SmallNetworks.of(1);
        trainer(2).train(again, IMAGES, context);
        assertThat(SmallNetworks.weights(again)).isDeepEqualTo(SmallNetworks.weights(undisturbed));
        assertThat(notes)
                .containsExactly(
                        file + " is not as it was kept (" + (truncated ? "it has 20 bytes" : "its checksum differs")
                                + "): the training starts from the beginning");
    }

    @Test
    void twoTrainingsAtOnceEndLikeTwoInTurn() {
        Network first = SmallNetworks.of(1);
        Network second = SmallNetworks.of(2);
        trainer(5).train(first, IMAGES, TrainingContext.quiet(1));
        trainer(5).train(second, IMAGES, TrainingContext.quiet(2));

        Network firstAtOnce = SmallNetworks.of(1);
        Network secondAtOnce = SmallNetworks.of(2);
        CompletableFuture<?> a =
                CompletableFuture.runAsync(() -> trainer(5).train(firstAtOnce, IMAGES, TrainingContext.quiet(1)));
        CompletableFuture<?> b =
                CompletableFuture.runAsync(() -> trainer(5).train(secondAtOnce, IMAGES, TrainingContext.quiet(2)));
        CompletableFuture.allOf(a, b).join();

        assertThat(SmallNetworks.weights(firstAtOnce)).isDeepEqualTo(SmallNetworks.weights(first));
        assertThat(SmallNetworks.weights(secondAtOnce)).isDeepEqualTo(SmallNetworks.weights(second));
    }

    @Test
    void theLossAsPrintedDrawsDissimilarPairsTogether() {
        TrainingOptions d = Blobs.shortTraining(20);
        Network corrected = SmallNetworks.of(1);
        Network printed = SmallNetworks.of(1);
        double before = PairDistances.meanDissimilar(SmallNetworks.of(1), IMAGES, new RandomStreams(9));

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
                1,
                PairSupervision.LABELS,
                10,
                LossKind.CONTRASTIVE,
                LossOptions.DEFAULTS);
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
                1,
                PairSupervision.LABELS,
                10,
                LossKind.CONTRASTIVE,
                LossOptions.DEFAULTS);
        FeatureMatrix broken = FeatureMatrix.owning(4, 12, filled(48, Float.NaN));
        TrainingSet images = new TrainingSet(broken, ClassLabels.of(0, 0, 1, 1), broken);

        assertThatThrownBy(() -> new SiameseTrainer("nnh", wild, wild)
                        .train(SmallNetworks.of(1), images, TrainingContext.quiet(1)))
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
                1,
                PairSupervision.LABELS,
                10,
                LossKind.CONTRASTIVE,
                LossOptions.DEFAULTS);

        assertThatThrownBy(() -> new SiameseTrainer("nnh", wild, wild)
                        .train(SmallNetworks.of(1), IMAGES, TrainingContext.quiet(1)))
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
                3,
                PairSupervision.LABELS,
                10,
                LossKind.CONTRASTIVE,
                LossOptions.DEFAULTS);
        Network network = SmallNetworks.of(1);
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
                10,
                PairSupervision.LABELS,
                10,
                LossKind.CONTRASTIVE,
                LossOptions.DEFAULTS);

        double[] a = losses(list);
        double[] b = losses(fresh);

        assertThat(a[1]).isNotEqualTo(b[1]);
    }

    private static double[] losses(TrainingOptions options) {
        Map<String, double[]> curves = new SiameseTrainer("test", options, options)
                .train(SmallNetworks.of(1), IMAGES, TrainingContext.quiet(1));
        return Objects.requireNonNull(curves.get("loss"));
    }

    private static SiameseTrainer trainer(int epochs) {
        TrainingOptions options = Blobs.shortTraining(epochs);
        return new SiameseTrainer("test", options, options);
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }
}
