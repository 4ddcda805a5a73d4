package io.github.linfhash.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.arithmetic.ArithmeticCheck;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowProductsTest {
    private static final int ROWS = 1100;

    private final UniformRandomProvider random = new RandomStreams(1).stream("rows");

    private float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 2", "255, 7, 5", "256, 31, 4", "257, 12, 9", "600, 40, 30"})
    void areThoseOfPlainLoops(int n, int d, int m) {
        float[] rows = values(n * d);
        float[] others = values(m * d);
        float[] products = new float[n * m];
        new RowProducts(others, m, d).of(-2, rows, products);
        double[] expected = ArithmeticCheck.product(
                widened(rows, -2), ArithmeticCheck.transpose(widened(others, 1), m, d), n, d, m);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) products[i]).isCloseTo(expected[i], within(1e-4));
        }
    }

    private static double[] widened(float[] values, double factor) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> factor * values[i])
                .toArray();
    }

    /** To the last bit; BLAS takes other kernels, with other orders of summation, for small products than for large. */
    @ParameterizedTest
    @CsvSource({"500, 300, 1", "500, 300, 10", "500, 48, 25", "384, 300, 3", "384, 64, 7", "32, 16, 100"})
    void ofARowDoNotDependOnTheRowsBesideIt(int d, int m, int few) {
        SquaredDistances distances = new SquaredDistances(FeatureMatrix.owning(m, d, values(m * d)));
        FeatureMatrix rows = FeatureMatrix.owning(ROWS, d, values(ROWS * d));
        float[] all = distances.of(rows.toArray());
        int[] order = IntStream.range(0, ROWS).toArray();
        PermutationSampler.shuffle(random, order);
        float[] shuffled = distances.of(rows.select(order).toArray());
        for (int from = 0; from + few <= ROWS; from += few) {
            int[] chosen = Arrays.copyOfRange(order, from, from + few);
            float[] alone = distances.of(rows.select(chosen).toArray());
            for (int i = 0; i < few; i++) {
                assertThat(Arrays.equals(all, chosen[i] * m, (chosen[i] + 1) * m, alone, i * m, (i + 1) * m))
                        .as("row %s among %s, and among all", chosen[i], few)
                        .isTrue();
                int at = (from + i) * m;
                assertThat(Arrays.equals(all, chosen[i] * m, (chosen[i] + 1) * m, shuffled, at, at + m))
                        .as("row %s as row %s of another order", chosen[i], from + i)
                        .isTrue();
            }
        }
    }
}
