package io.github.linfhash.baselines.linalg;

import io.github.linfhash.core.parallel.SecondThread;

/**
 * A row-major matrix of float32 in two halves of rows, for many products with vectors; a second thread takes one half
 * where a core is spare. A sum over rows is always the sum of those over the halves, so the values are the same to the
 * last bit with one thread and with two. Used by one thread at a time.
 */
public final class HalvedMatrix {
    private final int columns;
    private final int middle;
    private final FloatDirectMatrix upper;
    private final FloatDirectMatrix lower;
    private final double[] ofLower;
    private final SecondThread second;

    /**
     * Copies a matrix.
     *
     * @param rowMajor its values
     * @param columns values a row
     * @param second multiplies the lower half
     */
    public HalvedMatrix(double[] rowMajor, int columns, SecondThread second) {
        int rows = rowMajor.length / columns;
        this.columns = columns;
        this.middle = rows / 2;
        this.upper = new FloatDirectMatrix(rowMajor, columns, 0, middle);
        this.lower = new FloatDirectMatrix(rowMajor, columns, middle, rows);
        this.ofLower = new double[columns];
        this.second = second;
    }

    /** The number of columns. */
    public int columns() {
        return columns;
    }

    /** Sets the result, a value for each row, to A v. */
    public void times(double[] v, double[] result) {
        second.both(() -> upper.times(v, result, 0), () -> lower.times(v, result, middle));
    }

    /** Sets the result, a value for each column, to A' w. */
    public void transposedTimes(double[] w, double[] result) {
        second.both(() -> upper.transposedTimes(w, 0, result), () -> lower.transposedTimes(w, middle, ofLower));
        for (int j = 0; j < columns; j++) {
            result[j] += ofLower[j];
        }
    }
}
