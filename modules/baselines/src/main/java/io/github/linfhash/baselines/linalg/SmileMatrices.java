package io.github.linfhash.baselines.linalg;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.linalg.SymmetricEigen;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import smile.math.blas.Layout;
import smile.math.blas.UPLO;
import smile.math.matrix.Matrix;

/** Smile's matrices of row-major arrays, and what they are decomposed into. */
public final class SmileMatrices {
    private SmileMatrices() {}

    /**
     * Copies a row-major matrix of {@code columns} values a row, for many products with vectors.
     *
     * <p>The copy lies outside the Java heap: BLAS reads it in place, where a heap array would be copied for every product.
     */
    public static Matrix direct(double[] rowMajor, int columns) {
        SmileCheck.requireSound();
        return Matrix.of(
                Layout.ROW_MAJOR,
                rowMajor.length / columns,
                columns,
                columns,
                ByteBuffer.allocateDirect(Math.multiplyExact(rowMajor.length, Double.BYTES))
                        .order(ByteOrder.nativeOrder())
                        .asDoubleBuffer()
                        .put(rowMajor)
                        .rewind());
    }

    /**
     * All eigenpairs of a symmetric matrix.
     *
     * @param symmetric A, n x n; only one triangle is read
     * @param n the order
     * @throws NonFiniteException if an entry is NaN or infinite, or LAPACK finds no solution
     */
    public static SymmetricEigen eigen(double[] symmetric, int n) {
        SmileCheck.requireSound();
        SymmetricEigen.requireFinite(symmetric, n);
        double[] columns = symmetric.clone();
        Matrix matrix =
                Matrix.of(Layout.COL_MAJOR, n, n, n, DoubleBuffer.wrap(columns)).uplo(UPLO.LOWER);
        try {
            // The eigenvectors take the place of the matrix.
            return SymmetricEigen.ofColumns(matrix.eigen(false, true, true).wr, columns);
        } catch (ArithmeticException e) {
            throw new NonFiniteException("the eigenvalues of a " + n + " x " + n + " matrix were not found", e);
        }
    }
}
