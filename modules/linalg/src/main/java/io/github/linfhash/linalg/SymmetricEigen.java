package io.github.linfhash.linalg;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.features.FeatureMatrix;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.bytedeco.openblas.global.openblas;

/**
 * All eigenpairs of a symmetric matrix, largest eigenvalue first, in double precision.
 *
 * <p>An eigenvector's sign is arbitrary; here the entry of the largest magnitude (the first of equals) is positive.
 */
public final class SymmetricEigen {
    /** The largest dimension of data for which methods that decompose a matrix of d x d numbers are proposed. */
    public static final int LARGEST_PROPOSED = 4096;

    private static final byte VECTORS = 'V';
    private static final byte BY_INDEX = 'I';
    private static final byte LOWER = 'L';

    private final double[] values;
    private final double[][] vectors;

    private SymmetricEigen(double[] values, double[][] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /**
     * Decomposes A v = lambda v.
     *
     * @param symmetric A, n x n; only one triangle is read
     * @param n the order
     * @throws NonFiniteException if an entry is NaN or infinite, or LAPACK finds no solution
     */
    public static SymmetricEigen of(double[] symmetric, int n) {
        BlasCheck.requireSound();
        requireFinite(symmetric, n);
        double[] columns = symmetric.clone();
        double[] ascending = new double[n];
        int failed = openblas.LAPACKE_dsyevd(openblas.LAPACK_COL_MAJOR, VECTORS, LOWER, n, columns, n, ascending);
        if (failed != 0) {
            throw new NonFiniteException(
                    "the eigenvalues of a " + n + " x " + n + " matrix were not found (LAPACK syevd: " + failed + ")");
        }
        return ofColumns(ascending, columns);
    }

    /** Decomposes the covariance of all rows about their mean; once for each matrix, as many methods start from it. */
    public static SymmetricEigen ofCovariance(FeatureMatrix vectors) {
        return vectors.derived(
                SymmetricEigen.class, rows -> of(Moments.covariance(rows, Moments.mean(rows)), rows.dimension()));
    }

    /**
     * Eigenpairs as LAPACK returns them.
     *
     * @param ascending the n eigenvalues, smallest first
     * @param columns their eigenvectors one after another
     */
    public static SymmetricEigen ofColumns(double[] ascending, double[] columns) {
        int n = ascending.length;
        double[] values = new double[n];
        double[][] vectors = new double[n][n];
        for (int k = 0; k < n; k++) {
            int column = n - 1 - k;
            values[k] = ascending[column];
            System.arraycopy(columns, column * n, vectors[k], 0, n);
            fixSign(vectors[k]);
        }
        return new SymmetricEigen(values, vectors);
    }

    /**
     * The eigenvector of the algebraically largest eigenvalue, with the sign that this class gives.
     *
     * @param symmetric A, n x n; only one triangle is read
     * @param n the order
     * @throws NonFiniteException if an entry is NaN or infinite, or LAPACK finds no solution
     */
    public static double[] leading(double[] symmetric, int n) {
        BlasCheck.requireSound();
        requireFinite(symmetric, n);
        double[] vector = new double[n];
        int[] found = new int[1];
        int failed = openblas.LAPACKE_dsyevr(
                openblas.LAPACK_COL_MAJOR,
                VECTORS,
                BY_INDEX,
                LOWER,
                n,
                symmetric.clone(),
                n,
                0,
                0,
                n,
                n,
                0,
                found,
                new double[n],
                vector,
                n,
                new int[2 * n]);
        if (failed != 0 || found[0] != 1) {
            throw new NonFiniteException("the largest eigenvalue of a " + n + " x " + n
                    + " matrix was not found (LAPACK syevr: " + failed + ")");
        }
        fixSign(vector);
        return vector;
    }

    /** Returns these eigenvalues with eigenvectors in other coordinates, with the signs that this class gives. */
    public SymmetricEigen mapped(UnaryOperator<double[]> coordinates) {
        double[][] mapped = Arrays.stream(vectors)
                .map(vector -> coordinates.apply(vector.clone()))
                .toArray(double[][]::new);
        for (double[] vector : mapped) {
            fixSign(vector);
        }
        return new SymmetricEigen(values, mapped);
    }

    /**
     * Refuses what LAPACK would decompose into NaN.
     *
     * @throws NonFiniteException if an entry of the n x n matrix is NaN or infinite
     */
    public static void requireFinite(double[] matrix, int n) {
        for (int i = 0; i < n * n; i++) {
            if (!Double.isFinite(matrix[i])) {
                throw new NonFiniteException("entry (" + i / n + ", " + i % n + ") of a " + n + " x " + n
                        + " matrix is " + matrix[i] + ", so it has no eigenvectors");
            }
        }
    }

    private static void fixSign(double[] vector) {
        double largest = 0;
        for (double entry : vector) {
            if (Math.abs(entry) > Math.abs(largest)) {
                largest = entry;
            }
        }
        if (largest < 0) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = -vector[i];
            }
        }
    }

    /** The order n. */
    public int order() {
        return values.length;
    }

    /** The k-th largest eigenvalue, from 0. */
    public double value(int k) {
        return values[k];
    }

    /** The eigenvector of the k-th largest eigenvalue, as a new array of n. */
    public double[] vector(int k) {
        return vectors[k].clone();
    }

    /** The eigenvectors of the smallest eigenvalues, smallest first, as rows. */
    public double[][] smallest(int count) {
        double[][] rows = new double[count][];
        for (int k = 0; k < count; k++) {
            rows[k] = vector(order() - 1 - k);
        }
        return rows;
    }

    /** The eigenvectors of the largest eigenvalues, largest first, as rows. */
    public double[][] largest(int count) {
        double[][] rows = new double[count][];
        for (int k = 0; k < count; k++) {
            rows[k] = vector(k);
        }
        return rows;
    }
}
