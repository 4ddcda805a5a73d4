package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.features.Relevance;
import java.util.stream.IntStream;

/**
 * Counts distances between queries and database, without a sort and without a distance matrix.
 *
 * <p>Several queries at a time go through the database block by block, so that a block is read from memory once for all
 * of them. Such batches of queries run in parallel; the counts are integers, so the result does not depend on the number
 * of threads.
 */
public final class HammingScan {
    /** Enough to spread the cost of reading a block, few enough to give every processor many batches. */
    private static final int QUERIES_OF_BATCH = 32;

    private HammingScan() {}

    /**
     * Scans the whole database for each query.
     *
     * @throws IllegalArgumentException if the code lengths differ, or the relevance has other sizes than the codes
     */
    public static DistanceHistograms scan(BinaryCodes queries, BinaryCodes database, Relevance relevance) {
        if (queries.bits() != database.bits()) {
            throw new IllegalArgumentException(
                    "the query codes have " + queries.bits() + " bits, the database codes " + database.bits());
        }
        if (relevance.queries() != queries.size() || relevance.databaseRows() != database.size()) {
            throw new IllegalArgumentException("relevance is known for " + relevance.queries() + " x "
                    + relevance.databaseRows() + " pairs, the codes make " + queries.size() + " x " + database.size());
        }
        int levels = queries.bits() + 1;
        int[] all = new int[Math.multiplyExact(queries.size(), levels)];
        int[] relevant = new int[all.length];
        CodeBlocks blocks = new CodeBlocks(database);
        int batches = (queries.size() + QUERIES_OF_BATCH - 1) / QUERIES_OF_BATCH;
        IntStream.range(0, batches).parallel().forEach(batch -> {
            int from = batch * QUERIES_OF_BATCH;
            int to = Math.min(queries.size(), from + QUERIES_OF_BATCH);
            int[][] counts = count(queries, from, to, blocks, relevance);
            for (int q = from; q < to; q++) {
                spread(counts[q - from], levels, all, relevant, q * levels);
            }
        });
        return new DistanceHistograms(queries.size(), queries.bits(), all, relevant);
    }

    /** For each query of a batch, counts by distance and relevance: entry 2 d + 1 has the relevant codes at distance d. */
    private static int[][] count(BinaryCodes queries, int from, int to, CodeBlocks blocks, Relevance relevance) {
        int[][] counts = new int[to - from][2 * (queries.bits() + 1)];
        int[] distances = new int[blocks.blockRows()];
        byte[] flags = new byte[blocks.blockRows()];
        for (int first = 0; first < blocks.rows(); first += blocks.blockRows()) {
            int size = blocks.size(first);
            for (int q = from; q < to; q++) {
                blocks.distances(queries, q, first, distances);
                relevance.mark(q, first, size, flags);
                tally(distances, flags, size, counts[q - from]);
            }
        }
        return counts;
    }

    private static void tally(int[] distances, byte[] flags, int size, int[] counts) {
        for (int i = 0; i < size; i++) {
            counts[2 * distances[i] + flags[i]]++;
        }
    }

    private static void spread(int[] counts, int levels, int[] all, int[] relevant, int at) {
        for (int d = 0; d < levels; d++) {
            all[at + d] = counts[2 * d] + counts[2 * d + 1];
            relevant[at + d] = counts[2 * d + 1];
        }
    }
}
