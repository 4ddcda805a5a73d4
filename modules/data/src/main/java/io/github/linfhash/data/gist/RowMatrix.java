package io.github.linfhash.data.gist;

import java.util.Arrays;

/**
 * A small constant matrix that multiplies stacks of long rows.
 *
 * <p>The inner loops run over contiguous floats, four rows in and four rows out at once, a form that the JIT compiler
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
        for (; i + AT_ONCE <= rows; i += AT_ONCE) {
            addToFour(i, j, group, out, length);
        }
        for (; i < rows; i++) {
            addToOne(group, out[i], Arrays.copyOfRange(values[i], j, j + AT_ONCE), length);
        }
    }

    private void addToFour(int i, int j, float[][] in, float[][] out, int length) {
        float[] in0 = in[0];
        float[] in1 = in[1];
        float[] in2 = in[2];
        float[] in3 = in[3];
        float[] out0 = out[i];
        float[] out1 = out[i + 1];
        float[] out2 = out[i + 2];
        float[] out3 = out[i + 3];
        float[] w0 = values[i];
        float[] w1 = values[i + 1];
        float[] w2 = values[i + 2];
        float[] w3 = values[i + 3];
        // Locals, so that the loop holds no loads but those of the rows.
        float w00 = w0[j], w01 = w0[j + 1], w02 = w0[j + 2], w03 = w0[j + 3];
        float w10 = w1[j], w11 = w1[j + 1], w12 = w1[j + 2], w13 = w1[j + 3];
        float w20 = w2[j], w21 = w2[j + 1], w22 = w2[j + 2], w23 = w2[j + 3];
        float w30 = w3[j], w31 = w3[j + 1], w32 = w3[j + 2], w33 = w3[j + 3];
        for (int x = 0; x < length; x++) {
            float a = in0[x];
            float b = in1[x];
            float c = in2[x];
            float d = in3[x];
            out0[x] += (w00 * a + w01 * b) + (w02 * c + w03 * d);
            out1[x] += (w10 * a + w11 * b) + (w12 * c + w13 * d);
            out2[x] += (w20 * a + w21 * b) + (w22 * c + w23 * d);
            out3[x] += (w30 * a + w31 * b) + (w32 * c + w33 * d);
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
