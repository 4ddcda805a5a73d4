package io.github.linfhash.codes;

import io.github.linfhash.codes.files.MappedRows;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The ids of rows: the first rows have their numbers as ids, and need no memory for them; the ids of the others are stored, and found by a
 * hash table. An id may stand for several rows, of which the last one counts.
 *
 * <p>Any thread finds rows, and never waits; one thread at a time gives ids.
 */
final class IdTable {
    /** The most ids that are not the numbers of their rows. */
    static final int MOST = (1 << 29) - 1;

    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(int[].class);

    private volatile View view;
    /** For each slot 0, or 1 and the place of an id among those that are stored. */
    private volatile int[] table;

    /** The ids of no rows. */
    IdTable() {
        this(0, null);
    }

    /**
     * Ids of rows of a file.
     *
     * @param numbered how many first rows have their numbers as ids
     * @param stored the ids of the rows behind them
     * @throws IllegalStateException if these are too many
     */
    IdTable(long numbered, @Nullable MappedRows stored) {
        View first = new View(numbered, stored, new AddedRows(Long.BYTES));
        int own = (int) Math.min(first.rows() - numbered, Integer.MAX_VALUE);
        int[] slots = new int[capacity(own)];
        for (int place = 0; place < own; place++) {
            enter(slots, place, first);
        }
        this.view = first;
        this.table = slots;
    }

    /**
     * The ids of the rows of one moment.
     *
     * @param numbered how many first rows have their numbers as ids
     */
    record View(long numbered, @Nullable MappedRows stored, AddedRows added) {
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
    long row(long id) {
        int[] slots = table;
        for (int slot = firstSlot(id, slots.length); ; slot = (slot + 1) & (slots.length - 1)) {
            int entry = (int) SLOTS.getAcquire(slots, slot);
            // Read behind the entry, so that it has the entry's row.
            View seen = view;
            if (entry == 0) {
                return id >= 0 && id < seen.numbered ? id : -1;
            }
            if (seen.own(entry - 1) == id) {
                return seen.numbered + entry - 1;
            }
        }
    }

    /**
     * Returns the slot at which the search for an id begins. Each bit of the id changes the first bits of the last product, so that ids which
     * differ in few bits, as multiples of a power of two, begin at different slots.
     *
     * @param slots how many, a power of two, at least 2
     */
    static int firstSlot(long id, int slots) {
        long mixed = (id ^ id >>> 32) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32) * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> (Long.numberOfLeadingZeros(slots) + 1));
    }

    /** Sets the slot of the id of a place, or else the empty one that the id gets. */
    private static void enter(int[] slots, int place, View seen) {
        long id = seen.own(place);
        int slot = firstSlot(id, slots.length);
        while (slots[slot] != 0 && seen.own(slots[slot] - 1) != id) {
            slot = (slot + 1) & (slots.length - 1);
        }
        SLOTS.setRelease(slots, slot, place + 1);
    }

    /**
     * Returns the ids of rows and of one more, for which there is room in the table then. Its row is found when they are {@linkplain #publish
     * published}; ids that are not, as after a failure, leave no trace.
     *
     * @param before the last ones that were published
     * @throws IllegalStateException if there are too many ids that are not the numbers of their rows
     */
    View with(View before, long id) {
        if (id == before.numbered && before.rows() == before.numbered) {
            return new View(before.numbered + 1, before.stored, before.added);
        }
        int capacity = capacity(before.rows() - before.numbered + 1);
        int[] slots = table;
        if (capacity > slots.length) {
            int[] larger = new int[capacity];
            for (int entry : slots) {
                if (entry > 0) {
                    enter(larger, entry - 1, before);
                }
            }
            table = larger;
        }
        return new View(before.numbered, before.stored, before.added.with(id));
    }

    /**
     * Goes on with the ids that {@link #with} gave; allocates nothing, and cannot fail.
     *
     * @param next the last ones that it gave
     */
    void publish(View next) {
        view = next;
        int own = (int) (next.rows() - next.numbered);
        if (own > 0) {
            enter(table, own - 1, next);
        }
    }

    /**
     * Gives the next row an id.
     *
     * @throws IllegalStateException if there are too many ids that are not the numbers of their rows
     */
    void add(long id) {
        publish(with(view, id));
    }

    /** Gives an id to a row, and to all rows before it that have none, of which the last one counts. */
    void addUpTo(long row, long id) {
        while (view.rows() <= row) {
            add(id);
        }
    }

    private static int capacity(long ids) {
        if (ids > MOST) {
            throw new IllegalStateException("expected at most " + MOST + " ids of one's own, found more");
        }
        return 4 * (int) Long.highestOneBit(Math.max(1, ids));
    }
}
