package io.github.linfhash.codes;

/** The vectors of a matrix, one a row. */
@FunctionalInterface
public interface VectorRows {
    /** Copies a row to the beginning of an array. */
    void copyRow(int row, float[] target);
}
