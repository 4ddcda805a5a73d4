package io.github.linfhash.core.evaluation;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.evaluation.Conventions.Ties;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Relevance;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rankings by the cosine between real outputs, the largest first: what the codes that are made of them are measured
 * against.
 *
 * <p>A cosine is computed in float32 and rounded to a multiple of 2^-20 (1e-6), a little more than what such sums of
 * products are off, so that equal cosines do not differ by their rounding alone. Rows of equal cosine are tied, and ties
 * count as everywhere. The cosine with a row of zeros is 0. Each query's cosines become whole numbers with the relevance
 * as their last bit, which two passes of a radix sort put in order; some queries at a time, so that memory is bounded
 * whatever their number.
 */
final class CosineRanking {
    /** Few enough for their keys to stay near the processor, enough to spread the cost of reading a block. */
    private static final int QUERIES_OF_BATCH = 16;

    private static final double RESOLUTION = 1 << 20;
    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private final OutputBlocks queries;
    private final OutputBlocks database;
    private final Relevance relevance;
    private final TieSums sums;

    /**
     * Takes the outputs in.
     *
     * @throws IllegalArgumentException if the relevance has other sizes than the outputs, or these have two dimensions
     * @throws io.github.linfhash.codes.NonFiniteException if an output is NaN or infinite
     */
    CosineRanking(FeatureMatrix queries, FeatureMatrix database, Relevance relevance) {
        if (relevance.queries() != queries.rows() || relevance.databaseRows() != database.rows()) {
            throw new IllegalArgumentException("relevance is known for " + relevance.queries() + " x "
                    + relevance.databaseRows() + " pairs, the outputs make " + queries.rows() + " x "
                    + database.rows());
        }
        if (queries.dimension() != database.dimension()) {
            throw new IllegalArgumentException("outputs of queries have dimension " + queries.dimension()
                    + ", those of the database " + database.dimension());
        }
        this.queries = OutputBlocks.of(queries);
        this.database = OutputBlocks.of(database);
        this.relevance = relevance;
        this.sums = new TieSums(database.rows());
    }

    /**
     * The average precision of each query over its whole ranking; 0 with nothing relevant.
     *
     * @param leftOut the database row that each query does not search, or null where the whole database is searched
     */
    double[] averagePrecisions(Ties ties, int @Nullable [] leftOut) {
        double[] values = new double[queries.rows()];
        int batches = (values.length + QUERIES_OF_BATCH - 1) / QUERIES_OF_BATCH;
        IntStream.range(0, batches).parallel().forEach(batch -> {
            int from = batch * QUERIES_OF_BATCH;
            int to = Math.min(values.length, from + QUERIES_OF_BATCH);
            int[][] keys = keys(from, to);
            int[] sorted = new int[database.rows()];
            for (int q = from; q < to; q++) {
                int count = leftOut == null ? database.rows() : without(leftOut[q], keys[q - from]);
                sort(keys[q - from], count, sorted);
                values[q] = averagePrecision(keys[q - from], count, ties);
            }
        });
        return values;
    }

    /** For each query of a batch, a key for each database row: how far its cosine is below 1, then whether it is relevant. */
    private int[][] keys(int from, int to) {
        int[][] keys = new int[to - from][database.rows()];
        float[][] vectors = new float[to - from][queries.columns()];
        for (int q = from; q < to; q++) {
            queries.copyRow(q, vectors[q - from]);
        }
        float[] products = new float[OutputBlocks.BLOCK_ROWS];
        byte[] flags = new byte[OutputBlocks.BLOCK_ROWS];
        for (int first = 0; first < database.rows(); first += OutputBlocks.BLOCK_ROWS) {
            int size = database.size(first);
            for (int q = from; q < to; q++) {
                database.products(vectors[q - from], first, products);
                relevance.mark(q, first, size, flags);
                float inverse = queries.inverseNorm(q);
                int[] target = keys[q - from];
                for (int i = 0; i < size; i++) {
                    float cosine = products[i] * (inverse * database.inverseNorm(first + i));
                    target[first + i] = level(cosine) << 1 | flags[i];
                }
            }
        }
        return keys;
    }

    /** Rounding may take a cosine a little beyond 1. */
    private static int level(float cosine) {
        double below = 1.0 - Math.max(-1f, Math.min(1f, cosine));
        return (int) (below * RESOLUTION + 0.5);
    }

    private static int without(int row, int[] keys) {
        System.arraycopy(keys, row + 1, keys, row, keys.length - row - 1);
        return keys.length - 1;
    }

    /** Sorts the first keys by level, stably, so that equal levels keep the order of the database. */
    private static void sort(int[] keys, int count, int[] buffer) {
        pass(keys, buffer, count, 1);
        pass(buffer, keys, count, 1 + DIGIT_BITS);
    }

    private static void pass(int[] from, int[] to, int count, int shift) {
        int[] next = new int[DIGITS + 1];
        for (int i = 0; i < count; i++) {
            next[(from[i] >>> shift & DIGITS - 1) + 1]++;
        }
        for (int digit = 0; digit < DIGITS; digit++) {
            next[digit + 1] += next[digit];
        }
        for (int i = 0; i < count; i++) {
            to[next[from[i] >>> shift & DIGITS - 1]++] = from[i];
        }
    }

    private double averagePrecision(int[] sorted, int count, Ties ties) {
        int hits = 0;
        double sum = 0;
        for (int from = 0, to; from < count; from = to) {
            int relevant = 0;
            for (to = from; to < count && sorted[to] >>> 1 == sorted[from] >>> 1; to++) {
                relevant += sorted[to] & 1;
            }
            if (relevant > 0) {
                sum += to - from == 1 ? (hits + 1.0) / to : tie(sorted, from, to, hits, relevant, ties);
                hits += relevant;
            }
        }
        return hits == 0 ? 0 : sum / hits;
    }

    private double tie(int[] sorted, int from, int to, int relevantBefore, int relevant, Ties ties) {
        return switch (ties) {
            case AWARE -> sums.expected(from, relevantBefore, to - from, relevant, to - from);
            case OPTIMISTIC -> sums.run(from, relevantBefore, relevant);
            case PESSIMISTIC -> sums.run(to - relevant, relevantBefore, relevant);
            case DATABASE_ORDER -> inOrder(sorted, from, to, relevantBefore);
        };
    }

    private static double inOrder(int[] sorted, int from, int to, int relevantBefore) {
        double sum = 0;
        int found = relevantBefore;
        for (int i = from; i < to; i++) {
            if ((sorted[i] & 1) != 0) {
                found++;
                sum += (double) found / (i + 1);
            }
        }
        return sum;
    }

    /**
     * The real outputs of a database in blocks that stay in a processor's cache. Inside a block they lie column by column, so
     * that the loops over rows have no stride.
     *
     * <p>Each row is scaled by the power of two that brings its largest magnitude to 1..2, which changes no digit: products
     * then neither overflow nor vanish, and those of outputs that are all of one magnitude keep exact ties.
     */
    private static final class OutputBlocks {
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
}
