package io.github.linfhash.io.input;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rows that are wanted of a file of vectors, so that a file may be larger than memory. A reader passes the values of the
 * wanted rows, and may pass those of other rows, which are dropped and take at most two bits each. One object serves one reading.
 */
public final class RowSelectionCollector {
    /** Chooses rows, once a reader knows the size of the matrix. */
    @FunctionalInterface
    public interface Choice {
        /**
         * Returns row numbers from 0 to {@code rows - 1}, each at most once, in the order of the matrix that is wanted.
         *
         * @param rows n
         * @param dimension d
         * @throws InputException if too much is wanted
         */
        int[] of(int rows, int dimension);
    }

    private static final int DROPPED = -1;

    private final @Nullable Choice choice;
    private final boolean tolerant;
    private final BitSet notZero = new BitSet();
    private final BitSet notFinite = new BitSet();
    private int rows;
    private int kept;
    private int dimension = 1;
    private int lastNotZero = -1;
    /** Row and place of each wanted row, ascending; null if every row is at its own place. */
    private long @Nullable [] places;

    private int at; // in places: where the row that was asked for last is, or would be
    private int lastRow = -1;
    private int lastPlace = DROPPED;
    private float[] values = {};

    private RowSelectionCollector(@Nullable Choice choice, boolean tolerant) {
        this.choice = choice;
        this.tolerant = tolerant;
    }

    /** Keeps every row; a value that is not finite is an error. */
    public static RowSelectionCollector all() {
        return new RowSelectionCollector(null, false);
    }

    /** Keeps chosen rows, in which a value that is not finite is an error; the other rows are not looked at. */
    public static RowSelectionCollector chosen(Choice choice) {
        return new RowSelectionCollector(choice, false);
    }

    /** Keeps chosen rows, and looks at all: {@link #notFinite()} lists those that have values which are not finite. */
    public static RowSelectionCollector tolerant(Choice choice) {
        return new RowSelectionCollector(choice, true);
    }

    /**
     * Sets memory aside, called by the reader before the first value.
     *
     * @param file the file's name, for messages
     * @param n the number of its rows
     * @param d the number of its columns
     * @throws InputException if the wanted rows do not fit into memory, or there are more than 2^31 - 1 rows
     */
    public void begin(String file, long n, int d) {
        dimension = d;
        if (choice == null) {
            values = new float[Room.require(file, n, d)];
            rows = (int) n;
            kept = rows;
            return;
        }
        if (n > Integer.MAX_VALUE) {
            throw new InputException(
                    file + " has too many rows: expected at most " + Integer.MAX_VALUE + ", found " + n);
        }
        rows = (int) n;
        int[] wanted = choice.of(rows, d);
        kept = wanted.length;
        values = new float[Room.require(file, kept, d)];
        if (!IntStream.range(0, kept).allMatch(place -> wanted[place] == place) || kept < rows) {
            places = IntStream.range(0, kept)
                    .mapToLong(place -> (long) wanted[place] << Integer.SIZE | place)
                    .sorted()
                    .toArray();
        }
    }

    /** Whether rows that are not finite are listed, and all rows looked at. */
    public boolean isTolerant() {
        return tolerant;
    }

    /** Whether the reader may pass over a row; asked after {@link #begin}. */
    public boolean passesOver(int row) {
        return !tolerant && place(row) == DROPPED;
    }

    /** Returns where a row is kept. Most readers go through the rows in their order, some once for each column. */
    private int place(int row) {
        long[] sorted = places;
        if (sorted == null) {
            return row;
        }
        if (row != lastRow) {
            if (row < lastRow) {
                int found = Arrays.binarySearch(sorted, (long) row << Integer.SIZE);
                at = found < 0 ? -found - 1 : found;
            }
            while (at < kept && (int) (sorted[at] >> Integer.SIZE) < row) {
                at++;
            }
            lastRow = row;
            lastPlace = at < kept && (int) (sorted[at] >> Integer.SIZE) == row ? (int) sorted[at] : DROPPED;
        }
        return lastPlace;
    }

    /** Takes a finite value. */
    public void set(int row, int column, float value) {
        if (value != 0 && row != lastNotZero) {
            notZero.set(row);
            lastNotZero = row;
        }
        int place = place(row);
        if (place != DROPPED) {
            values[place * dimension + column] = value;
        }
    }

    /**
     * Takes note of a value that is not finite.
     *
     * @param wrong the error that says where it is
     * @throws InputException that error, if the row is wanted and such rows are not just listed
     */
    public void setNotFinite(int row, Supplier<InputException> wrong) {
        if (passesOver(row)) {
            return;
        }
        if (!tolerant) {
            throw wrong.get();
        }
        notFinite.set(row);
    }

    /** Returns the kept rows, in the order of the choice; called once, after the last value. */
    public FeatureMatrix toMatrix() {
        float[] all = values;
        values = new float[0];
        return FeatureMatrix.owning(kept, dimension, all);
    }

    /** Returns the number of rows of the file, n. */
    public int rows() {
        return rows;
    }

    /** Returns the rows of the file that have only zeros, among those that were looked at. */
    public BitSet zeros() {
        BitSet zeros = new BitSet(rows);
        for (int row = 0; row < rows; row++) {
            zeros.set(row, !passesOver(row));
        }
        zeros.andNot(notZero);
        zeros.andNot(notFinite);
        return zeros;
    }

    /** Returns the rows of the file that have a value which is not finite as float32, among those that were looked at. */
    public BitSet notFinite() {
        return (BitSet) notFinite.clone();
    }

    /** Whether a matrix of float32 fits into memory, asked before it is made. */
    public static final class Room {
        private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 64;

        private Room() {}

        /**
         * Checks that a matrix takes at most half of the heap, so that there is room to center and split it.
         *
         * @param file the file that holds it, for the message
         * @return the number of its values
         * @throws InputException if it is larger
         */
        public static int require(String file, long rows, long dimension) {
            long limit = Math.min(LARGEST_ARRAY, Runtime.getRuntime().maxMemory() / 2 / Float.BYTES);
            if (dimension > limit || rows * dimension > limit) {
                throw new InputException(file + " does not fit into memory: expected at most " + limit
                        + " values, half of the heap (LINFHASH_HEAP makes it larger), found " + rows + " rows of "
                        + dimension);
            }
            return (int) (rows * dimension);
        }
    }
}
