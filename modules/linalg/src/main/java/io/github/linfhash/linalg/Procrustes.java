package io.github.linfhash.linalg;

import io.github.linfhash.codes.NonFiniteException;
import org.bytedeco.openblas.global.openblas;

/** The orthogonal Procrustes problem (Schönemann 1966). */
public final class Procrustes {
    private Procrustes() {}

    /**
     * The orthogonal R of the largest trace(C R), which for C = B^T V is the R of the least ||B - V R||.
     *
     * <p>With C = U S A^T it is R = A U^T, and not its transpose, with which ITQ's loss would no longer fall. The signs
     * of singular vectors cancel.
     *
     * @param c C, n x n, row-major
     * @param n the order
     * @return R, n x n, row-major
     * @throws NonFiniteException if LAPACK finds no singular values
     */
    public static double[] rotation(double[] c, int n) {
        BlasCheck.requireSound();
        // Row-major C is C^T = A S U^T to a column-major LAPACK; what it returns by columns are A and U^T, and read by
        // rows these are A^T and U.
        double[] at = new double[n * n];
        double[] u = new double[n * n];
        int failed = openblas.LAPACKE_dgesdd(
                openblas.LAPACK_COL_MAJOR, (byte) 'S', n, n, c.clone(), n, new double[n], at, n, u, n);
        if (failed != 0) {
            throw new NonFiniteException("the singular values of a " + n + " x " + n
                    + " matrix were not found (LAPACK gesdd: " + failed + ")");
        }
        return transpose(Matrices.product(u, at, n, n, n), n);
    }

    private static double[] transpose(double[] matrix, int n) {
        double[] transposed = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                transposed[j * n + i] = matrix[i * n + j];
            }
        }
        return transposed;
    }
}
