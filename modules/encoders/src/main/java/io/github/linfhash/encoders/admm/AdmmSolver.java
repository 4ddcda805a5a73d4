package io.github.linfhash.encoders.admm;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.encoders.algebra.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * ADMM for least squares in a box: min 1/2 ||D x - y||^2 subject to {@code |x_i| <= lambda}, for many signals y at once.
 *
 * <p>Wang, Yang, Chang, Ling and Huang (IJCAI 2016), eq. (1)-(8), with the paper's sign of the multiplier:
 *
 * <pre>
 * x_{t+1} = (D^T D + beta I)^-1 (D^T y + beta z_t + p_t)     (7)
 * z_{t+1} = min(max(x_{t+1} - p_t / beta, -lambda), lambda)  (8)
 * p_{t+1} = p_t + beta (z_{t+1} - x_{t+1})                   (6)
 * </pre>
 *
 * from z_0 = p_0 = 0. Every z_t is in the box. Signals and codes are rows: m x n and m x N.
 */
public final class AdmmSolver {
    /** The paper's beta. */
    public static final double DEFAULT_BETA = 0.6;

    private final Matrix dictionary;
    private final double beta;
    private final Matrix inverse;

    /**
     * Factors D^T D + beta I.
     *
     * @param dictionary D, n x N; N may be smaller or larger than n
     * @param beta the penalty, above 0
     * @throws InputException if beta is not a positive number
     * @throws io.github.linfhash.codes.NonFiniteException if D has a value that is not finite
     */
    public AdmmSolver(Matrix dictionary, double beta) {
        if (!(beta > 0) || beta == Double.POSITIVE_INFINITY) {
            throw new InputException("ADMM's beta must be a positive number, found " + beta + ".");
        }
        this.dictionary = dictionary.requireFinite("the dictionary", "learn the dictionary again");
        this.beta = beta;
        this.inverse = regularizedGram().positiveDefiniteInverse();
    }

    private Matrix regularizedGram() {
        int atoms = dictionary.columns();
        double[] gram = dictionary.transpose().times(dictionary).toArray();
        for (int i = 0; i < atoms; i++) {
            gram[i * atoms + i] += beta;
        }
        return Matrix.owning(atoms, atoms, gram);
    }

    /** W = (D^T D + beta I)^-1 D^T, N x n: the first weights of the unfolded network, eq. (11). */
    public Matrix inputWeights() {
        return inverse.times(dictionary.transpose());
    }

    /** S = beta (D^T D + beta I)^-1, N x N: the weights of every later stage of the unfolded network, eq. (11). */
    public Matrix stageWeights() {
        double[] weights = inverse.toArray();
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= beta;
        }
        return Matrix.owning(inverse.rows(), inverse.columns(), weights);
    }

    /**
     * The bias that each signal's multiplier turns into, b = ((D^T D + beta I)^-1 - I / beta) p, eq. (9) and (11).
     *
     * @param multipliers p of each signal, m x N
     * @return b of each signal, m x N
     */
    public Matrix biases(Matrix multipliers) {
        double[] biases = multipliers.times(inverse).toArray();
        double[] p = multipliers.toArray();
        for (int i = 0; i < biases.length; i++) {
            biases[i] -= p[i] / beta;
        }
        return Matrix.owning(multipliers.rows(), multipliers.columns(), biases);
    }

    /**
     * Iterates until the stopping rule holds for every signal, or the limit of iterations is reached.
     *
     * @param signals Y, m x n
     * @param lambda the half-width of the box, above 0
     * @throws InputException if the sizes do not agree or lambda is not a positive number
     * @throws io.github.linfhash.codes.NonFiniteException if a signal has a value that is not finite
     */
    public Solution solve(Matrix signals, double lambda, StoppingRule rule) {
        AdmmState state = start(signals, lambda);
        List<Integer> unfinished = new ArrayList<>();
        do {
            state.step();
            unfinished.add(state.unfinished(rule));
        } while (unfinished.get(unfinished.size() - 1) > 0 && unfinished.size() < rule.maxIterations());
        return new Solution(state.z(), state.p(), List.copyOf(unfinished));
    }

    /**
     * Runs exactly {@code steps} iterations and records z_t and p_t after each.
     *
     * @param signals Y, m x n
     * @param lambda the half-width of the box, above 0
     * @param steps at least 1
     * @throws InputException if the sizes do not agree or lambda is not a positive number
     * @throws io.github.linfhash.codes.NonFiniteException if a signal has a value that is not finite
     */
    public Trace trace(Matrix signals, double lambda, int steps) {
        AdmmState state = start(signals, lambda);
        List<Matrix> z = new ArrayList<>(List.of(state.z()));
        List<Matrix> p = new ArrayList<>(List.of(state.p()));
        for (int t = 0; t < steps; t++) {
            state.step();
            z.add(state.z());
            p.add(state.p());
        }
        return new Trace(z, p);
    }

    private AdmmState start(Matrix signals, double lambda) {
        if (signals.columns() != dictionary.rows()) {
            throw new InputException("ADMM's signals must have the dictionary's " + dictionary.rows()
                    + " dimensions, found " + signals.columns() + ".");
        }
        if (!(lambda > 0) || lambda == Double.POSITIVE_INFINITY) {
            throw new InputException(
                    "The box of the l-infinity constraint needs a positive lambda, found " + lambda + ".");
        }
        signals.requireFinite("ADMM's signals", "check the features");
        return new AdmmState(signals.times(dictionary), inverse, beta, lambda);
    }

    /** The iterates of a batch of signals. Mutable; all arrays are m x N, row-major. */
    private static final class AdmmState {
        private final Matrix correlations;
        private final double[] projected;
        private final Matrix inverse;
        private final double beta;
        private final double lambda;
        private final double[] p;
        private double[] x;
        private double[] z;
        private double[] previousZ;

        /** Starts from zero with {@code correlations} = Y D (m x N) and {@code inverse} = (D^T D + beta I)^-1. */
        AdmmState(Matrix correlations, Matrix inverse, double beta, double lambda) {
            this.correlations = correlations;
            this.projected = correlations.toArray();
            this.inverse = inverse;
            this.beta = beta;
            this.lambda = lambda;
            this.p = new double[projected.length];
            this.x = new double[projected.length];
            this.z = new double[projected.length];
            this.previousZ = new double[projected.length];
        }

        /** One round of eq. (7), (8) and (6). */
        void step() {
            updateX();
            double[] next = previousZ;
            for (int i = 0; i < p.length; i++) {
                next[i] = Math.min(Math.max(x[i] - p[i] / beta, -lambda), lambda);
                p[i] += beta * (next[i] - x[i]);
            }
            previousZ = z;
            z = next;
        }

        private void updateX() {
            double[] right = new double[p.length];
            for (int i = 0; i < p.length; i++) {
                right[i] = projected[i] + beta * z[i] + p[i];
            }
            x = matrix(right).times(inverse).toArray();
        }

        /** The number of signals that the last step has not finished. */
        int unfinished(StoppingRule rule) {
            int atoms = correlations.columns();
            double floor = Math.sqrt(atoms) * rule.absolute();
            int unfinished = 0;
            for (int from = 0; from < p.length; from += atoms) {
                double primal = 0;
                double dual = 0;
                double codes = 0;
                double multipliers = 0;
                for (int i = from; i < from + atoms; i++) {
                    primal += square(z[i] - x[i]);
                    dual += square(beta * (z[i] - previousZ[i]));
                    codes += Math.max(x[i] * x[i], z[i] * z[i]);
                    multipliers += p[i] * p[i];
                }
                boolean finished = Math.sqrt(primal) <= floor + rule.relative() * Math.sqrt(codes)
                        && Math.sqrt(dual) <= floor + rule.relative() * Math.sqrt(multipliers);
                unfinished += finished ? 0 : 1;
            }
            return unfinished;
        }

        private static double square(double value) {
            return value * value;
        }

        Matrix z() {
            return matrix(z.clone());
        }

        Matrix p() {
            return matrix(p.clone());
        }

        private Matrix matrix(double[] values) {
            return Matrix.owning(correlations.rows(), correlations.columns(), values);
        }
    }

    /**
     * Where ADMM ended.
     *
     * @param codes z, m x N: inside the box exactly
     * @param multipliers p, m x N; at a solution D^T (D z - y)
     * @param unfinished for each iteration, the number of signals for which the stopping rule did not hold after it
     */
    public record Solution(Matrix codes, Matrix multipliers, List<Integer> unfinished) {}

    /**
     * The first iterates of ADMM; entry t of each list is the state after t iterations, entry 0 the start at zero.
     *
     * @param codes z_t, each m x N
     * @param multipliers p_t, each m x N
     */
    public record Trace(List<Matrix> codes, List<Matrix> multipliers) {
        public Trace {
            codes = List.copyOf(codes);
            multipliers = List.copyOf(multipliers);
        }
    }

    /**
     * When ADMM stops: the rule of Boyd, Parikh, Chu, Peleato and Eckstein (2011), section 3.3.1.
     *
     * <p>A signal of N unknowns is finished when {@code ||z - x|| <= sqrt(N) absolute + relative size(x, z)} and
     * {@code ||beta (z_t - z_{t-1})|| <= sqrt(N) absolute + relative ||p||}.
     *
     * @param maxIterations at least 1
     * @param absolute at least 0
     * @param relative at least 0; not both tolerances 0
     */
    public record StoppingRule(int maxIterations, double absolute, double relative) {
        /** @throws InputException if a value is out of its range */
        public StoppingRule {
            if (maxIterations < 1 || !(absolute >= 0) || !(relative >= 0) || absolute + relative == 0) {
                throw new InputException(
                        "ADMM's stopping rule needs at least 1 iteration and tolerances of at least 0, one of"
                                + " them above 0; found " + maxIterations + ", " + absolute + " and " + relative + ".");
            }
        }
    }
}
