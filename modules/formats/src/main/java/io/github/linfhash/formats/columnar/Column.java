package io.github.linfhash.formats.columnar;

/**
 * A column of a table.
 *
 * @param index its place in the table, from 0
 * @param name as the file calls it
 * @param elements what its cells are
 * @param list whether a cell is a list of such elements
 * @param shown the type in words, for messages; empty where the file has no types
 */
public record Column(int index, String name, Elements elements, boolean list, String shown) {
    /** The type of the elements of a column. */
    public enum Elements {
        /** Numbers with a fraction. */
        REAL,
        /** Whole numbers and truth values. */
        WHOLE,
        TEXT,
        /** Texts, any of which may be a number. */
        WORD,
        /** Elements that linfhash does not read. */
        OTHER
    }

    /** Whether the elements are, or may be, numbers. */
    public boolean isNumeric() {
        return elements == Elements.REAL || elements == Elements.WHOLE || elements == Elements.WORD;
    }

    /** Whether the elements are whole numbers or texts. */
    public boolean isWord() {
        return elements == Elements.WHOLE || elements == Elements.TEXT || elements == Elements.WORD;
    }

    /**
     * Takes the elements of columns. Rows of a column come from the first to the last: an element each, or in a column of lists any number,
     * then their end. Columns are counted from 0 among those that are read; so are rows, and elements in a list.
     */
    public interface Cells {
        /** Whether a row is wanted; a table may leave out the others. */
        default boolean wants(int row) {
            return true;
        }

        /** An element of a column of {@link Column.Elements#REAL}. */
        default void real(int column, int row, int place, double value) {
            throw new IllegalStateException("a column of fractions was not asked for");
        }

        /** An element of a column of {@link Column.Elements#WHOLE}. */
        default void whole(int column, int row, int place, long value) {
            real(column, row, place, (double) value);
        }

        /** An element of a column of {@link Column.Elements#TEXT} or {@link Column.Elements#WORD}. */
        default void text(int column, int row, int place, String value) {
            throw new IllegalStateException("a column of texts was not asked for");
        }

        /** A row of a column is at its end; it had so many elements. */
        default void end(int column, int row, int count) {}
    }
}
