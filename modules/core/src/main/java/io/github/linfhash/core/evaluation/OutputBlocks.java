package io.github.linfhash.core.evaluation;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.features.FeatureMatrix;
import java.util.Arrays;

/**
 * The real outputs of a database in blocks that stay in a processor's cache. Inside a block they lie column by column, so
 * that the loops over rows have no stride.
 *
 * <p>Each row is scaled by the power of two that brings its largest magnitude to 1..2, which changes no digit: products
 * then neither overflow nor vanish, and those of outputs that are all of one magnitude keep exact ties.
 */
final class OutputBlocks {
    static final int BLOCK_ROWS = 2048;

    private final int rows;
    private final int columns;
    /** For each block and column, the values of the block's rows: Java makes vector instructions of loops over whole arrays. */
    private final float[][][] blocks;

    private final float[] inverseNorms;

    private OutputBlocks(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.blocks = new float[(rows + BLOCK_ROWS - 1) / BLOCK_ROWS][][];
        this.inverseNorms = new float[rows];
    }

    /**
     * The outputs of all rows, n x k.
     *
     * @throws NonFiniteException if one is NaN or infinite
     */
    static OutputBlocks of(FeatureMatrix values) {
        OutputBlocks outputs = new OutputBlocks(values.rows(), values.dimension());
        for (int first = 0; first < outputs.rows; first += BLOCK_ROWS) {
            outputs.put(first, values);
        }
        return outputs;
    }

    private void put(int first, FeatureMatrix values) {
        int size = size(first);
        float[][] block = new float[columns][size];
        float[] row = new float[columns];
        for (int i = 0; i < size; i++) {
            values.copyRow(first + i, row);
            inverseNorms[first + i] = scale(row, first + i);
            for (int j = 0; j < columns; j++) {
                block[j][i] = row[j];
            }
        }
        blocks[first / BLOCK_ROWS] = block;
    }

    /** Scales a row by a power of two; gives 1 / its length then, 0 for a row of zeros. */
    private static float scale(float[] row, int number) {
        float largest = 0;
        for (float value : row) {
            if (!Float.isFinite(value)) {
                throw new NonFiniteException("an output of row " + number + " is " + value);
            }
            largest = Math.max(largest, Math.abs(value));
        }
        if (largest == 0) {
            return 0;
        }
        int exponent = Math.getExponent(largest);
        double squared = 0;
        for (int j = 0; j < row.length; j++) {
            row[j] = Math.scalb(row[j], -exponent);
            squared += (double) row[j] * row[j];
        }
        return (float) (1 / Math.sqrt(squared));
    }

    int rows() {
        return rows;
    }

    /** The number of rows of the block that starts at a row. */
    int size(int first) {
        return Math.min(BLOCK_ROWS, rows - first);
    }

    /** Copies the scaled outputs of a row into {@code target}, one for each column. */
    void copyRow(int row, float[] target) {
        float[][] block = blocks[row / BLOCK_ROWS];
        for (int j = 0; j < columns; j++) {
            target[j] = block[j][row % BLOCK_ROWS];
        }
    }

    /** 1 / the length of a scaled row; 0 for a row of zeros. */
    float inverseNorm(int row) {
        return inverseNorms[row];
    }

    int columns() {
        return columns;
    }

    /**
     * Sets entry i to the product of a vector with row {@code first + i}, for each row of a block.
     *
     * @param vector a value for each column
     */
    void products(float[] vector, int first, float[] products) {
        int size = size(first);
        float[][] block = blocks[first / BLOCK_ROWS];
        Arrays.fill(products, 0, size, 0);
        int j = 0;
        for (; j + 4 <= columns; j += 4) {
            addFour(vector, j, block, size, products);
        }
        for (; j < columns; j++) {
            addOne(vector[j], block[j], size, products);
        }
    }

    private static void addOne(float x, float[] column, int size, float[] products) {
        for (int i = 0; i < size; i++) {
            products[i] += x * column[i];
        }
    }

    private static void addFour(float[] vector, int j, float[][] block, int size, float[] products) {
        float x0 = vector[j];
        float x1 = vector[j + 1];
        float x2 = vector[j + 2];
        float x3 = vector[j + 3];
        float[] column0 = block[j];
        float[] column1 = block[j + 1];
        float[] column2 = block[j + 2];
        float[] column3 = block[j + 3];
        for (int i = 0; i < size; i++) {
            products[i] += x0 * column0[i] + x1 * column1[i] + x2 * column2[i] + x3 * column3[i];
        }
    }
}
