package io.github.linfhash.codes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Rows of bytes in memory, to which others are added; safe for threads. */
final class AddedRows {
    private static final int CHUNK = 1 << 20;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int width;
    private final int rowsOfChunk; // a power of two, as divisions cost more than the rest of a look-up
    private final int shift;
    private volatile View view;

    /**
     * No rows yet.
     *
     * @param width the bytes of a row, at least 1
     */
    AddedRows(int width) {
        this.width = width;
        this.rowsOfChunk = Integer.highestOneBit(Math.max(1, CHUNK / width));
        this.shift = Integer.numberOfTrailingZeros(rowsOfChunk);
        this.view = new View(List.of(), 0);
    }

    /** The rows of one moment: others are written behind them. */
    final class View {
        private final List<byte[]> chunks;
        private final long size;

        private View(List<byte[]> chunks, long size) {
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

        /** The number of rows from this one on that the same array contains, at most so many. */
        int count(long row, int most) {
            return (int) Math.min(Math.min(most, rowsOfChunk - (row & (rowsOfChunk - 1))), size - row);
        }

        /** Returns a row of eight bytes as a number, little-endian. */
        long number(long row) {
            return (long) LONGS.get(chunk(row), at(row));
        }

        /** Copies at least one and at most so many rows, and returns how many. */
        int copy(long first, int most, byte[] target) {
            int count = count(first, most);
            System.arraycopy(chunk(first), at(first), target, 0, count * width);
            return count;
        }
    }

    View view() {
        return view;
    }

    /** Adds a row of eight bytes, little-endian. */
    void add(long number) {
        byte[] row = new byte[Long.BYTES];
        LONGS.set(row, 0, number);
        add(row);
    }

    synchronized void add(byte[] row) {
        View before = view;
        List<byte[]> chunks = before.chunks;
        int at = before.at(before.size);
        if (at == 0) {
            chunks = new ArrayList<>(chunks);
            chunks.add(new byte[rowsOfChunk * width]);
        }
        System.arraycopy(row, 0, chunks.get(chunks.size() - 1), at, width);
        view = new View(chunks, before.size + 1);
    }
}
