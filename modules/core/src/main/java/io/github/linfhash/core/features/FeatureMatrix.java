package io.github.linfhash.core.features;

import io.github.linfhash.core.digest.Digests;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An immutable n x d matrix of float32 features, row-major: row i is the feature vector of image i.
 *
 * <p>Values are handed out by copying blocks of rows, so nothing can change them behind a reader's back; the copies are
 * cheap beside any use of them. So the values may also be outside of memory ({@link #reading}): then each copy reads them, and one of
 * few values takes as long as one of a whole row.
 */
public final class FeatureMatrix {
    private static final int VALUES_AT_A_TIME = 1 << 18;

    private final int rows;
    private final int dimension;
    private final float[] values;
    private final @Nullable Source source; // where the values are, if they are not in memory
    private final int start; // the row of the source, or the place among the values, where row 0 begins
    private final ConcurrentMap<Class<?>, Object> derived = new ConcurrentHashMap<>();

    private FeatureMatrix(int rows, int dimension, float[] values, @Nullable Source source, int start) {
        this.rows = rows;
        this.dimension = dimension;
        this.values = values;
        this.source = source;
        this.start = start;
    }

    /** Rows outside of memory, such as those of a file; safe for threads. */
    @FunctionalInterface
    public interface Source {
        /**
         * Copies consecutive rows, row-major, into {@code target} from {@code offset} on.
         *
         * @param target at least {@code offset + count * d} long; modified
         */
        void copyRows(int from, int count, float[] target, int offset);
    }

    /**
     * A matrix whose values stay where they are, and are read whenever they are asked for.
     *
     * @param rows n, at least 0
     * @param dimension d, at least 1
     * @param source gives the same values each time
     */
    public static FeatureMatrix reading(int rows, int dimension, Source source) {
        return new FeatureMatrix(rows, dimension, new float[0], source, 0);
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
        if (rows < 0 || dimension < 1 || (long) rows * dimension != rowMajor.length) {
            throw new IllegalArgumentException(
                    "a " + rows + " x " + dimension + " matrix cannot have " + rowMajor.length + " values");
        }
        return new FeatureMatrix(rows, dimension, rowMajor, null, 0);
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
        return owning(rows.length, dimension, values);
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
        Objects.checkIndex(row, rows);
        if (source != null) {
            float[] read = new float[dimension];
            copyRow(row, read);
            return read[column];
        }
        return values[start + row * dimension + column];
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
        Objects.checkFromIndexSize(from, count, rows);
        if (source != null) {
            source.copyRows(start + from, count, target, offset);
        } else {
            System.arraycopy(values, start + from * dimension, target, offset, count * dimension);
        }
    }

    /**
     * Puts {@code count} consecutive rows, row-major, into a buffer from its position on.
     *
     * @throws java.nio.BufferOverflowException if it has no room for them
     */
    public void copyRows(int from, int count, FloatBuffer target) {
        Objects.checkFromIndexSize(from, count, rows);
        if (source != null) {
            float[] read = new float[count * dimension];
            source.copyRows(start + from, count, read, 0);
            target.put(read);
        } else {
            target.put(values, start + from * dimension, count * dimension);
        }
    }

    /** Hashes the values of a row; rows whose values are equal have equal hashes, so 0 counts like -0. */
    public long hash(int row) {
        float[] copy = new float[dimension];
        copyRow(row, copy);
        long hash = 1;
        for (float value : copy) {
            // Multiplied and shifted, as the lower 23 bits of small whole numbers are all 0.
            hash = (hash ^ Float.floatToIntBits(value + 0f)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    /** The chosen rows, in the order of the indices, as a new matrix. */
    public FeatureMatrix select(int[] indices) {
        float[] chosen = new float[Math.multiplyExact(indices.length, dimension)];
        for (int i = 0; i < indices.length; i++) {
            copyRows(indices[i], 1, chosen, i * dimension);
        }
        return owning(indices.length, dimension, chosen);
    }

    /** Consecutive rows, whose values are shared and not copied. */
    public FeatureMatrix part(int from, int count) {
        Objects.checkFromIndexSize(from, count, rows);
        return new FeatureMatrix(count, dimension, values, source, start + (source == null ? from * dimension : from));
    }

    /**
     * Returns what a computation finds in these values, and computes it once: several methods start from the same moments or components.
     * It stays in memory as long as this matrix.
     *
     * @param type names what is computed
     * @param compute gives the same result each time, which must not be changed
     */
    public <T> T derived(Class<T> type, Function<FeatureMatrix, T> compute) {
        return type.cast(derived.computeIfAbsent(type, key -> compute.apply(this)));
    }

    /** Whether the values are in memory. */
    public boolean isInMemory() {
        return source == null;
    }

    /** These rows with their values in memory: this matrix if they are there, or else what is read on all processors. */
    public FeatureMatrix inMemory() {
        return source == null ? this : owning(rows, dimension, toArray());
    }

    /** All values, row-major, as a new array of n * d. */
    public float[] toArray() {
        if (source == null) {
            return Arrays.copyOfRange(values, start, end());
        }
        float[] all = new float[Math.multiplyExact(rows, dimension)];
        int atATime = Math.max(1, VALUES_AT_A_TIME / dimension);
        IntStream.range(0, (int) (((long) rows + atATime - 1) / atATime))
                .parallel()
                .forEach(block -> {
                    int from = block * atATime;
                    copyRows(from, Math.min(atATime, rows - from), all, from * dimension);
                });
        return all;
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
            copyRows(row, count / dimension, block.asFloatBuffer());
            digest.update(block.array(), 0, 4 * count);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof FeatureMatrix that) || rows != that.rows || dimension != that.dimension) {
            return false;
        }
        if (source == null && that.source == null) {
            return Arrays.equals(values, start, end(), that.values, that.start, that.end());
        }
        return Arrays.equals(toArray(), that.toArray());
    }

    private int end() {
        return start + rows * dimension;
    }

    @Override
    public int hashCode() {
        int hash = 31 * rows + dimension;
        for (float value : toArray()) {
            // Of bits: FloatBuffer hashes whole numbers, so that all values below 1 would look alike.
            hash = 31 * hash + Float.floatToIntBits(value);
        }
        return hash;
    }

    /** As messages say it. */
    @Override
    public String toString() {
        return rows + " vectors of dimension " + dimension;
    }
}
