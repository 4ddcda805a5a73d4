package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointDistancesTest {
    private static float[] random(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (random.nextDouble() - 0.5);
        }
        return values;
    }

    @Test
    void areThoseOfPlainLoopsAlsoForEqualPoints() {
        int d = 5;
        float[] x = random(23 * d, 1);
        float[] points = new float[3 * d];
        for (int p = 0; p < 3; p++) {
            System.arraycopy(x, (p < 2 ? 3 : 11) * d, points, p * d, d);
        }
        float[] distances = new PointDistances(points, d).of(x);
        for (int i = 0; i < 23; i++) {
            for (int p = 0; p < 3; p++) {
                double expected = 0;
                for (int j = 0; j < d; j++) {
                    expected += Math.pow((double) x[i * d + j] - points[p * d + j], 2);
                }
                assertThat((double) distances[i * 3 + p]).isCloseTo(expected, within(1e-6));
                assertThat(distances[i * 3 + p]).isNotNegative();
            }
        }
    }

    /** To the last bit; the kernels of BLAS give a vector other last bits by its place among the vectors of a call. */
    @ParameterizedTest
    @CsvSource({"500, 300, 1", "500, 300, 10", "500, 48, 25", "384, 300, 3", "384, 64, 7", "32, 16, 100"})
    void ofAVectorDoNotDependOnTheOthers(int d, int m, int few) {
        int n = 600;
        PointDistances distances = new PointDistances(random(m * d, 1), d);
        float[] vectors = random(n * d, 2);
        float[] all = distances.of(vectors);
        for (int from = 0; from + few <= n; from += few) {
            float[] alone = distances.of(Arrays.copyOfRange(vectors, from * d, (from + few) * d));
            assertThat(alone).as("from %s on", from).isEqualTo(Arrays.copyOfRange(all, from * m, (from + few) * m));
        }
    }

    @Test
    void pointsThatAreNotFiniteAreRefused() {
        assertThatThrownBy(() -> new PointDistances(new float[] {1, Float.NaN}, 2))
                .isInstanceOf(NonFiniteException.class);
    }
}
