package io.github.linfhash.encoders.admm;

import io.github.linfhash.encoders.algebra.Matrix;

/** The iterates of a batch of signals. Mutable; all arrays are m x N, row-major. */
final class AdmmState {
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

    /** Residuals of the last step, each the largest over the signals. */
    AdmmIteration measure(StoppingRule rule) {
        int atoms = correlations.columns();
        double primal = 0;
        double dual = 0;
        double excess = 0;
        int unfinished = 0;
        for (int from = 0; from < p.length; from += atoms) {
            SignalResiduals residuals = residuals(from, from + atoms);
            primal = Math.max(primal, residuals.primal());
            dual = Math.max(dual, residuals.dual());
            excess = Math.max(excess, residuals.excess());
            unfinished += rule.holds(residuals, atoms) ? 0 : 1;
        }
        return new AdmmIteration(primal, dual, excess, unfinished);
    }

    private SignalResiduals residuals(int from, int to) {
        double primal = 0;
        double dual = 0;
        double excess = 0;
        double codeNorm = 0;
        double multiplierNorm = 0;
        for (int i = from; i < to; i++) {
            primal += square(z[i] - x[i]);
            dual += square(beta * (z[i] - previousZ[i]));
            excess = Math.max(excess, Math.abs(x[i]) - lambda);
            codeNorm += Math.max(x[i] * x[i], z[i] * z[i]);
            multiplierNorm += p[i] * p[i];
        }
        return new SignalResiduals(
                Math.sqrt(primal),
                Math.sqrt(dual),
                Math.max(0, excess),
                Math.sqrt(codeNorm),
                Math.sqrt(multiplierNorm));
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
