package io.github.linfhash.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.SmallCodebook;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallCodebookTest {
    private final UniformRandomProvider random = new RandomStreams(1).stream("rows");

    private FeatureMatrix values(int n, int d) {
        float[] values = new float[n * d];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return FeatureMatrix.owning(n, d, values);
    }

    private static double squaredDistance(FeatureMatrix rows, int i, FeatureMatrix points, int k) {
        double squared = 0;
        for (int j = 0; j < rows.dimension(); j++) {
            double less = (double) rows.get(i, j) - points.get(k, j);
            squared += less * less;
        }
        return squared;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 17", "4, 256", "7, 256", "24, 256", "33, 5"})
    void areThoseOfPlainLoops(int d, int m) {
        FeatureMatrix points = values(m, d);
        FeatureMatrix rows = values(300, d);
        SmallCodebook.Nearest nearest = new SmallCodebook(points.toArray(), points.dimension()).of(rows.toArray());
        for (int i = 0; i < rows.rows(); i++) {
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < m; k++) {
                least = Math.min(least, squaredDistance(rows, i, points, k));
            }
            assertThat(squaredDistance(rows, i, points, nearest.point(i))).isCloseTo(least, within(1e-5));
            assertThat(nearest.squaredDistance(i)).isCloseTo(least, within(1e-5));
        }
    }

    @Test
    void ofEquallyNearPointsTheFirstIsTaken() {
        FeatureMatrix points = FeatureMatrix.owning(4, 1, new float[] {3, 1, -1, 1});
        SmallCodebook.Nearest nearest =
                new SmallCodebook(points.toArray(), points.dimension()).of(new float[] {0, 1, 2});
        assertThat(nearest.point(0)).isEqualTo(1);
        assertThat(nearest.point(1)).isEqualTo(1);
        assertThat(nearest.point(2)).isZero();
        assertThat(nearest.squaredDistance(1)).isZero();
    }
}
