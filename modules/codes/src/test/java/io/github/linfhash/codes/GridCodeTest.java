package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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

    private static RaBitQCodes.GridCode code(float[] x, int bits) {
        RaBitQCodes.GridCode code = new RaBitQCodes.GridCode(x.length, bits);
        code.encode(x);
        return code;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "6, 1", "2, 2", "6, 2", "5, 3", "6, 3", "4, 4", "5, 4"})
    void isTheBestOfAllGridVectors(int d, int bits) {
        for (int trial = 0; trial < 20; trial++) {
            float[] x = vector(d);
            RaBitQCodes.GridCode code = code(x, bits);
            double best = 0;
            long all = 1L << (bits * d);
            for (long number = 0; number < all; number++) {
                best = Math.max(best, cosine(x, number, bits));
            }
            assertThat(code.product / Math.sqrt(code.squaredLength) / length(x)).isCloseTo(best, within(1e-6));
            long own = 0;
            for (int j = 0; j < d; j++) {
                own |= (long) code.numbers[j] << (bits * j);
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
            RaBitQCodes.GridCode code = code(x, bits);
            assertThat(code.product / Math.sqrt(code.squaredLength)).isCloseTo(best, within(1e-6 * best));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 8})
    void zerosAndOneLargeValueHaveACode(int bits) {
        float[] x = new float[16];
        x[3] = -1e30f;
        byte[] numbers = code(x, bits).numbers;
        assertThat(numbers[3]).isZero();
        assertThat(code(new float[] {Float.MIN_VALUE, 0}, bits).product).isPositive();
    }

    @Test
    void zerosHaveACode() {
        RaBitQCodes.GridCode code = code(new float[4], 3);
        assertThat(code.product).isZero();
        assertThat(code.squaredLength).isEqualTo(1);
    }

    /** The numbers of the best of all scales, which are sorted and swept to their end. */
    private static byte[] swept(float[] x, int bits) {
        int most = (1 << (bits - 1)) - 1;
        List<int[]> moves = new ArrayList<>();
        for (int j = 0; j < x.length; j++) {
            // No scale that float32 does not have.
            for (int k = 1; k <= most && Float.isFinite(k / Math.abs(x[j])); k++) {
                moves.add(new int[] {Float.floatToIntBits(k / Math.abs(x[j])), j});
            }
        }
        // Equal scales stay in the order of coordinates.
        moves.sort(Comparator.comparingInt(move -> move[0]));
        int[] levels = new int[x.length];
        double product = 0;
        double squares = 0;
        for (float value : x) {
            product += 0.5 * Math.abs(value);
            squares += 0.25;
        }
        int[] bestLevels = levels.clone();
        double best = product / Math.sqrt(squares);
        for (int[] move : moves) {
            levels[move[1]]++;
            product += Math.abs(x[move[1]]);
            squares += 2 * levels[move[1]];
            if (product / Math.sqrt(squares) > best) {
                best = product / Math.sqrt(squares);
                bestLevels = levels.clone();
            }
        }
        byte[] numbers = new byte[x.length];
        for (int j = 0; j < x.length; j++) {
            numbers[j] = (byte) (x[j] > 0 ? most + 1 + bestLevels[j] : most - bestLevels[j]);
        }
        return numbers;
    }

    private enum Values {
        NORMAL(SplittableRandom::nextGaussian),
        WITH_TIES(random -> Math.rint(2 * random.nextGaussian())),
        EQUAL(random -> random.nextBoolean() ? 0.25 : -0.25),
        MOSTLY_ZEROS(random -> random.nextInt(20) == 0 ? random.nextGaussian() : -0.0),
        OF_ALL_SIZES(random -> random.nextGaussian() * Math.exp(15 * random.nextGaussian())),
        SUBNORMAL(random -> random.nextGaussian() * 1e-43);

        private final ToDoubleFunction<SplittableRandom> next;

        Values(ToDoubleFunction<SplittableRandom> next) {
            this.next = next;
        }
    }

    /** One coder for all vectors, so that nothing of a vector stays for the next one. */
    @ParameterizedTest
    @EnumSource(Values.class)
    void bucketsAndAnEarlyEndChangeNothing(Values values) {
        for (int bits = 1; bits <= 8; bits++) {
            for (int d : new int[] {1, 2, 63, 64, 65, 255, 256, 257}) {
                if (bits > 4 && d * ((1 << (bits - 1)) - 1) > 8192) {
                    continue;
                }
                RaBitQCodes.GridCode code = new RaBitQCodes.GridCode(d, bits);
                for (int trial = 0; trial < 5; trial++) {
                    float[] x = new float[d];
                    for (int j = 0; j < d; j++) {
                        x[j] = (float) values.next.applyAsDouble(random);
                    }
                    code.encode(x);
                    assertThat(code.numbers)
                            .as("%d coordinates of %d bits", d, bits)
                            .isEqualTo(swept(x, bits));
                }
            }
        }
    }
}
