package io.github.linfhash.encoders.algebra;

import io.github.linfhash.core.errors.NonFiniteException;
import io.github.linfhash.core.features.FeatureMatrix;
import java.util.Arrays;

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
}
