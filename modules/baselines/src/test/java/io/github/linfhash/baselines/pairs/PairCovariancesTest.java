package io.github.linfhash.baselines.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.baselines.plain.PlainLoops;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class PairCovariancesTest {
    private static final int D = 4;

    @Test
    void classesGiveTheMeansOverAllPairsWithoutIdenticalOnes() {
        FeatureMatrix distinct = Samples.clusters(17, D, 3, 1);
        FeatureMatrix features = distinct.select(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 3, 3, 10, 2, 12, 5});
        ClassLabels labels = ClassLabels.of(0, 0, 1, 1, 7, 7, 0, 0, 1, 1, 1, 1, 0, 0, 0, 7);
        TrainingSet training = new TrainingSet(features, labels, features);
        LabeledPairs unused = LabeledPairs.of(new int[] {0, 0}, new int[] {1, 2});

        PairCovariances covariances = PairCovariances.of(training, unused);

        double[][] similar = new double[D][D];
        double[][] dissimilar = new double[D][D];
        int similarPairs = 0;
        int dissimilarPairs = 0;
        double[][] rows = PlainLoops.rows(features);
        for (int i = 0; i < rows.length; i++) {
            for (int j = i + 1; j < rows.length; j++) {
                double[] difference = PlainLoops.minus(rows[i], rows[j]);
                if (PlainLoops.dot(difference, difference) == 0) {
                    continue;
                }
                if (labels.get(i) != labels.get(j)) {
                    dissimilarPairs++;
                    PlainLoops.addOuter(dissimilar, difference, difference, 1);
                } else {
                    similarPairs++;
                    PlainLoops.addOuter(similar, difference, difference, 1);
                }
            }
        }
        assertThat(similarPairs).isEqualTo(21 + 15 - 3 + 3 - 1);
        assertThat(dissimilarPairs).isEqualTo(7 * 6 + 7 * 3 + 6 * 3 - 1);
        assertEqual(covariances.similar(), similar, 1.0 / similarPairs);
        assertEqual(covariances.dissimilar(), dissimilar, 1.0 / dissimilarPairs);
    }

    @Test
    void labelSetsGiveTheMeansOverTheDrawnPairs() {
        FeatureMatrix features = Samples.clusters(25, D, 3, 2);
        LabelSets labels = Samples.labelSets(25, 4, 2);
        TrainingSet training = new TrainingSet(features, labels, features);
        LabeledPairs pairs = LabeledPairs.draw(training, 40, new RandomStreams(1));

        PairCovariances covariances = PairCovariances.of(training, pairs);

        assertEqual(covariances.similar(), scatter(features, pairs, pairs::similar), 1.0 / 40);
        assertEqual(covariances.dissimilar(), scatter(features, pairs, k -> !pairs.similar(k)), 1.0 / 40);
    }

    @Test
    void weightedCrossProductsEqualPlainLoopsOverCenteredRows() {
        FeatureMatrix features = Samples.clusters(9, D, 3, 3);
        LabeledPairs pairs = LabeledPairs.of(new int[] {0, 3, 3, 8, 0, 5}, new int[] {1, 4, 8, 3, 7, 6});
        double[] weights = {0.5, -1, 2, 0.25, 3, -0.1};

        double[][] rows = PlainLoops.centered(PlainLoops.rows(features));
        double[][] expected = new double[D][D];
        for (int k = 0; k < pairs.size(); k++) {
            PlainLoops.addOuter(expected, rows[pairs.first(k)], rows[pairs.second(k)], weights[k]);
            PlainLoops.addOuter(expected, rows[pairs.second(k)], rows[pairs.first(k)], weights[k]);
        }
        assertEqual(new PairProducts(features, pairs).cross(weights), expected, 1);
    }

    private static double[][] scatter(FeatureMatrix features, LabeledPairs pairs, IntPredicate counted) {
        double[][] rows = PlainLoops.rows(features);
        double[][] sum = new double[D][D];
        for (int k = 0; k < pairs.size(); k++) {
            if (counted.test(k)) {
                double[] difference = PlainLoops.minus(rows[pairs.first(k)], rows[pairs.second(k)]);
                PlainLoops.addOuter(sum, difference, difference, 1);
            }
        }
        return sum;
    }

    private static void assertEqual(double[] actual, double[][] expected, double factor) {
        double[] flat = Arrays.stream(expected)
                .flatMapToDouble(Arrays::stream)
                .map(entry -> entry * factor)
                .toArray();
        assertThat(actual).containsExactly(flat, within(1e-12 * (1 + Math.abs(flat[0])) * 100));
    }
}
