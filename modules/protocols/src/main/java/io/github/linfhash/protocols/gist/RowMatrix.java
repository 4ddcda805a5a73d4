package io.github.linfhash.protocols.gist;

import java.util.Arrays;

/**
 * A small constant matrix that multiplies stacks of long rows.
 *
 * <p>The inner loops run over contiguous floats, four rows in and two rows out at once, a form that the JIT compiler
 * turns into vector code. The sum over the rows has a fixed order, so a value does not depend on what else is computed
 * at the same time.
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
            addGroup(j, group, out, length);
        }
    }

    /** Adds the products of columns j..j+3 with the rows of the group to all rows of out. */
    private void addGroup(int j, float[][] group, float[][] out, int length) {
        int i = 0;
        for (; i + 1 < rows; i += 2) {
            addToTwo(group, out[i], out[i + 1], weights(i, j), length);
        }
        if (i < rows) {
            addToOne(group, out[i], weights(i, j), length);
        }
    }

    /** The entries of columns j..j+3 in row i, then in row i + 1 where there is one. */
    private float[] weights(int i, int j) {
        float[] weights = new float[2 * AT_ONCE];
        System.arraycopy(values[i], j, weights, 0, AT_ONCE);
        if (i + 1 < rows) {
            System.arraycopy(values[i + 1], j, weights, AT_ONCE, AT_ONCE);
        }
        return weights;
    }

    private static void addToTwo(float[][] in, float[] out0, float[] out1, float[] w, int length) {
        float[] in0 = in[0];
        float[] in1 = in[1];
        float[] in2 = in[2];
        float[] in3 = in[3];
        float w0 = w[0];
        float w1 = w[1];
        float w2 = w[2];
        float w3 = w[3];
        float w4 = w[4];
        float w5 = w[5];
        float w6 = w[6];
        float w7 = w[7];
        for (int x = 0; x < length; x++) {
            float a = in0[x];
            float b = in1[x];
            float c = in2[x];
            float d = in3[x];
            out0[x] += (w0 * a + w1 * b) + (w2 * c + w3 * d);
            out1[x] += (w4 * a + w5 * b) + (w6 * c + w7 * d);
        }
    }

    private static void addToOne(float[][] in, float[] out, float[] w, int length) {
        float[] in0 = in[0];
        float[] in1 = in[1];
        float[] in2 = in[2];
        float[] in3 = in[3];
        float w0 = w[0];
        float w1 = w[1];
        float w2 = w[2];
        float w3 = w[3];
        for (int x = 0; x < length; x++) {
            out[x] += (w0 * in0[x] + w1 * in1[x]) + (w2 * in2[x] + w3 * in3[x]);
        }
    }
}
