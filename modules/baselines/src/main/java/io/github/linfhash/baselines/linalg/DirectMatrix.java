package io.github.linfhash.baselines.linalg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import smile.math.blas.BLAS;
import smile.math.blas.Layout;
import smile.math.blas.Transpose;

/**
 * A row-major matrix for many products with vectors; safe for threads.
 *
 * <p>It lies outside the Java heap: BLAS reads it in place, where a heap array would be copied for every product.
 */
public final class DirectMatrix {
    private final int rows;
    private final int columns;
    private final DoubleBuffer values;

    /** Copies a matrix of {@code columns} values a row. */
    public DirectMatrix(double[] rowMajor, int columns) {
        this.rows = rowMajor.length / columns;
        this.columns = columns;
        this.values = ByteBuffer.allocateDirect(Math.multiplyExact(rowMajor.length, Double.BYTES))
                .order(ByteOrder.nativeOrder())
                .asDoubleBuffer()
                .put(rowMajor)
                .rewind();
    }

    /** The number of columns. */
    public int columns() {
        return columns;
    }

    /** A v, as a new array of a value for each row. */
    public double[] times(double[] v) {
        double[] result = new double[rows];
        BLAS.engine.gemv(
                Layout.ROW_MAJOR,
                Transpose.NO_TRANSPOSE,
                rows,
                columns,
                1,
                values,
                columns,
                DoubleBuffer.wrap(v),
                1,
                0,
                DoubleBuffer.wrap(result),
                1);
        return result;
    }
}
