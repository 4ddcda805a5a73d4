package io.github.linfhash.encoders.algebra;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.features.FeatureMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An immutable dense matrix of float64, row-major.
 *
 * <p>All arithmetic is plain Java in a fixed order, so results have the same bits on every machine and for every number
 * of threads: what is learned from a seed can be learned again.
 */
public final class Matrix {
    private final int rows;
    private final int columns;
    private final double[] values;

    private Matrix(int rows, int columns, double[] values) {
        if (rows < 0 || columns < 1 || (long) rows * columns != values.length) {
            throw new IllegalArgumentException(
                    "a " + rows + " x " + columns + " matrix cannot have " + values.length + " values");
        }
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /**
     * Wraps an array without copying it; the caller gives the array away and must not write to it again.
     *
     * @param rows at least 0
     * @param columns at least 1
     * @param rowMajor rows * columns values
     * @throws IllegalArgumentException if the sizes do not agree
     */
    public static Matrix owning(int rows, int columns, double[] rowMajor) {
        return new Matrix(rows, columns, rowMajor);
    }

    /** The features as float64, one signal a row (n x d). */
    public static Matrix copyOf(FeatureMatrix features) {
        float[] floats = features.toArray();
        double[] values = new double[floats.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats[i];
        }
        return new Matrix(features.rows(), features.dimension(), values);
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    public double get(int row, int column) {
        if (column < 0 || column >= columns) {
            throw new IndexOutOfBoundsException("column " + column + " of " + columns);
        }
        return values[row * columns + column];
    }

    /** Copies one row into {@code target} from {@code offset} on. */
    public void copyRow(int row, double[] target, int offset) {
        System.arraycopy(values, row * columns, target, offset, columns);
    }

    /** All values, row-major, as a new array of rows * columns. */
    public double[] toArray() {
        return values.clone();
    }

    /** All values rounded to float32, row-major, as a new array of rows * columns. */
    public float[] toFloats() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** The transposed matrix (columns x rows), as a copy. */
    public Matrix transpose() {
        double[] transposed = new double[values.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                transposed[j * rows + i] = values[i * columns + j];
            }
        }
        return new Matrix(columns, rows, transposed);
    }

    /**
     * The product of this matrix (m x k) and another one (k x p).
     *
     * @return m x p
     * @throws IllegalArgumentException if the inner sizes differ
     */
    public Matrix times(Matrix right) {
        if (columns != right.rows) {
            throw new IllegalArgumentException(this + " cannot be multiplied by " + right);
        }
        double[] product = new double[Math.multiplyExact(rows, right.columns)];
        new MatrixProduct(values, right.values, product, columns, right.columns).computeRows(rows);
        return new Matrix(rows, right.columns, product);
    }

    /**
     * Returns the inverse of a symmetric positive definite matrix, exactly symmetric; only the lower triangle is read.
     *
     * @throws IllegalArgumentException if the matrix is not square
     * @throws NonFiniteException if it is not positive definite to working precision
     */
    public Matrix positiveDefiniteInverse() {
        if (columns != rows) {
            throw new IllegalArgumentException(this + " is not square");
        }
        return new CholeskyFactor(rows, values.clone()).inverse();
    }

    /** The mean over the rows, one value a column; the matrix needs a row. */
    public double[] columnMeans() {
        if (rows == 0) {
            throw new IllegalArgumentException(this + " has no rows to average");
        }
        double[] means = new double[columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                means[j] += values[i * columns + j];
            }
        }
        for (int j = 0; j < columns; j++) {
            means[j] /= rows;
        }
        return means;
    }

    /**
     * This matrix, if all its values are finite.
     *
     * @param what what the matrix is, for the message: "the training signals"
     * @param remedy what to change, for the message: "check the features"
     * @throws NonFiniteException naming the first row and column with a NaN or an infinity
     */
    public Matrix requireFinite(String what, String remedy) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new NonFiniteException("Row " + i / columns + " of " + what + " has " + values[i] + " in column "
                        + i % columns + "; " + remedy + ".");
            }
        }
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matrix that
                && rows == that.rows
                && columns == that.columns
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Matrix[" + rows + " x " + columns + "]";
    }

    /**
     * The product of two row-major matrices, m x k and k x p.
     *
     * <p>A row of the product is a sum of rows of the right factor. Four of them are added in one pass, which the compiler
     * turns into vector instructions; a plain dot product it would not, since that would change the order of the sum.
     */
    private static final class MatrixProduct {
        private static final int ROWS_PER_TASK = 32;
        private static final long PARALLEL_FROM = 1 << 20;

        private final double[] left;
        private final double[] right;
        private final double[] product;
        private final int inner;
        private final int columns;

        /** Of a left factor with {@code inner} columns and a right one with {@code columns}; fills {@code product}. */
        MatrixProduct(double[] left, double[] right, double[] product, int inner, int columns) {
            this.left = left;
            this.right = right;
            this.product = product;
            this.inner = inner;
            this.columns = columns;
        }

        /** Fills the first {@code rows} rows of the product, which are zero before. */
        void computeRows(int rows) {
            IntStream tasks = IntStream.range(0, (rows + ROWS_PER_TASK - 1) / ROWS_PER_TASK);
            if ((long) rows * inner * columns >= PARALLEL_FROM) {
                tasks = tasks.parallel();
            }
            tasks.forEach(task -> {
                int end = Math.min(rows, (task + 1) * ROWS_PER_TASK);
                for (int row = task * ROWS_PER_TASK; row < end; row++) {
                    computeRow(row);
                }
            });
        }

        private void computeRow(int row) {
            int k = 0;
            for (; k + 4 <= inner; k += 4) {
                addFour(row, k);
            }
            for (; k < inner; k++) {
                addOne(row, k);
            }
        }

        private void addFour(int row, int k) {
            double l0 = left[row * inner + k];
            double l1 = left[row * inner + k + 1];
            double l2 = left[row * inner + k + 2];
            double l3 = left[row * inner + k + 3];
            int out = row * columns;
            int r0 = k * columns;
            int r1 = r0 + columns;
            int r2 = r1 + columns;
            int r3 = r2 + columns;
            for (int j = 0; j < columns; j++) {
                product[out + j] += l0 * right[r0 + j] + l1 * right[r1 + j] + (l2 * right[r2 + j] + l3 * right[r3 + j]);
            }
        }

        private void addOne(int row, int k) {
            double l = left[row * inner + k];
            int out = row * columns;
            int r = k * columns;
            for (int j = 0; j < columns; j++) {
                product[out + j] += l * right[r + j];
            }
        }
    }

    /** The lower triangular L of a symmetric positive definite matrix A = L L^T. */
    private static final class CholeskyFactor {
        private final int size;
        private final double[] lower;

        CholeskyFactor(int size, double[] lower) {
            this.size = size;
            this.lower = lower;
            for (int i = 0; i < size; i++) {
                factorRow(i);
            }
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
        Matrix inverse() {
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
}
