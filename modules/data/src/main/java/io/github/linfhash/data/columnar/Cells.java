package io.github.linfhash.data.columnar;

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
