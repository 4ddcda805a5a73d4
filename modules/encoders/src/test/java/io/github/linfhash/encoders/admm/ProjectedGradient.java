package io.github.linfhash.encoders.admm;

import io.github.linfhash.encoders.algebra.Matrix;

/** Box-constrained least squares by plain projected gradient descent: slow, and independent of ADMM. */
final class ProjectedGradient {
    private ProjectedGradient() {}

    /** The minimizer of 1/2 ||D x - y||^2 over |x_i| <= lambda, for D with independent columns. */
    static double[] solve(Matrix dictionary, double[] y, double lambda) {
        double step = 1 / squaredFrobeniusNorm(dictionary);
        double[] x = new double[dictionary.columns()];
        double moved = 1;
        for (int t = 0; t < 2_000_000 && moved > 1e-15; t++) {
            double[] gradient = gradient(dictionary, x, y);
            moved = 0;
            for (int j = 0; j < x.length; j++) {
                double next = Math.max(-lambda, Math.min(lambda, x[j] - step * gradient[j]));
                moved = Math.max(moved, Math.abs(next - x[j]));
                x[j] = next;
            }
        }
        return x;
    }

    /** D^T (D x - y). */
    static double[] gradient(Matrix dictionary, double[] x, double[] y) {
        double[] gradient = new double[x.length];
        for (int i = 0; i < dictionary.rows(); i++) {
            double error = -y[i];
            for (int j = 0; j < x.length; j++) {
                error += dictionary.get(i, j) * x[j];
            }
            for (int j = 0; j < x.length; j++) {
                gradient[j] += dictionary.get(i, j) * error;
            }
        }
        return gradient;
    }

    private static double squaredFrobeniusNorm(Matrix matrix) {
        double sum = 0;
        for (double value : matrix.toArray()) {
            sum += value * value;
        }
        return sum;
    }
}
