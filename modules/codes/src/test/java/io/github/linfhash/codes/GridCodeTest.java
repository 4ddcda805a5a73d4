package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            RaBitQCodes.GridCode code = RaBitQCodes.GridCode.of(x, bits);
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

    /** With many bits, only some scales are visited; of normal coordinates the best one is among them. */
    @ParameterizedTest
    @CsvSource({"32, 5", "560, 5", "32, 6", "270, 6", "140, 7", "66, 8", "384, 8"})
    void ofManyBitsTheBestOfAllScalesIsFound(int d, int bits) {
        int most = (1 << (bits - 1)) - 1;
        for (int trial = 0; trial < 5; trial++) {
            float[] x = new float[d];
            double[] scales = new double[d * most];
            for (int j = 0; j < d; j++) {
                x[j] = (float) random.nextGaussian();
                for (int k = 1; k <= most; k++) {
                    // Beyond this scale the coordinate is k steps away from the innermost value.
                    scales[j * most + k - 1] = k / (double) Math.abs(x[j]) * (1 + 1e-6);
                }
            }
            double best = 0;
            for (double scale : scales) {
                double product = 0;
                double squares = 0;
                for (float value : x) {
                    double y = Math.min(most, Math.floor(scale * Math.abs(value))) + 0.5;
                    product += y * Math.abs(value);
                    squares += y * y;
                }
                best = Math.max(best, product / Math.sqrt(squares));
            }
            RaBitQCodes.GridCode code = RaBitQCodes.GridCode.of(x, bits);
            assertThat(code.product() / Math.sqrt(code.squaredLength())).isCloseTo(best, within(1e-6 * best));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 8})
    void zerosAndOneLargeValueHaveACode(int bits) {
        float[] x = new float[16];
        x[3] = -1e30f;
        byte[] numbers = RaBitQCodes.GridCode.of(x, bits).numbers();
        assertThat(numbers[3]).isZero();
        assertThat(RaBitQCodes.GridCode.of(new float[] {Float.MIN_VALUE, 0}, bits)
                        .product())
                .isPositive();
    }

    @Test
    void zerosHaveACode() {
        RaBitQCodes.GridCode code = RaBitQCodes.GridCode.of(new float[4], 3);
        assertThat(code.product()).isZero();
        assertThat(code.squaredLength()).isEqualTo(1);
    }
}
