package io.github.linfhash.encoders.algebra;

import io.github.linfhash.codes.NonFiniteException;

/** The lower triangular L of a symmetric positive definite matrix A = L L^T. */
public final class CholeskyFactor {
    private final int size;
    private final double[] lower;

    private CholeskyFactor(int size, double[] lower) {
        this.size = size;
        this.lower = lower;
    }

    /**
     * Factors a symmetric positive definite matrix; only its lower triangle is read.
     *
     * @throws IllegalArgumentException if the matrix is not square
     * @throws NonFiniteException if it is not positive definite to working precision
     */
    public static CholeskyFactor of(Matrix matrix) {
        int size = matrix.rows();
        if (matrix.columns() != size) {
            throw new IllegalArgumentException(matrix + " is not square");
        }
        CholeskyFactor factor = new CholeskyFactor(size, matrix.toArray());
        for (int i = 0; i < size; i++) {
            factor.factorRow(i);
        }
        return factor;
    }

    private void factorRow(int i) {
        for (int j = 0; j <= i; j++) {
            double rest = lower[i * size + j];
            for (int k = 0; k < j; k++) {
                rest -= lower[i * size + k] * lower[j * size + k];
            }
            lower[i * size + j] = i == j ? pivot(rest, i) : rest / lower[j * size + j];
        }
    }

    private double pivot(double square, int i) {
        if (!(square > 0) || square == Double.POSITIVE_INFINITY) {
            throw new NonFiniteException(
                    "The " + size + " x " + size + " matrix to be inverted is not positive definite:"
                            + " pivot " + i + " is " + square
                            + "; check that the dictionary's atoms are finite and do not depend"
                            + " on each other.");
        }
        return Math.sqrt(square);
    }

    /** A^-1, exactly symmetric. */
    public Matrix inverse() {
        double[] inverse = new double[size * size];
        double[] column = new double[size];
        for (int j = 0; j < size; j++) {
            solveUnit(j, column);
            for (int i = j; i < size; i++) {
                inverse[i * size + j] = column[i];
                inverse[j * size + i] = column[i];
            }
        }
        return Matrix.owning(size, size, inverse);
    }

    /** Solves A x = e_j; entries of x before j stay unknown, since symmetry gives them. */
    private void solveUnit(int j, double[] x) {
        for (int i = j; i < size; i++) {
            double rest = i == j ? 1 : 0;
            for (int k = j; k < i; k++) {
                rest -= lower[i * size + k] * x[k];
            }
            x[i] = rest / lower[i * size + i];
        }
        for (int i = size - 1; i >= j; i--) {
            double rest = x[i];
            for (int k = i + 1; k < size; k++) {
                rest -= lower[k * size + i] * x[k];
            }
            x[i] = rest / lower[i * size + i];
        }
    }
}
