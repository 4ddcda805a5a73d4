package io.github.linfhash.baselines.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.random.RandomStreams;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoundBitsTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "7, 30", "8, 31", "9, 32", "24, 1", "25, 77"})
    void productsEqualThoseOfTheDenseMatrixForEveryNumberOfBits(int capacity, int length) {
        FoundBits found = new FoundBits(capacity, length);
        double[][] dense = new double[capacity][];
        double[] v = random(length, 1);
        assertThat(found.times(v)).isEmpty();
        for (int t = 0; t < capacity; t++) {
            dense[t] = SlowKsh.signs(random(length, 100 + t));
            found.append(dense[t]);
            double[] w = random(t + 1, 2);
            double[] transposed = v.clone();
            for (int b = 0; b <= t; b++) {
                for (int i = 0; i < length; i++) {
                    transposed[i] -= dense[b][i] * w[b];
                }
            }
            double[] products = found.times(v);
            assertThat(products).hasSize(t + 1);
            for (int b = 0; b <= t; b++) {
                assertThat(products[b]).isCloseTo(SlowKsh.dot(dense[b], v), within(1e-12));
            }
            double[] result = v.clone();
            found.subtractTransposedTimes(w, result);
            assertThat(result).containsExactly(transposed, within(1e-12));
        }
    }

    private static double[] random(int size, long seed) {
        return new RandomStreams(seed).stream("values").doubles(size, -1, 1).toArray();
    }
}
