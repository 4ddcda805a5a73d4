package io.github.linfhash.baselines.linalg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import smile.math.blas.BLAS;
import smile.math.blas.Layout;
import smile.math.blas.Transpose;

/**
 * A growing row-major matrix for many products with vectors; not safe for threads while it grows.
 *
 * <p>It lies outside the Java heap: BLAS reads it in place, where a heap array would be copied for every product.
 */
public final class DirectMatrix {
    private final int columns;
    private final DoubleBuffer values;
    private int rows;

    /** An empty matrix with room for so many rows. */
    public DirectMatrix(int capacity, int columns) {
        this.columns = columns;
        this.values = ByteBuffer.allocateDirect(Math.multiplyExact(Math.multiplyExact(capacity, columns), Double.BYTES))
                .order(ByteOrder.nativeOrder())
                .asDoubleBuffer();
    }

    /** Copies a matrix of {@code columns} values a row. */
    public static DirectMatrix copyOf(double[] rowMajor, int columns) {
        DirectMatrix matrix = new DirectMatrix(rowMajor.length / columns, columns);
        matrix.append(rowMajor);
        return matrix;
    }

    /** Appends one or more whole rows. */
    public void append(double[] rowMajor) {
        values.put(rows * columns, rowMajor);
        rows += rowMajor.length / columns;
    }

    /** The number of rows so far. */
    public int rows() {
        return rows;
    }

    /** The number of columns. */
    public int columns() {
        return columns;
    }

    /** A v, as a new array of a value for each row. */
    public double[] times(double[] v) {
        double[] result = new double[rows];
        if (rows > 0) {
            addProduct(Transpose.NO_TRANSPOSE, 1, v, result);
        }
        return result;
    }

    /** A' w, as a new array of a value for each column. */
    public double[] transposedTimes(double[] w) {
        double[] result = new double[columns];
        addTransposedTimes(1, w, result);
        return result;
    }

    /** Adds {@code weight * A' w} to the result, a value for each column. */
    public void addTransposedTimes(double weight, double[] w, double[] result) {
        if (rows > 0) {
            addProduct(Transpose.TRANSPOSE, weight, w, result);
        }
    }

    private void addProduct(Transpose transpose, double weight, double[] vector, double[] result) {
        DoubleBuffer v = DoubleBuffer.wrap(vector);
        DoubleBuffer target = DoubleBuffer.wrap(result);
        BLAS.engine.gemv(Layout.ROW_MAJOR, transpose, rows, columns, weight, values, columns, v, 1, 1, target, 1);
    }
}
