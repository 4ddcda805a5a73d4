package io.github.linfhash.data.columnar;

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
    /** What the elements of a column are. */
    public enum Elements {
        /** Numbers with a fraction. */
        REAL,
        /** Whole numbers and truth values. */
        WHOLE,
        TEXT,
        /** Texts, any of which may be a number. */
        WORD,
        /** What linfhash does not read. */
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
     * Takes the cells of a column, from the first row to the last: the elements of a row, which are one, or in a column of lists any number,
     * then its end.
     */
    public interface Cells {
        /** An element of a column of {@link Column.Elements#REAL}. */
        default void real(double value) {
            throw new IllegalStateException("a column of fractions was not asked for");
        }

        /** An element of a column of {@link Column.Elements#WHOLE}. */
        default void whole(long value) {
            real((double) value);
        }

        /** An element of a column of {@link Column.Elements#TEXT} or {@link Column.Elements#WORD}. */
        default void text(String value) {
            throw new IllegalStateException("a column of texts was not asked for");
        }

        /** The row is at its end. */
        void end();
    }
}
