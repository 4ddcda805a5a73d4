package io.github.linfhash.baselines.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BitRefinementTest {
    @Test
    void theSmoothSignEqualsTheHyperbolicTangentOfHalfItsArgument() {
        double[] values =
                IntStream.range(0, 20001).mapToDouble(i -> (i - 10000) / 100.0).toArray();
        double[] signs = new double[values.length];
        BitRefinement.smoothSigns(values, signs);

        for (int i = 0; i < values.length; i++) {
            assertThat(signs[i]).as("phi(%s)", values[i]).isCloseTo(Math.tanh(values[i] / 2), within(1e-12));
        }
    }

    @Test
    void theSmoothSignSaturatesAtInfinityAndKeepsNotANumber() {
        double[] signs = new double[4];
        BitRefinement.smoothSigns(new double[] {Double.POSITIVE_INFINITY, -1e300, Double.NaN, 0}, signs);

        assertThat(signs).containsExactly(1, -1, Double.NaN, 0);
    }

    /**
     * The released code takes 1e-2 a training row: the last step is the first one that changes the cost, in plain loops, by at most
     * that much times the number of rows. One that compared the whole change would go on.
     */
    @Test
    void theToleranceOfTheCostIsThatOfARow() {
        int rows = 40;
        int columns = 6;
        int most = 60;
        double tolerance = 1e-2;
        double[] kernel = new RandomStreams(8)
                .stream("kernel").doubles((long) rows * columns, -1, 1).toArray();
        double[][] k = new double[rows][];
        double[][] s = new double[rows][rows];
        Labels labels = Samples.classes(rows, 4);
        for (int i = 0; i < rows; i++) {
            k[i] = Arrays.copyOfRange(kernel, i * columns, (i + 1) * columns);
            for (int j = 0; j < rows; j++) {
                s[i][j] = labels.similar(i, labels, j) ? 1 : -1;
            }
        }
        List<double[]> points = new ArrayList<>();
        for (int steps = 0; steps <= most; steps++) {
            points.add(refined(kernel, labels, steps, 0));
        }
        int last = 1;
        while (change(k, s, points, last) / rows > tolerance) {
            last++;
        }
        assertThat(last).isBetween(2, most - 1);
        assertThat(change(k, s, points, last)).isGreaterThan(tolerance);

        assertThat(refined(kernel, labels, most, tolerance)).isEqualTo(points.get(last));
    }

    private static double change(double[][] k, double[][] s, List<double[]> points, int step) {
        return Math.abs(SlowKsh.cost(k, s, points.get(step)) - SlowKsh.cost(k, s, points.get(step - 1)));
    }

    private static double[] refined(double[] kernel, Labels labels, int steps, double tolerance) {
        double[] start = {0.5, -0.3, 0.2, 0.1, -0.4, 0.3};
        return new BitRefinement(
                        kernel,
                        new ResidualSimilarity(labels, 1),
                        new Ksh.Options(start.length, 1, steps, 50, tolerance, 1e-6))
                .refine(start);
    }
}
