package io.github.linfhash.codes;

import io.github.linfhash.codes.files.MappedRows;
import org.jspecify.annotations.Nullable;

/**
 * The ids of rows: the first rows have their numbers as ids, and need no memory for them; the ids of the others are stored, and found by a
 * hash table. An id may stand for several rows, of which the last one counts. Safe for threads.
 */
final class RowIds {
    /** The most ids that are not the numbers of their rows. */
    static final int MOST = (1 << 29) - 1;

    private final @Nullable MappedRows stored;
    private final AddedRows added = new AddedRows(Long.BYTES);
    private volatile View view;
    /** For each slot 0, or 1 and the place of an id among those that are stored. */
    private int[] table;

    /** The ids of no rows. */
    RowIds() {
        this(0, null);
    }

    /**
     * Ids of rows of a file.
     *
     * @param numbered how many first rows have their numbers as ids
     * @param stored the ids of the rows behind them
     * @throws IllegalStateException if these are too many
     */
    RowIds(long numbered, @Nullable MappedRows stored) {
        this.stored = stored;
        this.view = new View(numbered, stored, added.view());
        long own = view.rows() - numbered;
        this.table = new int[capacity(own)];
        for (int place = 0; place < own; place++) {
            put(place, view);
        }
    }

    /**
     * The ids of the rows of one moment.
     *
     * @param numbered how many first rows have their numbers as ids
     */
    record View(long numbered, @Nullable MappedRows stored, AddedRows.View added) {
        long rows() {
            return numbered + (stored == null ? 0 : stored.rows()) + added.size();
        }

        long id(long row) {
            return row < numbered ? row : own(row - numbered);
        }

        private long own(long place) {
            if (stored == null) {
                return added.number(place);
            }
            return place < stored.rows() ? stored.number(place) : added.number(place - stored.rows());
        }
    }

    View view() {
        return view;
    }

    /**
     * Finds the last row with an id.
     *
     * @return -1 if there is none
     */
    synchronized long row(long id) {
        View seen = view;
        int place = table[slot(id, seen)] - 1;
        if (place >= 0) {
            return seen.numbered + place;
        }
        return id >= 0 && id < seen.numbered ? id : -1;
    }

    /** The slot of an id, or else the empty one that it gets. */
    private int slot(long id, View seen) {
        int mask = table.length - 1;
        int slot = (int) ((id * 0x9e3779b97f4a7c15L) >>> 32) & mask;
        while (table[slot] != 0 && seen.own(table[slot] - 1) != id) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void put(int place, View seen) {
        table[slot(seen.own(place), seen)] = place + 1;
    }

    /**
     * Gives the next row an id.
     *
     * @throws IllegalStateException if there are too many ids that are not the numbers of their rows
     */
    synchronized void add(long id) {
        View before = view;
        if (id == before.numbered && before.rows() == before.numbered) {
            view = new View(before.numbered + 1, stored, before.added);
            return;
        }
        long place = before.rows() - before.numbered;
        if (capacity(place + 1) > table.length) {
            int[] old = table;
            table = new int[capacity(place + 1)];
            for (int entry : old) {
                if (entry > 0) {
                    put(entry - 1, before);
                }
            }
        }
        added.add(id);
        View after = new View(before.numbered, stored, added.view());
        put((int) place, after);
        view = after;
    }

    /** Gives an id to a row, and to all rows before it that have none, of which the last one counts. */
    synchronized void addUpTo(long row, long id) {
        while (view.rows() <= row) {
            add(id);
        }
    }

    private static int capacity(long ids) {
        if (ids > MOST) {
            throw new IllegalStateException("expected at most " + MOST + " ids of one's own, found more");
        }
        return ids == 0 ? 1 : 4 * (int) Long.highestOneBit(ids);
    }
}
