package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nearest points, row by row those of plain loops in the documented order of float32 operations; the tests of the vector kernels as well. */
class NearestPointsTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3", "3, 17", "4, 256", "7, 255", "8, 16", "8, 256", "24, 256", "33, 5"})
    void areThoseOfPlainLoops(int dimension, int count) {
        SplittableRandom random = new SplittableRandom(dimension + 1000L * count);
        float[] points = SampleFolders.random(count * dimension, random);
        // Equally near points: the first counts.
        System.arraycopy(points, 0, points, (count - 1) / 2 * dimension, dimension);
        SmallCodebook codebook = new SmallCodebook(points, dimension);
        for (int n : new int[] {0, 1, 7, 8, 15, 16, 17, 127, 128, 268, 300, 600}) {
            float[] rows = SampleFolders.random(n * dimension, random);
            if (n > 100) {
                System.arraycopy(points, 0, rows, 3 * dimension, dimension);
                Arrays.fill(rows, 5 * dimension, 6 * dimension, Float.NaN);
                rows[9 * dimension] = Float.POSITIVE_INFINITY;
                Arrays.fill(rows, 11 * dimension, 12 * dimension, 0);
            }
            SmallCodebook.Nearest nearest = codebook.of(rows);
            for (int i = 0; i < n; i++) {
                assertThat(nearest.point(i)).isEqualTo(nearest(points, dimension, rows, i));
            }
        }
    }

    private static int nearest(float[] points, int dimension, float[] rows, int row) {
        int best = 0;
        float least = Float.NaN;
        for (int k = 0; k < points.length / dimension; k++) {
            double squared = 0;
            for (int j = 0; j < dimension; j++) {
                squared += (double) points[k * dimension + j] * points[k * dimension + j];
            }
            float score = (float) squared;
            for (int j = 0; j < dimension; j += 4) {
                float sum = 0;
                for (int l = 0; l < 4; l++) {
                    int at = j + l;
                    float product = at < dimension ? rows[row * dimension + at] * (-2 * points[k * dimension + at]) : 0;
                    sum = l == 0 ? product : sum + product;
                }
                score += sum;
            }
            if (k == 0 || score < least) {
                best = k;
                least = score;
            }
        }
        return best;
    }
}
