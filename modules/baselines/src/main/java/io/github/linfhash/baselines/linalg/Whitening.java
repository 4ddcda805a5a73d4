package io.github.linfhash.baselines.linalg;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.SymmetricEigen;
import java.nio.DoubleBuffer;
import smile.math.blas.Layout;
import smile.math.blas.UPLO;
import smile.math.matrix.Matrix;

/** The transform W = L^-T of a positive definite B = L L', so that W' B W = I; n x n, upper triangular. */
public final class Whitening {
    private final int n;
    private final double[] transform;

    private Whitening(int n, double[] transform) {
        this.n = n;
        this.transform = transform;
    }

    /**
     * Factors B by Cholesky.
     *
     * @param positiveDefinite B, n x n, symmetric
     * @param n the order
     * @throws NonFiniteException if B is not positive definite to machine precision
     */
    public static Whitening of(double[] positiveDefinite, int n) {
        SmileCheck.requireSound();
        double[] factor = positiveDefinite.clone();
        try {
            Matrix.of(Layout.ROW_MAJOR, n, n, n, DoubleBuffer.wrap(factor))
                    .uplo(UPLO.LOWER)
                    .cholesky(true);
        } catch (ArithmeticException e) {
            throw new NonFiniteException(
                    "a " + n + " x " + n + " matrix has no Cholesky factor: it is not positive definite; use a larger"
                            + " ridge or more training images",
                    e);
        }
        return new Whitening(n, transposedInverse(factor, n));
    }

    /** B with {@code ridge * trace(B) / n} added to its diagonal, as a new matrix. */
    public static double[] ridged(double[] b, int n, double ridge) {
        double trace = 0;
        for (int i = 0; i < n; i++) {
            trace += b[i * n + i];
        }
        double[] result = b.clone();
        for (int i = 0; i < n; i++) {
            result[i * n + i] += ridge * trace / n;
        }
        return result;
    }

    /** Row i of L^-T is column i of L^-1; computed row by row of L^-1, each a combination of the rows before. */
    private static double[] transposedInverse(double[] lower, int n) {
        double[] inverse = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                double weight = lower[i * n + k];
                for (int j = 0; j <= k; j++) {
                    inverse[i * n + j] -= weight * inverse[k * n + j];
                }
            }
            inverse[i * n + i] = 1;
            for (int j = 0; j <= i; j++) {
                inverse[i * n + j] /= lower[i * n + i];
            }
        }
        double[] transposed = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                transposed[j * n + i] = inverse[i * n + j];
            }
        }
        return transposed;
    }

    /** W, row-major, as a new array. */
    public double[] transform() {
        return transform.clone();
    }

    /** W' A W of a symmetric A, n x n. */
    public double[] whiten(double[] a) {
        double[] left = Matrices.transposedProduct(transform, a, n, n, n);
        return Matrices.product(left, transform, n, n, n);
    }

    /**
     * Decomposes the pencil A v = lambda B v; the eigenvectors have v' B v = 1.
     *
     * @param a A, n x n, symmetric
     */
    public SymmetricEigen eigen(double[] a) {
        double[] left = Matrices.transposedProduct(transform, a, n, n, n);
        return SmileMatrices.eigen(Matrices.product(left, transform, n, n, n), n)
                .mapped(this::apply);
    }

    /** W v, back from whitened coordinates. */
    public double[] apply(double[] v) {
        double[] result = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                result[i] += transform[i * n + j] * v[j];
            }
        }
        return result;
    }
}
