package io.github.linfhash.baselines.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoundBitsTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "7, 30", "8, 31", "9, 32", "24, 1", "25, 77"})
    void productsEqualThoseOfTheDenseMatrixForEveryNumberOfBits(int capacity, int length) {
        FoundBits found = new FoundBits(capacity, length);
        double[][] dense = new double[capacity][];
        double[] v = random(length, 1);
        double[] products = new double[capacity];
        found.times(v, products);
        assertThat(products).isEqualTo(new double[capacity]);
        for (int t = 0; t < capacity; t++) {
            dense[t] = SlowKsh.signs(random(length, 100 + t));
            found.append(dense[t], 0);
            double[] w = random(t + 1, 2);
            double[] transposed = v.clone();
            for (int b = 0; b <= t; b++) {
                for (int i = 0; i < length; i++) {
                    transposed[i] -= dense[b][i] * w[b];
                }
            }
            found.times(v, products);
            assertThat(Arrays.copyOfRange(products, t + 1, capacity)).isEqualTo(new double[capacity - t - 1]);
            for (int b = 0; b <= t; b++) {
                assertThat(products[b]).isCloseTo(SlowKsh.dot(dense[b], v), within(1e-12));
            }
            double[] result = v.clone();
            found.subtractTransposedTimes(w, result);
            assertThat(result).containsExactly(transposed, within(1e-12));
        }
    }

    @Test
    void aPartOfTheEntriesIsThatPartOfEachBit() {
        double[] bit = SlowKsh.signs(random(20, 7));
        FoundBits found = new FoundBits(1, 6);
        found.append(bit, 9);
        double[] v = random(6, 8);
        double[] products = new double[1];
        found.times(v, products);
        assertThat(products[0]).isCloseTo(SlowKsh.dot(Arrays.copyOfRange(bit, 9, 15), v), within(1e-12));
    }

    private static double[] random(int size, long seed) {
        return new RandomStreams(seed).stream("values").doubles(size, -1, 1).toArray();
    }
}
