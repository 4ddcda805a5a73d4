package io.github.linfhash.baselines.linalg;

import io.github.linfhash.core.errors.NonFiniteException;
import smile.math.blas.LAPACK;
import smile.math.blas.Layout;
import smile.math.blas.UPLO;

/** Linear systems with a positive definite matrix. */
public final class CholeskySolver {
    private CholeskySolver() {}

    /**
     * Solves A X = B in place.
     *
     * @param matrix A, n x n, symmetric; one triangle is read, and overwritten by the factor
     * @param n the order
     * @param columns B, its columns of n values one after another; is overwritten by X
     * @throws NonFiniteException if A is not positive definite to machine precision, or a value is NaN
     */
    public static void solve(double[] matrix, int n, double[] columns) {
        int failed = LAPACK.engine.potrf(Layout.COL_MAJOR, UPLO.LOWER, n, matrix, n);
        if (failed == 0) {
            failed = LAPACK.engine.potrs(Layout.COL_MAJOR, UPLO.LOWER, n, columns.length / n, matrix, n, columns, n);
        }
        if (failed != 0) {
            throw new NonFiniteException("a " + n + " x " + n + " system has no Cholesky solution (LAPACK: " + failed
                    + "); look for NaN, infinite or huge values in the training features, or use a larger ridge");
        }
    }
}
