package io.github.linfhash.quantizers.antisparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.rotation.LinearMap;
import io.github.linfhash.testing.Filled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AntiSparseSolverTest {
    private static float[] frame(int d, int n, long seed) {
        double[][] rotation = LinearMap.randomRotation(n, new RandomStreams(seed), "frame");
        return Filled.floats(d * n, i -> (float) rotation[i / n][i % n]);
    }

    private static float[] right(int count, long seed) {
        UniformRandomProvider random = new RandomStreams(seed).stream("y");
        return Filled.floats(count, i -> random.nextFloat() - 0.5f);
    }

    /** The least t with -t &lt;= x_j &lt;= t and D x = y, by the simplex method. */
    private static double byLinearProgramming(float[] frame, float[] y, int n) {
        int d = y.length;
        List<LinearConstraint> constraints = new ArrayList<>();
        for (int i = 0; i < d; i++) {
            double[] row = new double[n + 1];
            for (int j = 0; j < n; j++) {
                row[j] = frame[i * n + j];
            }
            constraints.add(new LinearConstraint(row, Relationship.EQ, y[i]));
        }
        for (int j = 0; j < n; j++) {
            double[] above = new double[n + 1];
            above[j] = 1;
            above[n] = -1;
            constraints.add(new LinearConstraint(above, Relationship.LEQ, 0));
            double[] below = new double[n + 1];
            below[j] = -1;
            below[n] = -1;
            constraints.add(new LinearConstraint(below, Relationship.LEQ, 0));
        }
        double[] objective = new double[n + 1];
        objective[n] = 1;
        return new SimplexSolver()
                .optimize(
                        new MaxIter(10_000),
                        new LinearObjectiveFunction(objective, 0),
                        new LinearConstraintSet(constraints),
                        GoalType.MINIMIZE,
                        new NonNegativeConstraint(false))
                .getValue();
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "2, 5", "4, 6", "5, 12", "8, 20", "10, 15"})
    void findsTheNormOfLinearProgramming(int d, int n) {
        float[] frame = frame(d, n, 4);
        float[] y = right(6 * d, 9);
        AntiSparseSolver.Solutions found = new AntiSparseSolver(frame, d, 1e-4, 20_000).solve(y);
        for (int i = 0; i < 6; i++) {
            double expected = byLinearProgramming(frame, Arrays.copyOfRange(y, i * d, (i + 1) * d), n);
            assertThat((double) found.norms()[i]).isCloseTo(expected, within(1e-3 * expected));
            assertThat(found.gaps()[i]).isLessThan(1e-3f);
        }
    }

    /** D x = y, and the gap is one between a norm that is reached and a bound from below. */
    @Test
    void solutionsAreFeasibleAndFlat() {
        int d = 24;
        int n = 48;
        float[] frame = frame(d, n, 2);
        float[] y = right(10 * d, 3);
        AntiSparseSolver.Solutions found = new AntiSparseSolver(frame, d, 1e-3, 5000).solve(y);
        for (int i = 0; i < 10; i++) {
            int flat = 0;
            for (int j = 0; j < n; j++) {
                flat += Math.abs(found.x()[i * n + j]) > 0.99 * found.norms()[i] ? 1 : 0;
            }
            // The optimum has at least N - d + 1 coordinates at the norm.
            assertThat(flat).isGreaterThanOrEqualTo(n - d - 2);
            for (int r = 0; r < d; r++) {
                double sum = 0;
                for (int j = 0; j < n; j++) {
                    sum += (double) frame[r * n + j] * found.x()[i * n + j];
                }
                assertThat(sum).isCloseTo(y[i * d + r], within(1e-5));
            }
            assertThat(found.gaps()[i]).isBetween(-1e-6f, 2e-3f);
        }
    }

    @Test
    void zeroIsRepresentedByZero() {
        AntiSparseSolver.Solutions found = new AntiSparseSolver(frame(2, 4, 1), 2, 1e-3, 100).solve(new float[2]);
        assertThat(found.x()).containsOnly(0f);
        assertThat(found.gaps()).containsOnly(0f);
    }
}
