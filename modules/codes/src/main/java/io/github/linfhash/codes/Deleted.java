package io.github.linfhash.codes;

import java.util.Arrays;

/** The rows that were deleted, a bit each; immutable, so that a search sees those of the moment at which it began. */
final class Deleted {
    /** No rows. */
    static final Deleted NONE = new Deleted(new long[0][], 0);

    private static final int ROWS_OF_PART = 1 << 16;
    private static final long[] EMPTY = new long[0];

    private final long[][] parts;
    private final long count;

    private Deleted(long[][] parts, long count) {
        this.parts = parts;
        this.count = count;
    }

    /** The number of deleted rows. */
    long count() {
        return count;
    }

    boolean contains(long row) {
        int part = (int) (row / ROWS_OF_PART);
        if (part >= parts.length || parts[part].length == 0) {
            return false;
        }
        int bit = (int) (row % ROWS_OF_PART);
        return (parts[part][bit >> 6] >>> bit & 1) != 0;
    }

    /** Whether none of several rows, at least one, was deleted: a look at parts alone, so that false may also stand for none. */
    boolean surelyNone(long first, int rows) {
        for (long part = first / ROWS_OF_PART;
                part <= (first + rows - 1) / ROWS_OF_PART && part < parts.length;
                part++) {
            if (parts[(int) part].length > 0) {
                return false;
            }
        }
        return true;
    }

    /** These rows and others; copies 8 KiB for each part of rows that changes. */
    Deleted with(long... rows) {
        long[][] more = parts;
        long total = count;
        for (long row : rows) {
            int part = (int) (row / ROWS_OF_PART);
            if (part >= more.length || more == parts) {
                int size = more.length;
                more = Arrays.copyOf(more, Math.max(size, part + 1));
                Arrays.fill(more, size, more.length, EMPTY);
            }
            if (part >= parts.length ? more[part].length == 0 : more[part] == parts[part]) {
                more[part] = Arrays.copyOf(more[part], ROWS_OF_PART / Long.SIZE);
            }
            int bit = (int) (row % ROWS_OF_PART);
            total += ~more[part][bit >> 6] >>> bit & 1;
            more[part][bit >> 6] |= 1L << bit;
        }
        return new Deleted(more, total);
    }

    /** Returns the rows that were not deleted earlier, ascending. */
    long[] since(Deleted earlier) {
        long[] rows = new long[Math.toIntExact(count - earlier.count)];
        int at = 0;
        for (int part = 0; part < parts.length; part++) {
            if (part < earlier.parts.length && earlier.parts[part] == parts[part]) {
                continue;
            }
            for (int bit = 0; bit < 64 * parts[part].length; bit++) {
                long row = (long) part * ROWS_OF_PART + bit;
                if (contains(row) && !earlier.contains(row)) {
                    rows[at++] = row;
                }
            }
        }
        return rows;
    }
}
