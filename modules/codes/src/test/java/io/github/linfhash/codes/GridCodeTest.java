package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridCodeTest {
    private final SplittableRandom random = new SplittableRandom(8);

    private float[] vector(int d) {
        float[] x = new float[d];
        for (int j = 0; j < d; j++) {
            x[j] = (float) (2 * random.nextDouble() - 1);
        }
        return x;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "6, 1", "2, 2", "6, 2", "5, 3", "6, 3", "4, 4", "5, 4"})
    void isTheBestOfAllGridVectors(int d, int bits) {
        for (int trial = 0; trial < 20; trial++) {
            float[] x = vector(d);
            GridCodes.GridCode code = GridCodes.GridCode.of(x, bits);
            double best = 0;
            long all = 1L << (bits * d);
            for (long number = 0; number < all; number++) {
                best = Math.max(best, cosine(x, number, bits));
            }
            assertThat(code.product() / Math.sqrt(code.squaredLength()) / length(x))
                    .isCloseTo(best, within(1e-6));
            long own = 0;
            for (int j = 0; j < d; j++) {
                own |= (long) code.numbers()[j] << (bits * j);
            }
            assertThat(cosine(x, own, bits)).isCloseTo(best, within(1e-6));
        }
    }

    private static double length(float[] x) {
        double squares = 0;
        for (float value : x) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    private static double cosine(float[] x, long number, int bits) {
        int mask = (1 << bits) - 1;
        double product = 0;
        double squares = 0;
        for (int j = 0; j < x.length; j++) {
            double y = (number >> (bits * j) & mask) - mask / 2.0;
            product += y * x[j];
            squares += y * y;
        }
        return product / Math.sqrt(squares) / length(x);
    }

    @Test
    void zerosHaveACode() {
        GridCodes.GridCode code = GridCodes.GridCode.of(new float[4], 3);
        assertThat(code.product()).isZero();
        assertThat(code.squaredLength()).isEqualTo(1);
    }
}
