package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.evaluation.Conventions.Ties;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Relevance;
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
            case CLASS_ORDER -> throw new IllegalArgumentException("a ranking by outputs knows no classes");
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
}
