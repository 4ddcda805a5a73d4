package io.github.linfhash.experiment.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.runner.FeatureData;
import io.github.linfhash.experiment.tuning.SearchSpace.SearchRange;
import io.github.linfhash.protocols.protocol.Preprocessor;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.split.Splits;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.results.schema.ProtocolSummary.DatasetSummary;
import io.github.linfhash.results.schema.ProtocolSummary.FeatureSummary;
import io.github.linfhash.testing.Blobs;
import io.github.linfhash.testing.Filled;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TuningTest {
    private static final RandomStreams RANDOM = new RandomStreams(3);

    private static TrainingSet numbered(int rows, int classes) {
        float[] values = new float[rows];
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = i;
            labels[i] = i % classes;
        }
        FeatureMatrix features = FeatureMatrix.owning(rows, 1, values);
        return new TrainingSet(features, ClassLabels.of(labels), FeatureMatrix.owning(1, 1, new float[] {-1}));
    }

    @Test
    void eachTrainingImageIsHeldOutOnceAndNeverTrainedOnMeanwhile() {
        List<Fold> folds = Fold.divide(new TuningData(numbered(31, 3), null, 100), 4, RANDOM);
        int[] heldOut = new int[31];
        for (Fold fold : folds) {
            FeatureMatrix training = fold.training().labeled();
            assertThat(training.rows() + fold.heldOut().rows()).isEqualTo(31);
            for (int i = 0; i < fold.heldOut().rows(); i++) {
                float row = fold.heldOut().get(i, 0);
                heldOut[(int) row]++;
                assertThat(IntStream.range(0, training.rows()).mapToObj(j -> training.get(j, 0)))
                        .doesNotContain(row);
            }
            assertThat(fold.training().unlabeled().toArray()).containsExactly(-1);
        }
        assertThat(heldOut).containsOnly(1);
    }

    @Test
    void whereOnlyTheLabeledRowsAreThereThoseThatAreTrainedOnAreTheUnlabeledOnes() {
        FeatureMatrix features = numbered(31, 3).labeled();
        TrainingSet alone = new TrainingSet(features, numbered(31, 3).labels(), features);
        for (Fold fold : Fold.divide(new TuningData(alone, null, 100), 4, RANDOM)) {
            assertThat(fold.training().unlabeled()).isEqualTo(fold.training().labeled());
        }
    }

    /** Mirrored image i has the value 1000 + i. */
    @Test
    void aMirroredImageIsTrainedOnWhereItsOriginalIsAndHeldOutNowhere() {
        TrainingSet plain = numbered(16, 2);
        float[] mirrored = Filled.floats(16, i -> 1000 + i);
        for (Fold fold : Fold.divide(new TuningData(plain, FeatureMatrix.owning(16, 1, mirrored), 100), 4, RANDOM)) {
            FeatureMatrix training = fold.training().labeled();
            assertThat(training.rows()).isEqualTo(24);
            for (int i = 0; i < 12; i++) {
                assertThat(training.get(12 + i, 0)).isEqualTo(1000 + training.get(i, 0));
            }
            for (int i = 0; i < fold.heldOut().rows(); i++) {
                assertThat(fold.heldOut().get(i, 0)).isLessThan(1000);
            }
            ClassLabels labels = (ClassLabels) fold.training().labels();
            assertThat(labels.get(12)).isEqualTo(labels.get(0));
        }
    }

    /** Ten classes in turn. */
    private static FeatureData data(FeatureMatrix raw, @Nullable FeatureMatrix mirrored) {
        int n = raw.rows();
        return new FeatureData(
                raw,
                mirrored,
                ClassLabels.of(IntStream.range(0, n).map(i -> i % 10).toArray()),
                new DatasetSummary("d", "D", "0".repeat(64), n, false, false, List.of()),
                new FeatureSummary("f", "0".repeat(64), raw.dimension()),
                FloatNeighbors::find,
                raw.rows());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 17})
    void noImageOfTheTuningSetIsAQueryUnderAnySeed(long tuned) throws IOException {
        Protocol protocol = HeldOutNeighborsTest.protocol("fashion-mnist");
        int n = 6000;
        FeatureData data = data(FeatureMatrix.owning(n, 1, new float[n]), null);
        Splits splits = data.splits(protocol);
        TuningData images = TuningData.of(protocol, data, tuned);
        int[] rows = splits.drawForTuning(tuned).training();
        assertThat(images.plain().labels()).isEqualTo(data.labels().select(rows));
        for (long seed : protocol.seeds()) {
            assertThat(common(rows, splits.draw(seed).query())).isEmpty();
        }
    }

    /** Anchors of a kernel that were training rows would be known by heart. */
    @Test
    void unlabeledRowsAreOtherRowsOfTheDatabaseAndNoQueryUnderAnySeed() throws IOException {
        Protocol protocol = HeldOutNeighborsTest.protocol("fashion-mnist");
        int n = 9000;
        UniformRandomProvider random = RANDOM.stream("raw");
        float[] raw = Filled.floats(4 * n, i -> random.nextFloat());
        FeatureData data = data(FeatureMatrix.owning(n, 4, raw), null);
        int[] training = data.splits(protocol).draw(1).training();
        FeatureMatrix all = Preprocessor.fit(protocol.preprocessing(), data.raw(), training)
                .apply(data.raw(), IntStream.range(0, n).toArray());
        Map<List<Float>, Integer> numbers = new HashMap<>();
        for (int i = 0; i < n; i++) {
            numbers.put(values(all, i), i);
        }

        FeatureMatrix unlabeled = TuningData.of(protocol, data, 1).plain().unlabeled();
        int[] rows = IntStream.range(0, unlabeled.rows())
                .map(i -> Objects.requireNonNull(numbers.get(values(unlabeled, i))))
                .toArray();

        assertThat(rows).hasSizeGreaterThan(3000).isSorted().doesNotHaveDuplicates();
        assertThat(common(rows, training)).isEmpty();
        for (long seed : protocol.seeds()) {
            assertThat(common(rows, data.splits(protocol).draw(seed).query())).isEmpty();
        }
    }

    private static IntStream common(int[] some, int[] others) {
        BitSet set = new BitSet();
        IntStream.of(some).forEach(set::set);
        return IntStream.of(others).filter(set::get);
    }

    private static List<Float> values(FeatureMatrix features, int row) {
        return IntStream.range(0, features.dimension())
                .mapToObj(j -> features.get(row, j))
                .toList();
    }

    /** The first feature of a row is its number, the second is 10 times that; those of its mirrored image are 7 and 3 more. */
    @Test
    void imagesAndTheirMirroredCopiesAreCenteredByTheMeanOfTheImagesThatAreLeft() throws IOException {
        Protocol protocol = HeldOutNeighborsTest.protocol("fashion-mnist");
        int n = 6000;
        float[] raw = new float[2 * n];
        float[] mirrored = new float[2 * n];
        for (int i = 0; i < n; i++) {
            raw[2 * i] = i;
            raw[2 * i + 1] = 10 * i;
            mirrored[2 * i] = i + 7;
            mirrored[2 * i + 1] = 10 * i + 3;
        }
        FeatureData data = data(FeatureMatrix.owning(n, 2, raw), FeatureMatrix.owning(n, 2, mirrored));
        int[] rows = data.splits(protocol).draw(0).training();
        double mean = IntStream.of(rows).average().orElseThrow();
        assertThat(mean).isNotCloseTo((n - 1) / 2.0, within(1.0));

        TuningData images = TuningData.of(protocol, data, 0);

        FeatureMatrix copies = Objects.requireNonNull(images.mirrored());
        assertThat(images.plain().labeled().rows()).isEqualTo(rows.length);
        assertThat(copies.rows()).isEqualTo(rows.length);
        for (int i = 0; i < rows.length; i++) {
            assertUnit(images.plain().labeled(), i, rows[i] - mean, 10 * (rows[i] - mean));
            assertUnit(copies, i, rows[i] - mean + 7, 10 * (rows[i] - mean) + 3);
        }
    }

    private static void assertUnit(FeatureMatrix features, int row, double x, double y) {
        double length = Math.hypot(x, y);
        assertThat((double) features.get(row, 0)).isCloseTo(x / length, within(1e-5));
        assertThat((double) features.get(row, 1)).isCloseTo(y / length, within(1e-5));
    }

    /** Where one stream served all code lengths, each would try the same configurations. */
    @Test
    void eachCodeLengthDrawsItsOwnConfigurations() throws IOException {
        SearchSpace space = new SearchSpace(
                SearchSpace.SCHEMA,
                "for tests",
                3,
                2,
                1,
                List.of(Criterion.MAP),
                new SearchSpace.Epochs(1, List.of()),
                List.of(4, 8),
                Map.of("ksh", Map.of("ridge", SearchRange.logarithmic(1e-6, 1e-2))));
        TrainingSet blobs = Blobs.classes(new Blobs.Sizes(3, 16, 60, 10), 1).trainingSet();
        Protocol protocol = HeldOutNeighborsTest.protocol("fashion-mnist");

        Map<Integer, TuningResult.Outcome> outcomes = Objects.requireNonNull(
                new Tuning(space, 5, 1, Journal.none(), TrainingDevice.DEFAULT, Progress.NONE, false)
                        .run(protocol, List.of("ksh"), new TuningData(blobs, null, 1000), "tune")
                        .outcomes()
                        .get("ksh"));

        assertThat(ridges(outcomes, 4)).hasSizeGreaterThanOrEqualTo(3).doesNotContainAnyElementsOf(ridges(outcomes, 8));
    }

    private static List<Object> ridges(Map<Integer, TuningResult.Outcome> outcomes, int bits) {
        return Objects.requireNonNull(outcomes.get(bits)).ranking().stream()
                .map(score -> Objects.requireNonNull(score.values().get("ridge")))
                .toList();
    }

    @Test
    void foldsHaveEquallyManyOfEachClassUpToOne() {
        for (Fold fold : Fold.divide(new TuningData(numbered(40, 2), null, 100), 4, RANDOM)) {
            int[] classes = ((ClassLabels) fold.heldOutLabels()).toArray();
            assertThat(classes).hasSize(10);
            assertThat(IntStream.of(classes).sum()).isEqualTo(5);
        }
    }

    @Test
    void foldsOfLabelSetsHaveEquallyManyOfEachRarestLabel() {
        int rows = 60;
        boolean[] indicator = new boolean[rows * 3];
        for (int row = 0; row < rows; row++) {
            // Label 2 with every row, label 0 with every third, label 1 with every sixth.
            indicator[row * 3 + 2] = true;
            indicator[row * 3] = row % 3 == 0;
            indicator[row * 3 + 1] = row % 6 == 0;
        }
        FeatureMatrix features = FeatureMatrix.owning(rows, 1, new float[rows]);
        TrainingSet all = new TrainingSet(features, LabelSets.of(rows, 3, indicator), features);
        for (Fold fold : Fold.divide(new TuningData(all, null, 100), 5, RANDOM)) {
            assertThat(((LabelSets) fold.heldOutLabels()).counts()).containsExactly(4, 2, 12);
            assertThat(fold.training().labels().size()).isEqualTo(48);
        }
    }
}
