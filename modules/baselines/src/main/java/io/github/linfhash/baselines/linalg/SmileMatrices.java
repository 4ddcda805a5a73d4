package io.github.linfhash.baselines.linalg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import smile.math.blas.Layout;
import smile.math.matrix.Matrix;

/** Smile's matrices of arrays. */
public final class SmileMatrices {
    private SmileMatrices() {}

    /**
     * Copies a row-major matrix of {@code columns} values a row, for many products with vectors.
     *
     * <p>The copy lies outside the Java heap: BLAS reads it in place, where a heap array would be copied for every product.
     */
    public static Matrix direct(double[] rowMajor, int columns) {
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
}
