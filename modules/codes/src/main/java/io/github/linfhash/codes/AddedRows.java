package io.github.linfhash.codes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of bytes in memory at one moment. {@link #with} gives those of a later moment, which share their arrays with these: a new row is written
 * behind the last one, where nobody reads before its rows are handed on. Rows that are not handed on, as after a failure, leave no trace.
 */
final class AddedRows {
    private static final int CHUNK = 1 << 20;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int width;
    private final int rowsOfChunk; // a power of two, as divisions cost more than the rest of a look-up
    private final int shift;
    private final List<byte[]> chunks;
    private final long size;

    /**
     * No rows yet.
     *
     * @param width the bytes of a row, at least 1
     */
    AddedRows(int width) {
        this(width, Integer.highestOneBit(Math.max(1, CHUNK / width)), List.of(), 0);
    }

    private AddedRows(int width, int rowsOfChunk, List<byte[]> chunks, long size) {
        this.width = width;
        this.rowsOfChunk = rowsOfChunk;
        this.shift = Integer.numberOfTrailingZeros(rowsOfChunk);
        this.chunks = chunks;
        this.size = size;
    }

    long size() {
        return size;
    }

    /** The array that contains a row. */
    byte[] chunk(long row) {
        return chunks.get((int) (row >>> shift));
    }

    /** The place of a row in its array. */
    int at(long row) {
        return ((int) row & (rowsOfChunk - 1)) * width;
    }

    /** Returns a row of eight bytes as a number, little-endian. */
    long number(long row) {
        return (long) LONGS.get(chunk(row), at(row));
    }

    /** The bytes of a row. */
    int width() {
        return width;
    }

    /** Copies at least one and at most so many rows to a place of the target, and returns how many. */
    int copy(long first, int most, byte[] target, int at) {
        int count = (int) Math.min(Math.min(most, rowsOfChunk - (first & (rowsOfChunk - 1))), size - first);
        System.arraycopy(chunk(first), at(first), target, at, count * width);
        return count;
    }

    /** Returns these rows and one of eight bytes, little-endian; as {@link #with(byte[])}. */
    AddedRows with(long number) {
        byte[] row = new byte[Long.BYTES];
        LONGS.set(row, 0, number);
        return with(row);
    }

    /** Returns these rows and one more. To be called on the last rows that were handed on, by one thread at a time. */
    AddedRows with(byte[] row) {
        List<byte[]> all = chunks;
        int at = at(size);
        if (at == 0) {
            all = new ArrayList<>(chunks);
            all.add(new byte[rowsOfChunk * width]);
        }
        System.arraycopy(row, 0, all.get(all.size() - 1), at, width);
        return new AddedRows(width, rowsOfChunk, all, size + 1);
    }
}
