package io.github.linfhash.baselines.linalg;

import io.github.linfhash.linalg.Matrices;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import smile.math.blas.Layout;
import smile.math.blas.Transpose;
import smile.math.matrix.FloatMatrix;

/**
 * A row-major matrix of float32 for many products with vectors, which are rounded to float32; half the memory traffic
 * of a matrix of float64, which is what such a product waits for. It may hold a part of the rows of a larger matrix.
 * Products need no new memory. Not safe for threads.
 */
public final class FloatDirectMatrix {
    /** Rows of a piece: a multiple of what BLAS takes at once, so that every sum is that of the whole matrix. */
    private static final int PIECE = 128;

    private final int from;
    private final FloatMatrix matrix;
    private final List<Piece> pieces;
    private final FloatVector rowVector;
    private final FloatVector columnVector;

    /** Copies the rows from {@code from} to before {@code to} of a matrix of {@code columns} values a row. */
    public FloatDirectMatrix(double[] rowMajor, int columns, int from, int to) {
        SmileCheck.requireSound();
        this.from = from;
        int rows = to - from;
        double[] part = Arrays.copyOfRange(rowMajor, from * columns, to * columns);
        FloatBuffer values = direct(part.length).put(Matrices.toFloats(part)).rewind();
        this.matrix = FloatMatrix.of(Layout.ROW_MAJOR, rows, columns, columns, values);
        this.rowVector = new FloatVector(rows);
        this.columnVector = new FloatVector(columns);
        this.pieces = new ArrayList<>();
        for (int end = rows; end > 0; end = (end - 1) / PIECE * PIECE) {
            int start = (end - 1) / PIECE * PIECE;
            FloatBuffer some = values.slice(start * columns, (end - start) * columns);
            pieces.add(new Piece(
                    FloatMatrix.of(Layout.ROW_MAJOR, end - start, columns, columns, some),
                    rowVector.direct.slice(start, end - start)));
        }
    }

    /** Some rows, and where their products go. */
    private record Piece(FloatMatrix rows, FloatBuffer products) {}

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

        void set(double[] vector, int from) {
            for (int i = 0; i < heap.length; i++) {
                heap[i] = (float) vector[from + i];
            }
            direct.put(0, heap);
        }

        void clear() {
            Arrays.fill(heap, 0);
            direct.put(0, heap);
        }

        void copyTo(double[] vector, int from) {
            direct.get(0, heap);
            for (int i = 0; i < heap.length; i++) {
                vector[from + i] = heap[i];
            }
        }
    }

    /**
     * Sets the values of the result, one for each row of the larger matrix, that belong to these rows to A v. The last rows are
     * read first: a transposed product has left them in the processor's cache, and the next one finds the first rows there.
     */
    public void times(double[] v, double[] result) {
        columnVector.set(v, 0);
        for (Piece piece : pieces) {
            piece.rows.mv(Transpose.NO_TRANSPOSE, 1, columnVector.direct, 0, piece.products);
        }
        rowVector.copyTo(result, from);
    }

    /** Sets the result, a value for each column, to A' w, where w has a value for each row of the larger matrix. */
    public void transposedTimes(double[] w, double[] result) {
        rowVector.set(w, from);
        if (pieces.isEmpty()) {
            columnVector.clear(); // BLAS leaves it as it is
        } else {
            matrix.mv(Transpose.TRANSPOSE, 1, rowVector.direct, 0, columnVector.direct);
        }
        columnVector.copyTo(result, 0);
    }
}
