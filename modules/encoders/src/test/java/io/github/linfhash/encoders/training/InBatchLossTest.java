package io.github.linfhash.encoders.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.training.BatchPairs.SimilarRows;
import io.github.linfhash.encoders.training.ContrastiveLoss.InBatchLoss;
import io.github.linfhash.encoders.training.TrainingOptions.LossSign;
import io.github.linfhash.testing.Filled;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InBatchLossTest {
    private static final int UNITS = 5;
    private static final double MARGIN = 1.7;

    /** One call of the pairwise loss for each pair, weighted as the in-batch loss weights its two means. */
    @ParameterizedTest
    @CsvSource({"CORRECTED, 0.3, 0", "PRINTED, 0.3, 0", "CORRECTED, 0, 0", "CORRECTED, 1, 0", "CORRECTED, 0.5, 0.01"})
    void equalsThePairwiseLossOnAllPairsOfTheBatch(LossSign sign, double share, double sparsity) {
        int images = 40;
        Labels labels =
                ClassLabels.of(IntStream.range(0, images).map(i -> i * i % 7).toArray());
        float[] x = random(images * UNITS, "outputs");

        assertEqualsPairwise(labels, x, new ContrastiveLoss(MARGIN, sign, sparsity), share);
    }

    @Test
    void equalsThePairwiseLossForSetsOfLabels() {
        int images = 30;
        boolean[] carried = new boolean[images * 6];
        UniformRandomProvider random = new RandomStreams(2).stream("labels");
        for (int i = 0; i < carried.length; i++) {
            carried[i] = i % 6 == 0 ? i % 12 == 0 : random.nextInt(4) == 0;
        }

        assertEqualsPairwise(
                LabelSets.of(images, 6, carried),
                random(images * UNITS, "outputs"),
                new ContrastiveLoss(MARGIN, LossSign.CORRECTED, 0),
                0.3);
    }

    @Test
    void followsTheDifferencesOfTheLoss() {
        int images = 12;
        Labels labels = inTurn(images, 3);
        float[] x = random(images * UNITS, "outputs");
        float[] gradient = new float[x.length];
        inBatch(labels, x, new ContrastiveLoss(MARGIN, LossSign.CORRECTED, 0), 0.3, gradient);

        for (int i = 0; i < x.length; i++) {
            double up = exactLoss(labels, x, i, 1e-5);
            double down = exactLoss(labels, x, i, -1e-5);
            assertThat((double) gradient[i]).isCloseTo((up - down) / 2e-5, within(2e-5));
        }
    }

    @Test
    void aTermWithoutPairsIsZeroAndTheOtherKeepsItsWeight() {
        float[] x = random(6 * UNITS, "outputs");
        ContrastiveLoss loss = new ContrastiveLoss(MARGIN, LossSign.CORRECTED, 0);
        Labels allDifferent = ClassLabels.of(0, 1, 2, 3, 4, 5);
        Labels allEqual = ClassLabels.of(3, 3, 3, 3, 3, 3);

        double dissimilarOnly = inBatch(allDifferent, x, loss, 0.3, new float[x.length]);
        double similarOnly = inBatch(allEqual, x, loss, 0.3, new float[x.length]);

        assertThat(dissimilarOnly).isCloseTo(0.7 * pairwiseMean(allDifferent, x, loss, false), within(1e-6));
        assertThat(similarOnly).isCloseTo(0.3 * pairwiseMean(allEqual, x, loss, true), within(1e-6));
        assertThat(dissimilarOnly).isPositive();
        assertThat(similarOnly).isPositive();
    }

    /** Outputs of two images far from zero and from each other by nothing: rounding must not throw them apart. */
    @Test
    void dissimilarImagesWithEqualOutputsHaveNoGradient() {
        float[] x = {3, 3, 3, 3, 3, 3, 3, 3, 3, 3};
        float[] gradient = new float[x.length];

        inBatch(ClassLabels.of(0, 1), x, new ContrastiveLoss(5, LossSign.CORRECTED, 0), 0.3, gradient);

        assertThat(gradient).containsExactly(new float[x.length], within(1e-3f));
    }

    /** Differences below the rounding of the squares: a squared distance may come out negative, and is none. */
    @Test
    void outputsThatOnlyRoundingTellsApartGiveFiniteNumbers() {
        int images = 40;
        Labels labels = inTurn(images, 7);
        float[] x = random(images * UNITS, "outputs");
        for (int i = 0; i < x.length; i++) {
            x[i] = 100 + 1e-4f * x[i];
        }
        float[] gradient = new float[x.length];

        double loss = inBatch(labels, x, new ContrastiveLoss(MARGIN, LossSign.CORRECTED, 0), 0.3, gradient);

        assertThat(loss).isFinite().isPositive();
        for (float slope : gradient) {
            assertThat(slope).isFinite();
        }
    }

    @Test
    void aBatchLeavesNothingToTheNextOne() {
        int images = 20;
        Labels labels = inTurn(images, 4);
        ContrastiveLoss loss = new ContrastiveLoss(MARGIN, LossSign.CORRECTED, 0.01);
        float[] x = random(images * UNITS, "outputs");
        float[] expected = new float[x.length];
        double alone = inBatch(labels, x, loss, 0.3, expected);
        BatchPairs pairs = new BatchPairs(distinctRows(images), SimilarRows.of(labels), images);
        pairs.look(IntStream.range(0, images).toArray());
        InBatchLoss kept = new InBatchLoss(loss, 0.3, UNITS, images);
        float[] gradient = new float[x.length];

        kept.gradient(random(images * UNITS, "others"), pairs, gradient);
        double second = kept.gradient(x, pairs, gradient);

        assertThat(second).isEqualTo(alone);
        assertThat(gradient).isEqualTo(expected);
    }

    @Test
    void equalImagesAreNoPair() {
        FeatureMatrix features = FeatureMatrix.owning(4, 2, new float[] {1, 2, 1, 2, 3, 4, 1, 2});
        BatchPairs pairs = new BatchPairs(features, SimilarRows.of(ClassLabels.of(0, 1, 0, 0)), 4);

        pairs.look(new int[] {0, 1, 2, 3});

        assertThat(pairs.similarPairs()).isEqualTo(2);
        assertThat(pairs.dissimilarPairs()).isEqualTo(1);
        assertThat(pairs.similar()).containsExactly(0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0);
        assertThat(pairs.dissimilar()).containsExactly(0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0);
    }

    private static void assertEqualsPairwise(Labels labels, float[] x, ContrastiveLoss loss, double share) {
        float[] gradient = new float[x.length];
        double value = inBatch(labels, x, loss, share, gradient);

        float[] expected = new float[x.length];
        ContrastiveLoss noPenalty = new ContrastiveLoss(loss.margin(), loss.sign(), 0);
        double expectedValue = 0;
        for (int i = 0; i < labels.size(); i++) {
            for (int j = 0; j < i; j++) {
                boolean similar = labels.similar(i, labels, j);
                double weight = (similar ? share : 1 - share) / count(labels, similar);
                float[] pair = pair(x, i, j);
                float[] pairGradient = new float[pair.length];
                expectedValue += weight * noPenalty.gradient(pair, new boolean[] {similar}, pairGradient);
                for (int u = 0; u < UNITS; u++) {
                    expected[i * UNITS + u] += (float) (weight * pairGradient[u]);
                    expected[j * UNITS + u] += (float) (weight * pairGradient[UNITS + u]);
                }
            }
        }
        // |x_i|_1 + |x_j|_1 as a mean over all pairs is 2 / B times the sum over the images.
        for (int i = 0; i < x.length; i++) {
            expectedValue += 2 * loss.sparsity() * Math.abs(x[i]) / labels.size();
            expected[i] += (float) (2 * loss.sparsity() * Math.signum(x[i]) / labels.size());
        }
        assertThat(value).isCloseTo(expectedValue, within(1e-5));
        assertThat(gradient).containsExactly(expected, within(1e-5f));
    }

    private static double inBatch(Labels labels, float[] x, ContrastiveLoss loss, double share, float[] gradient) {
        int images = labels.size();
        BatchPairs pairs = new BatchPairs(distinctRows(images), SimilarRows.of(labels), images);
        pairs.look(IntStream.range(0, images).toArray());
        return new InBatchLoss(loss, share, UNITS, images).gradient(x, pairs, gradient);
    }

    private static Labels inTurn(int images, int classes) {
        return ClassLabels.of(IntStream.range(0, images).map(i -> i % classes).toArray());
    }

    private static FeatureMatrix distinctRows(int images) {
        return FeatureMatrix.owning(images, 1, Filled.floats(images, i -> i));
    }

    private static double pairwiseMean(Labels labels, float[] x, ContrastiveLoss loss, boolean similar) {
        double sum = 0;
        for (int i = 0; i < labels.size(); i++) {
            for (int j = 0; j < i; j++) {
                sum += loss.value(pair(x, i, j), new boolean[] {similar});
            }
        }
        return sum / count(labels, similar);
    }

    private static int count(Labels labels, boolean similar) {
        int count = 0;
        for (int i = 0; i < labels.size(); i++) {
            for (int j = 0; j < i; j++) {
                count += labels.similar(i, labels, j) == similar ? 1 : 0;
            }
        }
        return count;
    }

    private static float[] pair(float[] x, int i, int j) {
        float[] pair = new float[2 * UNITS];
        System.arraycopy(x, i * UNITS, pair, 0, UNITS);
        System.arraycopy(x, j * UNITS, pair, UNITS, UNITS);
        return pair;
    }

    /** Eq. (12) in double precision with one output moved. */
    private static double exactLoss(Labels labels, float[] x, int moved, double by) {
        double similarSum = 0;
        double dissimilarSum = 0;
        for (int i = 0; i < labels.size(); i++) {
            for (int j = 0; j < i; j++) {
                double squared = 0;
                for (int u = 0; u < UNITS; u++) {
                    double a = x[i * UNITS + u] + (i * UNITS + u == moved ? by : 0);
                    double b = x[j * UNITS + u] + (j * UNITS + u == moved ? by : 0);
                    squared += (a - b) * (a - b);
                }
                double shortfall = Math.max(0, MARGIN - Math.sqrt(squared));
                if (labels.similar(i, labels, j)) {
                    similarSum += squared / 2;
                } else {
                    dissimilarSum += shortfall * shortfall / 2;
                }
            }
        }
        return 0.3 * similarSum / count(labels, true) + 0.7 * dissimilarSum / count(labels, false);
    }

    private static float[] random(int count, String stream) {
        UniformRandomProvider random = new RandomStreams(4).stream(stream);
        return Filled.floats(count, i -> 2 * random.nextFloat() - 1);
    }
}
