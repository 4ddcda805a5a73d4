package io.github.linfhash.encoders.layers;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A preallocated r x c matrix of float32 in ND4J's memory, column-major, whose products run in ND4J's BLAS and whose
 * values move to and from Java arrays in bulk.
 *
 * <p>A column is one image, so a block of images in row-major order is this matrix as it lies in memory. Elementwise
 * work is done on Java arrays: an ND4J operation costs 5 to 20 microseconds whatever its size, a bulk copy one. With a
 * GPU backend every copy first brings the host's side up to date, or marks it as the newer one.
 */
public final class FloatMatrix {
    private final int rows;
    private final int columns;
    private final INDArray array;
    private final FloatBuffer host;

    private FloatMatrix(int rows, int columns, INDArray array) {
        this.rows = rows;
        this.columns = columns;
        this.array = array;
        this.host = array.data().asNioFloat();
    }

    /** A matrix of zeros. */
    public static FloatMatrix zeros(int rows, int columns) {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("a matrix cannot be " + rows + " x " + columns);
        }
        return new FloatMatrix(rows, columns, Nd4j.create(DataType.FLOAT, new long[] {rows, columns}, 'f'));
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** The number of values, r * c. */
    public int length() {
        return rows * columns;
    }

    /** Copies all values, column-major, to the start of {@code target}. */
    public void copyTo(float[] target) {
        affinity().ensureLocation(array, Location.HOST);
        host.get(0, target, 0, length());
    }

    /** Replaces all values by the first r * c of {@code source}, column-major. */
    public void copyFrom(float[] source) {
        host.put(0, source, 0, length());
        affinity().tagLocation(array, Location.HOST);
    }

    /**
     * Gathers rows of a row-major block of images: column j becomes row {@code indices[j]}.
     *
     * @param images any number of rows of r values
     * @param indices as many as there are columns
     */
    public void gather(float[] images, int[] indices) {
        for (int column = 0; column < columns; column++) {
            host.put(column * rows, images, indices[column] * rows, rows);
        }
        affinity().tagLocation(array, Location.HOST);
    }

    /** Sets this to {@code alpha * a * b}. */
    public void setProduct(double alpha, FloatMatrix a, FloatMatrix b) {
        Nd4j.gemm(a.array, b.array, array, false, false, alpha, 0);
    }

    /** Sets this to {@code transpose(a) * b}. */
    public void setTransposedProduct(FloatMatrix a, FloatMatrix b) {
        Nd4j.gemm(a.array, b.array, array, true, false, 1, 0);
    }

    /** Sets this to {@code beta * this + alpha * a * transpose(b)}. */
    public void addOuterProduct(double beta, double alpha, FloatMatrix a, FloatMatrix b) {
        Nd4j.gemm(a.array, b.array, array, false, true, alpha, beta);
    }

    private static AffinityManager affinity() {
        return Nd4j.getAffinityManager();
    }
}
