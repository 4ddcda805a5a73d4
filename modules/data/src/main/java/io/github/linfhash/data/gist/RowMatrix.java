package io.github.linfhash.data.gist;

import java.util.Arrays;

/**
 * A small constant matrix that multiplies stacks of long rows.
 *
 * <p>The inner loop runs over contiguous floats, four rows in and one row out: Java makes vector instructions of a loop that
 * writes one array, and none of one that writes four. The sum over the rows has a fixed order, so a value does not depend on
 * what else is computed at the same time.
 */
final class RowMatrix {
    private static final int AT_ONCE = 4;

    private final int rows;
    private final int columns;
    /** One array for each row, filled up with zeros to whole groups of columns. */
    private final float[][] values;

    /** A matrix by its entries. */
    @FunctionalInterface
    interface Entry {
        double at(int row, int column);
    }

    private RowMatrix(int rows, int columns, float[][] values) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /** A matrix of the given entries, rounded to float32; it has at least one row and one column. */
    static RowMatrix of(int rows, int columns, Entry entry) {
        float[][] values = new float[rows][(columns + AT_ONCE - 1) / AT_ONCE * AT_ONCE];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[i][j] = (float) entry.at(i, j);
            }
        }
        return new RowMatrix(rows, columns, values);
    }

    /**
     * Sets out = this * in.
     *
     * @param in one finite row for each column of this matrix; only the first {@code length} values of a row count
     * @param out one row for each row of this matrix; the first {@code length} values are overwritten
     */
    void times(float[][] in, float[][] out, int length) {
        for (int i = 0; i < rows; i++) {
            Arrays.fill(out[i], 0, length, 0f);
        }
        float[][] group = new float[AT_ONCE][];
        for (int j = 0; j < columns; j += AT_ONCE) {
            for (int k = 0; k < AT_ONCE; k++) {
                // Past the last column the weights are 0, so any row will do.
                group[k] = in[Math.min(j + k, columns - 1)];
            }
            for (int i = 0; i < rows; i++) {
                add(group, out[i], values[i], j, length);
            }
        }
    }

    /** Adds the product of four weights, from the one at {@code j} on, with the rows of the group. */
    private static void add(float[][] group, float[] out, float[] weights, int j, int length) {
        float[] in0 = group[0];
        float[] in1 = group[1];
        float[] in2 = group[2];
        float[] in3 = group[3];
        // Locals, so that the loop holds no loads but those of the rows.
        float w0 = weights[j];
        float w1 = weights[j + 1];
        float w2 = weights[j + 2];
        float w3 = weights[j + 3];
        for (int x = 0; x < length; x++) {
            out[x] += (w0 * in0[x] + w1 * in1[x]) + (w2 * in2[x] + w3 * in3[x]);
        }
    }
}
