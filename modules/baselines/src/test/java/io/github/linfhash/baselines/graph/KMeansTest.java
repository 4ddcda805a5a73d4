package io.github.linfhash.baselines.graph;

import static io.github.linfhash.baselines.plain.PlainLoops.rows;
import static io.github.linfhash.baselines.plain.PlainLoops.squaredDistance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.KMeans;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KMeansTest {
    private static final FeatureMatrix DATA = Samples.clusters(300, 5, 6, 31);

    private static FeatureMatrix centers(FeatureMatrix data, int clusters, int iterations, long seed) {
        return new KMeans(clusters, iterations).centers(data, new RandomStreams(seed).stream("anchors"), Progress.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 40})
    void centersEqualThoseOfPlainLoops(int iterations) {
        double[][] expected = rows(centers(DATA, 12, 0, 4));
        for (int iteration = 0; iteration < iterations; iteration++) {
            expected = step(rows(DATA), expected);
        }
        double[][] found = rows(centers(DATA, 12, iterations, 4));
        double[][] narrow = rows(
                new KMeans(12, iterations, true).centers(DATA, new RandomStreams(4).stream("anchors"), Progress.NONE));

        for (int j = 0; j < 12; j++) {
            assertThat(found[j]).containsExactly(expected[j], within(1e-5));
            assertThat(narrow[j]).containsExactly(expected[j], within(1e-5));
        }
    }

    @Test
    void theCostNeverRises() {
        double before = Double.POSITIVE_INFINITY;
        for (int iterations = 0; iterations < 12; iterations++) {
            double cost = cost(rows(DATA), rows(centers(DATA, 20, iterations, 5)));
            assertThat(cost).isLessThanOrEqualTo(before + 1e-4);
            before = cost;
        }
    }

    @Test
    void aCenterThatLosesAllRowsMovesToTheFurthestRow() {
        float[][] rows = new float[40][1];
        rows[39][0] = 5;
        FeatureMatrix data = FeatureMatrix.copyOf(rows);
        for (long seed = 0; seed < 5; seed++) {
            float[] found = centers(data, 2, 3, seed).toArray();
            Arrays.sort(found);
            assertThat(found).containsExactly(0, 5);
        }
    }

    @Test
    void equalRowsGiveFiniteCenters() {
        assertThat(centers(DATA.select(new int[30]), 10, 5, 1).toArray()).containsOnly(tile(DATA, 10));
    }

    private static float[] tile(FeatureMatrix data, int times) {
        return data.select(new int[times]).toArray();
    }

    private static double[][] step(double[][] x, double[][] centers) {
        double[][] sums = new double[centers.length][x[0].length];
        int[] sizes = new int[centers.length];
        for (double[] row : x) {
            int nearest = nearest(row, centers);
            sizes[nearest]++;
            for (int j = 0; j < row.length; j++) {
                sums[nearest][j] += row[j];
            }
        }
        for (int c = 0; c < sums.length; c++) {
            assertThat(sizes[c]).as("this data empties no cluster").isPositive();
            for (int j = 0; j < sums[c].length; j++) {
                sums[c][j] /= sizes[c];
            }
        }
        return sums;
    }

    private static int nearest(double[] row, double[][] centers) {
        int nearest = 0;
        for (int c = 1; c < centers.length; c++) {
            if (squaredDistance(row, centers[c]) < squaredDistance(row, centers[nearest])) {
                nearest = c;
            }
        }
        return nearest;
    }

    private static double cost(double[][] x, double[][] centers) {
        double cost = 0;
        for (double[] row : x) {
            cost += squaredDistance(row, centers[nearest(row, centers)]);
        }
        return cost;
    }
}
