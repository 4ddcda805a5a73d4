package io.github.linfhash.baselines.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.arithmetic.ArithmeticCheck;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatDirectMatrixTest {
    @ParameterizedTest(name = "rows {1} to {2} of {0}, {3} columns")
    @CsvSource({
        "3, 0, 0, 5",
        "3, 2, 3, 1",
        "200, 36, 163, 7",
        "200, 36, 164, 64",
        "200, 36, 165, 65",
        "300, 0, 255, 63",
        "300, 0, 256, 8",
        "300, 0, 257, 33",
        "900, 450, 900, 129"
    })
    void productsOfAPartOfTheRowsEqualPlainLoops(int all, int from, int to, int columns) {
        double[] matrix = values("matrix", all * columns);
        double[] v = values("v", columns);
        double[] w = values("w", all);
        FloatDirectMatrix part = new FloatDirectMatrix(matrix, columns, from, to);

        double[] products = new double[all];
        Arrays.fill(products, 9);
        part.times(v, products);
        double[] expected = ArithmeticCheck.product(matrix, v, all, columns, 1);
        for (int i = 0; i < all; i++) {
            double value = i >= from && i < to ? expected[i] : 9;
            assertThat(products[i]).as("row %d", i).isCloseTo(value, within(1e-4));
        }

        double[] transposed = new double[columns];
        part.transposedTimes(w, transposed);
        double[] rows = Arrays.copyOfRange(matrix, from * columns, to * columns);
        double[] sums = ArithmeticCheck.product(Arrays.copyOfRange(w, from, to), rows, 1, to - from, columns);
        for (int j = 0; j < columns; j++) {
            assertThat(transposed[j]).as("column %d", j).isCloseTo(sums[j], within(1e-4));
        }
    }

    private static double[] values(String stream, int count) {
        return new RandomStreams(4).stream(stream).doubles(count, -1, 1).toArray();
    }
}
