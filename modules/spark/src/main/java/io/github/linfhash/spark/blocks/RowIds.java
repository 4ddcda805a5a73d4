package io.github.linfhash.spark.blocks;

import io.github.linfhash.core.errors.InputException;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The id of each row of a block in the whole data set: its row number, or the value of a column. */
public final class RowIds {
    /** The message about an id that two rows have. */
    public static final String TWICE = "expected an id of its own for each row of the database, found one twice";

    private final long[] ids;

    private RowIds(long[] ids) {
        this.ids = ids;
    }

    /** Takes the array over; the caller must not write to it again. */
    public static RowIds owning(long[] ids) {
        return new RowIds(ids);
    }

    /** Consecutive row numbers. */
    public static RowIds from(long first, int count) {
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            ids[i] = first + i;
        }
        return new RowIds(ids);
    }

    public int size() {
        return ids.length;
    }

    public long get(int row) {
        return ids[row];
    }

    /** All ids, as a new array. */
    public long[] toArray() {
        return ids.clone();
    }

    /** Whether each id is larger than the one before it. */
    public boolean areAscending() {
        for (int i = 1; i < ids.length; i++) {
            if (ids[i] <= ids[i - 1]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The rows in the order of their ids.
     *
     * @throws InputException if two rows have one id
     */
    int[] ascendingOrder() {
        int[] order = IntStream.range(0, ids.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer row) -> ids[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 1; i < order.length; i++) {
            if (ids[order[i]] == ids[order[i - 1]]) {
                throw new InputException(TWICE);
            }
        }
        return order;
    }

    /** The ids of the chosen rows, in the order of the indices. */
    public RowIds select(int[] rows) {
        long[] chosen = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen[i] = ids[rows[i]];
        }
        return new RowIds(chosen);
    }
}
