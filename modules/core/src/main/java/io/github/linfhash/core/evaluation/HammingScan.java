package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.features.Relevance;
import java.util.Arrays;
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

    /**
     * The codes of a database in blocks that stay in a processor's cache. Inside a block the codes lie word by word: first
     * word 0 of each code, then word 1 of each, so that the loops over codes have no stride.
     */
    private static final class CodeBlocks {
        /** Words of a block: 32 KiB. */
        private static final int WORDS_OF_BLOCK = 1 << 12;

        private final int rows;
        private final int words;
        private final int blockRows;
        private final long[] values;

        CodeBlocks(BinaryCodes database) {
            this.rows = database.size();
            this.words = database.words();
            this.blockRows = Math.max(1, WORDS_OF_BLOCK / words);
            this.values = new long[Math.multiplyExact(rows, words)];
            for (int first = 0; first < rows; first += blockRows) {
                int size = size(first);
                for (int word = 0; word < words; word++) {
                    int at = first * words + word * size;
                    for (int i = 0; i < size; i++) {
                        values[at + i] = database.word(first + i, word);
                    }
                }
            }
        }

        /** The number of codes. */
        int rows() {
            return rows;
        }

        /** The number of codes of a block; the last block may have fewer. */
        int blockRows() {
            return blockRows;
        }

        /** The number of codes of the block that starts at a code. */
        int size(int first) {
            return Math.min(blockRows, rows - first);
        }

        /** Sets entry i to the distance between a query and code {@code first + i}, for each code of a block. */
        void distances(BinaryCodes queries, int query, int first, int[] distances) {
            int size = size(first);
            Arrays.fill(distances, 0, size, 0);
            int word = 0;
            for (; word + 4 <= words; word += 4) {
                addFour(queries, query, word, first * words + word * size, size, distances);
            }
            for (; word < words; word++) {
                addOne(queries.word(query, word), first * words + word * size, size, distances);
            }
        }

        private void addOne(long query, int at, int size, int[] distances) {
            for (int i = 0; i < size; i++) {
                distances[i] += Long.bitCount(query ^ values[at + i]);
            }
        }

        private void addFour(BinaryCodes queries, int query, int word, int at, int size, int[] distances) {
            long query0 = queries.word(query, word);
            long query1 = queries.word(query, word + 1);
            long query2 = queries.word(query, word + 2);
            long query3 = queries.word(query, word + 3);
            int at1 = at + size;
            int at2 = at1 + size;
            int at3 = at2 + size;
            for (int i = 0; i < size; i++) {
                distances[i] += Long.bitCount(query0 ^ values[at + i])
                        + Long.bitCount(query1 ^ values[at1 + i])
                        + Long.bitCount(query2 ^ values[at2 + i])
                        + Long.bitCount(query3 ^ values[at3 + i]);
            }
        }
    }
}
