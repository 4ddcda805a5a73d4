package io.github.linfhash.data.columnar;

/**
 * A column of a table.
 *
 * @param index its place in the table, from 0
 * @param name as the file calls it
 * @param elements what its cells are
 * @param list whether a cell is a list of such elements
 * @param shown the type in words, for messages
 */
public record Column(int index, String name, Elements elements, boolean list, String shown) {
    /** What the elements of a column are. */
    public enum Elements {
        /** Numbers with a fraction. */
        REAL,
        /** Whole numbers and truth values. */
        WHOLE,
        TEXT,
        /** What linfhash does not read. */
        OTHER
    }

    /** Whether the elements are numbers. */
    public boolean isNumeric() {
        return elements == Elements.REAL || elements == Elements.WHOLE;
    }

    /**
     * Takes the cells of a column, from the first row to the last.
     *
     * <p>Each row is announced; then come its elements: one, or in a column of lists any number.
     */
    public interface Cells {
        /** Another row begins. */
        void row();

        /** An element of a column of {@link Column.Elements#REAL}. */
        void real(double value);

        /** An element of a column of {@link Column.Elements#WHOLE}. */
        void whole(long value);

        /** An element of a column of {@link Column.Elements#TEXT}. */
        void text(String value);
    }
}
