package io.github.linfhash.encoders.admm;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.encoders.admm.AdmmSolver.StoppingRule;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.algebra.RandomMatrices;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmmSolverTest {
    private static final StoppingRule TIGHT = new StoppingRule(100_000, 1e-12, 1e-12);

    @ParameterizedTest
    @CsvSource({"12,8,0.3,0.6", "20,16,0.1,0.6", "9,4,0.5,5", "30,10,10,0.05", "16,12,0.2,1"})
    void theSolutionIsThatOfProjectedGradientDescent(int n, int atoms, double lambda, double beta) {
        Matrix dictionary = RandomMatrices.unitRows(atoms, n, 7).transpose();
        Matrix signals = RandomMatrices.gaussian(5, n, 8);

        AdmmSolver.Solution solution = new AdmmSolver(dictionary, beta).solve(signals, lambda, TIGHT);

        assertThat(solution.unfinished()).endsWith(0);
        for (int i = 0; i < signals.rows(); i++) {
            double[] expected = ProjectedGradient.solve(dictionary, row(signals, i), lambda);
            double[] found = row(solution.codes(), i);
            assertThat(distance(found, expected)).isLessThanOrEqualTo(1e-6 * distance(expected, new double[atoms]));
        }
    }

    @ParameterizedTest
    @CsvSource({"12,8,0.3", "8,20,0.15", "10,10,0.1"})
    void theSolutionIsFeasibleAndSatisfiesTheOptimalityConditions(int n, int atoms, double lambda) {
        Matrix dictionary = RandomMatrices.unitRows(atoms, n, 17).transpose();
        Matrix signals = RandomMatrices.gaussian(6, n, 18);

        AdmmSolver.Solution solution =
                new AdmmSolver(dictionary, AdmmSolver.DEFAULT_BETA).solve(signals, lambda, TIGHT);

        for (int i = 0; i < signals.rows(); i++) {
            double[] z = row(solution.codes(), i);
            double[] gradient = ProjectedGradient.gradient(dictionary, z, row(signals, i));
            assertThat(row(solution.multipliers(), i)).containsExactly(gradient, within(1e-8));
            for (int j = 0; j < atoms; j++) {
                assertThat(Math.abs(z[j])).isLessThanOrEqualTo(lambda);
                double inward =
                        z[j] == lambda ? Math.min(0, gradient[j]) : z[j] == -lambda ? Math.max(0, gradient[j]) : 0;
                assertThat(gradient[j]).isCloseTo(inward, within(1e-8));
            }
        }
    }

    @Test
    void iteratesAreThoseOfThePrintedEquations() {
        double beta = 0.6;
        double lambda = 0.2;
        Matrix dictionary = RandomMatrices.unitRows(3, 5, 27).transpose();
        Matrix signals = RandomMatrices.gaussian(4, 5, 28);

        AdmmSolver.Trace trace = new AdmmSolver(dictionary, beta).trace(signals, lambda, 4);

        assertThat(trace.codes()).hasSize(5);
        assertThat(trace.codes().get(0).toArray()).containsOnly(0);
        assertThat(trace.multipliers().get(0).toArray()).containsOnly(0);
        for (int i = 0; i < signals.rows(); i++) {
            double[] y = row(signals, i);
            for (int t = 0; t < 4; t++) {
                double[] z = row(trace.codes().get(t), i);
                double[] p = row(trace.multipliers().get(t), i);
                double[] nextZ = row(trace.codes().get(t + 1), i);
                double[] nextP = row(trace.multipliers().get(t + 1), i);
                double[] x = IntStream.range(0, 3)
                        .mapToDouble(j -> nextZ[j] - (nextP[j] - p[j]) / beta)
                        .toArray();
                double[] gradient = ProjectedGradient.gradient(dictionary, x, y);
                for (int j = 0; j < 3; j++) {
                    assertThat(gradient[j] - p[j] - beta * (z[j] - x[j])).isCloseTo(0, within(1e-12));
                    double boxed = Math.max(-lambda, Math.min(lambda, x[j] - p[j] / beta));
                    assertThat(nextZ[j]).isCloseTo(boxed, within(1e-12));
                }
            }
        }
    }

    /** Eq. (9): z_{t+1} = B(W y + S z_t + b_t), so weights and biases together must reproduce the trace. */
    @Test
    void theNetworkOfWeightsAndBiasesReproducesTheIterates() {
        double lambda = 0.25;
        AdmmSolver solver = new AdmmSolver(RandomMatrices.unitRows(6, 9, 37).transpose(), 0.6);
        Matrix signals = RandomMatrices.gaussian(7, 9, 38);

        AdmmSolver.Trace trace = solver.trace(signals, lambda, 3);

        Matrix input = signals.times(solver.inputWeights().transpose());
        for (int t = 0; t < 3; t++) {
            Matrix recurrent = trace.codes().get(t).times(solver.stageWeights().transpose());
            Matrix bias = solver.biases(trace.multipliers().get(t));
            for (int i = 0; i < signals.rows(); i++) {
                for (int j = 0; j < 6; j++) {
                    double sum = input.get(i, j) + recurrent.get(i, j) + bias.get(i, j);
                    double expected = Math.max(-lambda, Math.min(lambda, sum));
                    assertThat(trace.codes().get(t + 1).get(i, j)).isCloseTo(expected, within(1e-12));
                }
            }
        }
    }

    /** D = (1, 0; 0, 2), beta = 1: D^T D + beta I = diag(2, 5). */
    @Test
    void weightsAndBiasesOfADiagonalDictionaryAreThoseFoundByHand() {
        AdmmSolver solver = new AdmmSolver(Matrix.owning(2, 2, new double[] {1, 0, 0, 2}), 1);

        assertThat(solver.inputWeights().toArray()).containsExactly(new double[] {0.5, 0, 0, 0.4}, within(1e-15));
        assertThat(solver.stageWeights().toArray()).containsExactly(new double[] {0.5, 0, 0, 0.2}, within(1e-15));
        assertThat(solver.biases(Matrix.owning(1, 2, new double[] {2, 10})).toArray())
                .containsExactly(new double[] {-1, -8}, within(1e-14));
    }

    /**
     * Boyd et al. (2011), appendix A: beta ||z_t - z*||^2 + ||p_t - p*||^2 / beta never grows; He and Yuan (2015): nor does
     * the same norm of the steps, from the first whole step on. (The objective itself may grow: z_0 = 0 is feasible.)
     */
    @Test
    void theDistanceToTheSolutionAndTheStepsNeverGrow() {
        double beta = 0.6;
        Matrix dictionary = RandomMatrices.unitRows(10, 15, 47).transpose();
        Matrix signals = RandomMatrices.gaussian(1, 15, 48);
        AdmmSolver solver = new AdmmSolver(dictionary, beta);
        AdmmSolver.Solution solution = solver.solve(signals, 0.2, TIGHT);

        AdmmSolver.Trace trace = solver.trace(signals, 0.2, 60);

        double distance = Double.POSITIVE_INFINITY;
        double step = Double.POSITIVE_INFINITY;
        for (int t = 0; t < 60; t++) {
            Matrix z = trace.codes().get(t);
            Matrix p = trace.multipliers().get(t);
            double nextDistance = energy(z, solution.codes(), beta) + energy(p, solution.multipliers(), 1 / beta);
            double nextStep = energy(z, trace.codes().get(t + 1), beta)
                    + energy(p, trace.multipliers().get(t + 1), 1 / beta);
            assertThat(nextDistance).isLessThanOrEqualTo(distance + 1e-15);
            if (t > 0) {
                assertThat(nextStep).isLessThanOrEqualTo(step + 1e-15);
                step = nextStep;
            }
            distance = nextDistance;
        }
    }

    @Test
    void aBoxThatDoesNotBindGivesLeastSquares() {
        Matrix dictionary = RandomMatrices.unitRows(5, 9, 57).transpose();
        Matrix signals = RandomMatrices.gaussian(3, 9, 58);

        AdmmSolver.Solution solution = new AdmmSolver(dictionary, 0.6).solve(signals, 1e6, TIGHT);

        for (int i = 0; i < 3; i++) {
            double[] normalEquations =
                    ProjectedGradient.gradient(dictionary, row(solution.codes(), i), row(signals, i));
            assertThat(normalEquations).containsExactly(new double[5], within(1e-9));
        }
    }

    /** x_{t+1} is z_{t+1} - (p_{t+1} - p_t) / beta. */
    @Test
    void theStoppingRuleHoldsOfEverySignalAtTheEndAndNotBefore() {
        AdmmSolver solver = new AdmmSolver(RandomMatrices.unitRows(8, 12, 67).transpose(), 0.6);
        Matrix signals = RandomMatrices.gaussian(20, 12, 68);

        List<Integer> unfinished =
                solver.solve(signals, 0.2, new StoppingRule(10_000, 1e-9, 1e-9)).unfinished();

        int steps = unfinished.size();
        AdmmSolver.Trace trace = solver.trace(signals, 0.2, steps);
        assertThat(unfinished.get(0)).isEqualTo(20);
        for (int t : new int[] {1, steps / 2, steps - 1, steps}) {
            int expected = 0;
            for (int i = 0; i < 20; i++) {
                expected += finished(trace, t, i) ? 0 : 1;
            }
            assertThat(unfinished.get(t - 1)).as("after step %d", t).isEqualTo(expected);
        }
        assertThat(unfinished.get(steps - 1)).isZero();
        assertThat(unfinished.get(steps - 2)).isPositive();
    }

    private static boolean finished(AdmmSolver.Trace trace, int t, int signal) {
        double[] z = row(trace.codes().get(t), signal);
        double[] before = row(trace.codes().get(t - 1), signal);
        double[] p = row(trace.multipliers().get(t), signal);
        double[] pBefore = row(trace.multipliers().get(t - 1), signal);
        double[] sums = new double[4];
        for (int i = 0; i < z.length; i++) {
            double x = z[i] - (p[i] - pBefore[i]) / 0.6;
            sums[0] += (z[i] - x) * (z[i] - x);
            sums[1] += 0.36 * (z[i] - before[i]) * (z[i] - before[i]);
            sums[2] += Math.max(x * x, z[i] * z[i]);
            sums[3] += p[i] * p[i];
        }
        double floor = 1e-9 * Math.sqrt(z.length);
        return Math.sqrt(sums[0]) <= floor + 1e-9 * Math.sqrt(sums[2])
                && Math.sqrt(sums[1]) <= floor + 1e-9 * Math.sqrt(sums[3]);
    }

    @Test
    void anEarlyStopIsSaidToBeOne() {
        AdmmSolver solver = new AdmmSolver(RandomMatrices.unitRows(8, 12, 67).transpose(), 0.6);

        AdmmSolver.Solution solution =
                solver.solve(RandomMatrices.gaussian(20, 12, 68), 0.2, new StoppingRule(3, 1e-9, 0));

        assertThat(solution.unfinished()).hasSize(3).doesNotContain(0);
    }

    @Test
    void aBatchHasTheCodesOfItsSignalsAlone() {
        AdmmSolver solver = new AdmmSolver(RandomMatrices.unitRows(8, 12, 77).transpose(), 0.6);
        Matrix signals = RandomMatrices.gaussian(40, 12, 78);

        AdmmSolver.Trace batch = solver.trace(signals, 0.2, 10);

        for (int i = 0; i < 40; i += 13) {
            AdmmSolver.Trace alone = solver.trace(Matrix.owning(1, 12, row(signals, i)), 0.2, 10);
            assertThat(row(batch.codes().get(10), i))
                    .containsExactly(alone.codes().get(10).toArray());
        }
    }

    @Test
    void badInputIsNamed() {
        Matrix dictionary = RandomMatrices.unitRows(3, 4, 87).transpose();
        AdmmSolver solver = new AdmmSolver(dictionary, 0.6);
        Matrix wide = RandomMatrices.gaussian(2, 5, 88);
        Matrix infinite = Matrix.owning(1, 4, new double[] {0, 0, Double.NEGATIVE_INFINITY, 0});

        assertBadInput(() -> new AdmmSolver(dictionary, 0));
        assertBadInput(() -> solver.trace(wide, 1, 1))
                .hasMessage("ADMM's signals must have the dictionary's 4 dimensions, found 5.");
        assertBadInput(() -> solver.trace(infinite, Double.NaN, 1));
        assertThatThrownBy(() -> solver.trace(infinite, 1, 1))
                .isInstanceOf(NonFiniteException.class)
                .hasMessage("Row 0 of ADMM's signals has -Infinity in column 2; check the features.");
        assertBadInput(() -> new StoppingRule(10, 0, 0));
    }

    private static double[] row(Matrix matrix, int row) {
        double[] values = new double[matrix.columns()];
        matrix.copyRow(row, values, 0);
        return values;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    private static double energy(Matrix a, Matrix b, double weight) {
        double distance = distance(a.toArray(), b.toArray());
        return weight * distance * distance;
    }
}
