package io.github.linfhash.codes;

import io.github.linfhash.codes.files.MappedRows;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The ids of rows. The first rows have their numbers as ids, which need no memory; the other ids are stored, and a hash table finds their
 * rows. If several rows have one id, the last row counts.
 *
 * <p>Any number of threads may look rows up without waiting; only one thread at a time may add ids.
 */
final class IdTable {
    /** The most ids that are not the numbers of their rows. */
    static final int MOST = (1 << 29) - 1;

    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(int[].class);

    private volatile View view;
    /** For each slot 0, or 1 and the place of an id among those that are stored. */
    private volatile int[] table;

    /** Creates an empty table. */
    IdTable() {
        this(0, null);
    }

    /**
     * Creates the table of the rows of a file.
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
     * The ids of all rows at one moment.
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
            // Read after the entry, so that it contains the row of the entry.
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

    /** Enters the id of a place into its slot, or into an empty slot if the id is new. */
    private static void enter(int[] slots, int place, View seen) {
        long id = seen.own(place);
        int slot = firstSlot(id, slots.length);
        while (slots[slot] != 0 && seen.own(slots[slot] - 1) != id) {
            slot = (slot + 1) & (slots.length - 1);
        }
        SLOTS.setRelease(slots, slot, place + 1);
    }

    /**
     * Returns the ids with one more, and makes room for it in the table. Threads find its row once the ids are {@linkplain #publish published};
     * ids that are never published, as after a failure, leave no trace.
     *
     * @param before the ids that were published last
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
     * Makes the ids that {@link #with} returned visible to all threads; allocates nothing, and cannot fail.
     *
     * @param next the ids that it returned last
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

    /** Gives an id to a row and to all rows before it that have none; the last of them counts. */
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
