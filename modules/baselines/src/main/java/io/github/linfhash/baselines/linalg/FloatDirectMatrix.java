package io.github.linfhash.baselines.linalg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import smile.math.blas.BLAS;
import smile.math.blas.Layout;
import smile.math.blas.Transpose;

/**
 * A row-major matrix of float32 for many products with vectors, which are rounded to float32; half the memory traffic
 * of {@link DirectMatrix}, which is what such a product waits for. Products need no new memory. Not safe for threads.
 */
public final class FloatDirectMatrix {
    private final int rows;
    private final int columns;
    private final FloatBuffer values;
    private final FloatVector rowVector;
    private final FloatVector columnVector;

    /** Copies a matrix of {@code columns} values a row. */
    public FloatDirectMatrix(double[] rowMajor, int columns) {
        this.rows = rowMajor.length / columns;
        this.columns = columns;
        this.values = direct(rowMajor.length).put(Matrices.toFloats(rowMajor)).rewind();
        this.rowVector = new FloatVector(rows);
        this.columnVector = new FloatVector(columns);
    }

    private static FloatBuffer direct(int size) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(size, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** A vector where BLAS reads and writes it in place. */
    private static final class FloatVector {
        private final float[] heap;
        private final FloatBuffer direct;

        FloatVector(int size) {
            heap = new float[size];
            direct = FloatDirectMatrix.direct(size);
        }

        void set(double[] vector) {
            for (int i = 0; i < heap.length; i++) {
                heap[i] = (float) vector[i];
            }
            direct.put(0, heap);
        }

        void copyTo(double[] vector) {
            direct.get(0, heap);
            for (int i = 0; i < heap.length; i++) {
                vector[i] = heap[i];
            }
        }
    }

    /** The number of columns. */
    public int columns() {
        return columns;
    }

    /** Sets the result, a value for each row, to A v. */
    public void times(double[] v, double[] result) {
        product(Transpose.NO_TRANSPOSE, v, columnVector, rowVector, result);
    }

    /** Sets the result, a value for each column, to A' w. */
    public void transposedTimes(double[] w, double[] result) {
        product(Transpose.TRANSPOSE, w, rowVector, columnVector, result);
    }

    private void product(Transpose transpose, double[] v, FloatVector from, FloatVector to, double[] result) {
        from.set(v);
        BLAS.engine.gemv(
                Layout.ROW_MAJOR, transpose, rows, columns, 1, values, columns, from.direct, 1, 0, to.direct, 1);
        to.copyTo(result);
    }
}
