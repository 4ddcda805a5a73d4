package io.github.linfhash.core.features;

import io.github.linfhash.core.digest.Digests;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable n x d matrix of float32 features, row-major: row i is the feature vector of image i.
 *
 * <p>Values are handed out by copying blocks of rows, so nothing can change them behind a reader's back; the copies are
 * cheap beside any use of them.
 */
public final class FeatureMatrix {
    private final int rows;
    private final int dimension;
    private final float[] values;

    private FeatureMatrix(int rows, int dimension, float[] values) {
        if (rows < 0 || dimension < 1 || (long) rows * dimension != values.length) {
            throw new IllegalArgumentException(
                    "a " + rows + " x " + dimension + " matrix cannot have " + values.length + " values");
        }
        this.rows = rows;
        this.dimension = dimension;
        this.values = values;
    }

    /**
     * Wraps an array without copying it; the caller gives the array away and must not write to it again.
     *
     * @param rows n, at least 0
     * @param dimension d, at least 1
     * @param rowMajor n * d values
     * @throws IllegalArgumentException if the sizes do not agree
     */
    public static FeatureMatrix owning(int rows, int dimension, float[] rowMajor) {
        return new FeatureMatrix(rows, dimension, rowMajor);
    }

    /** Copies the rows of a rectangular array (n x d, n at least 1). */
    public static FeatureMatrix copyOf(float[][] rows) {
        int dimension = rows[0].length;
        float[] values = new float[Math.multiplyExact(rows.length, dimension)];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != dimension) {
                throw new IllegalArgumentException(
                        "row " + i + " has " + rows[i].length + " values, row 0 has " + dimension);
            }
            System.arraycopy(rows[i], 0, values, i * dimension, dimension);
        }
        return new FeatureMatrix(rows.length, dimension, values);
    }

    /** The number of rows, n. */
    public int rows() {
        return rows;
    }

    /** The number of columns, d. */
    public int dimension() {
        return dimension;
    }

    public float get(int row, int column) {
        if (column < 0 || column >= dimension) {
            throw new IndexOutOfBoundsException("column " + column + " of " + dimension);
        }
        return values[row * dimension + column];
    }

    /** Copies one row into {@code target[0..d)}. */
    public void copyRow(int row, float[] target) {
        copyRows(row, 1, target, 0);
    }

    /**
     * Copies {@code count} consecutive rows, row-major, into {@code target} from {@code offset} on.
     *
     * @param target at least {@code offset + count * d} long; modified
     */
    public void copyRows(int from, int count, float[] target, int offset) {
        System.arraycopy(values, from * dimension, target, offset, count * dimension);
    }

    /**
     * Puts {@code count} consecutive rows, row-major, into a buffer from its position on.
     *
     * @throws java.nio.BufferOverflowException if it has no room for them
     */
    public void copyRows(int from, int count, FloatBuffer target) {
        target.put(values, from * dimension, count * dimension);
    }

    /** The chosen rows, in the order of the indices, as a new matrix. */
    public FeatureMatrix select(int[] indices) {
        float[] chosen = new float[Math.multiplyExact(indices.length, dimension)];
        for (int i = 0; i < indices.length; i++) {
            copyRows(indices[i], 1, chosen, i * dimension);
        }
        return new FeatureMatrix(indices.length, dimension, chosen);
    }

    /** All values, row-major, as a new array of n * d. */
    public float[] toArray() {
        return values.clone();
    }

    /** SHA-256, in hex, of n and d as int32 and the values as float32, all little-endian. */
    public String sha256() {
        MessageDigest digest = Digests.sha256();
        int rowsPerBlock = Math.max(1, (1 << 16) / dimension);
        ByteBuffer block =
                ByteBuffer.allocate(4 * Math.max(2, rowsPerBlock * dimension)).order(ByteOrder.LITTLE_ENDIAN);
        block.putInt(rows).putInt(dimension);
        digest.update(block.array(), 0, 8);
        for (int row = 0; row < rows; row += rowsPerBlock) {
            int count = Math.min(rowsPerBlock, rows - row) * dimension;
            block.clear();
            block.asFloatBuffer().put(values, row * dimension, count);
            digest.update(block.array(), 0, 4 * count);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureMatrix that
                && rows == that.rows
                && dimension == that.dimension
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** As messages say it. */
    @Override
    public String toString() {
        return rows + " vectors of dimension " + dimension;
    }
}
