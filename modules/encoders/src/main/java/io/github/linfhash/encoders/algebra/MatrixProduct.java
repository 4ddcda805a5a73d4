package io.github.linfhash.encoders.algebra;

import java.util.stream.IntStream;

/**
 * The product of two row-major matrices, m x k and k x p.
 *
 * <p>A row of the product is a sum of rows of the right factor. Four of them are added in one pass, which the compiler
 * turns into vector instructions; a plain dot product it would not, since that would change the order of the sum.
 */
final class MatrixProduct {
    private static final int ROWS_PER_TASK = 32;
    private static final long PARALLEL_FROM = 1 << 20;

    private final double[] left;
    private final double[] right;
    private final double[] product;
    private final int inner;
    private final int columns;

    /** Of a left factor with {@code inner} columns and a right one with {@code columns}; fills {@code product}. */
    MatrixProduct(double[] left, double[] right, double[] product, int inner, int columns) {
        this.left = left;
        this.right = right;
        this.product = product;
        this.inner = inner;
        this.columns = columns;
    }

    /** Fills the first {@code rows} rows of the product, which are zero before. */
    void computeRows(int rows) {
        IntStream tasks = IntStream.range(0, (rows + ROWS_PER_TASK - 1) / ROWS_PER_TASK);
        if ((long) rows * inner * columns >= PARALLEL_FROM) {
            tasks = tasks.parallel();
        }
        tasks.forEach(task -> {
            int end = Math.min(rows, (task + 1) * ROWS_PER_TASK);
            for (int row = task * ROWS_PER_TASK; row < end; row++) {
                computeRow(row);
            }
        });
    }

    private void computeRow(int row) {
        int k = 0;
        for (; k + 4 <= inner; k += 4) {
            addFour(row, k);
        }
        for (; k < inner; k++) {
            addOne(row, k);
        }
    }

    private void addFour(int row, int k) {
        double l0 = left[row * inner + k];
        double l1 = left[row * inner + k + 1];
        double l2 = left[row * inner + k + 2];
        double l3 = left[row * inner + k + 3];
        int out = row * columns;
        int r0 = k * columns;
        int r1 = r0 + columns;
        int r2 = r1 + columns;
        int r3 = r2 + columns;
        for (int j = 0; j < columns; j++) {
            product[out + j] += l0 * right[r0 + j] + l1 * right[r1 + j] + (l2 * right[r2 + j] + l3 * right[r3 + j]);
        }
    }

    private void addOne(int row, int k) {
        double l = left[row * inner + k];
        int out = row * columns;
        int r = k * columns;
        for (int j = 0; j < columns; j++) {
            product[out + j] += l * right[r + j];
        }
    }
}
