package io.github.linfhash.baselines.linalg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import smile.math.blas.BLAS;
import smile.math.blas.Layout;
import smile.math.blas.Transpose;

/**
 * A row-major matrix of float32 for many products with vectors, which are rounded to float32; half the memory traffic
 * of {@link DirectMatrix}, which is what such a product waits for. Safe for threads.
 */
public final class FloatDirectMatrix {
    private final int rows;
    private final int columns;
    private final FloatBuffer values;

    /** Copies a matrix of {@code columns} values a row. */
    public FloatDirectMatrix(double[] rowMajor, int columns) {
        this.rows = rowMajor.length / columns;
        this.columns = columns;
        this.values = ByteBuffer.allocateDirect(Math.multiplyExact(rowMajor.length, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .put(Matrices.toFloats(rowMajor))
                .rewind();
    }

    /** A v, as a new array of a value for each row. */
    public double[] times(double[] v) {
        return product(Transpose.NO_TRANSPOSE, v, rows);
    }

    /** A' w, as a new array of a value for each column. */
    public double[] transposedTimes(double[] w) {
        return product(Transpose.TRANSPOSE, w, columns);
    }

    private double[] product(Transpose transpose, double[] vector, int size) {
        FloatBuffer v = FloatBuffer.wrap(Matrices.toFloats(vector));
        float[] result = new float[size];
        BLAS.engine.gemv(
                Layout.ROW_MAJOR, transpose, rows, columns, 1, values, columns, v, 1, 0, FloatBuffer.wrap(result), 1);
        double[] widened = new double[size];
        for (int i = 0; i < size; i++) {
            widened[i] = result[i];
        }
        return widened;
    }
}
