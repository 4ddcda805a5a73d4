package io.github.linfhash.core.evaluation;

import io.github.linfhash.codes.BinaryCodes;
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

    /** Codes of a block: with a word and a distance for each 12 KiB, with four words 36 KiB, which stay in a processor's caches. */
    private static final int BLOCK_ROWS = 1024;

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
        int batches = (queries.size() + QUERIES_OF_BATCH - 1) / QUERIES_OF_BATCH;
        IntStream.range(0, batches).parallel().forEach(batch -> {
            int from = batch * QUERIES_OF_BATCH;
            int to = Math.min(queries.size(), from + QUERIES_OF_BATCH);
            int[][] counts = count(queries, from, to, database, relevance);
            for (int q = from; q < to; q++) {
                spread(counts[q - from], levels, all, relevant, q * levels);
            }
        });
        return new DistanceHistograms(queries.size(), queries.bits(), all, relevant);
    }

    /** For each query of a batch, counts by distance and relevance: entry 2 d + 1 has the relevant codes at distance d. */
    private static int[][] count(BinaryCodes queries, int from, int to, BinaryCodes database, Relevance relevance) {
        int[][] counts = new int[to - from][2 * (queries.bits() + 1)];
        int[][] partial = new int[to - from][BLOCK_ROWS];
        byte[] flags = new byte[BLOCK_ROWS];
        BlockDistances block = new BlockDistances();
        int lastGroup = (database.words() - 1) / BlockDistances.WORDS;
        for (int first = 0; first < database.size(); first += BLOCK_ROWS) {
            int size = Math.min(BLOCK_ROWS, database.size() - first);
            for (int group = 0; group <= lastGroup; group++) {
                block.load(database, first, size, group);
                for (int q = 0; q < partial.length; q++) {
                    if (group == 0) {
                        block.clear();
                    } else {
                        block.set(partial[q]);
                    }
                    block.add(queries, from + q);
                    if (group < lastGroup) {
                        block.get(partial[q]);
                    } else {
                        relevance.mark(from + q, first, size, flags);
                        tally(block.cells, flags, size, counts[q]);
                    }
                }
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
     * Distances to the codes of a block, up to four words at a time, in one array with what they are counted from: a distance for
     * each code, then the lower half of word 0 of each code, then the upper half, and so on. In a loop over one array, between
     * places that the compiler can tell apart, Java 17 counts bits in vector registers, where the processor can; in a loop over two
     * arrays of int, which could be the same, it does not.
     */
    private static final class BlockDistances {
        static final int WORDS = 4;

        private final int[] cells = new int[(1 + 2 * WORDS) * BLOCK_ROWS];
        private final int[] query = new int[2 * WORDS];
        private int firstWord;
        private int words;

        /** Takes the words of a group, four or as many as there are, of the codes from {@code first} on. */
        void load(BinaryCodes database, int first, int size, int group) {
            firstWord = group * WORDS;
            words = Math.min(WORDS, database.words() - firstWord);
            Arrays.fill(cells, 0);
            for (int w = 0; w < words; w++) {
                int at = (1 + 2 * w) * BLOCK_ROWS;
                for (int i = 0; i < size; i++) {
                    long value = database.word(first + i, firstWord + w);
                    cells[at + i] = (int) value;
                    cells[at + BLOCK_ROWS + i] = (int) (value >>> Integer.SIZE);
                }
            }
        }

        void clear() {
            Arrays.fill(cells, 0, BLOCK_ROWS, 0);
        }

        void set(int[] distances) {
            System.arraycopy(distances, 0, cells, 0, BLOCK_ROWS);
        }

        void get(int[] distances) {
            System.arraycopy(cells, 0, distances, 0, BLOCK_ROWS);
        }

        /** Adds the distances between the words of this group of a query and of the codes. */
        void add(BinaryCodes queries, int index) {
            Arrays.fill(query, 0);
            for (int w = 0; w < words; w++) {
                long value = queries.word(index, firstWord + w);
                query[2 * w] = (int) value;
                query[2 * w + 1] = (int) (value >>> Integer.SIZE);
            }
            switch (words) {
                case 1 -> addOne(cells, query);
                case 2 -> addTwo(cells, query);
                default -> addFour(cells, query);
            }
        }

        private static void addOne(int[] cells, int[] query) {
            int q0 = query[0];
            int q1 = query[1];
            for (int i = 0; i < BLOCK_ROWS; i++) {
                cells[i] +=
                        Integer.bitCount(q0 ^ cells[i + BLOCK_ROWS]) + Integer.bitCount(q1 ^ cells[i + 2 * BLOCK_ROWS]);
            }
        }

        private static void addTwo(int[] cells, int[] query) {
            int q0 = query[0];
            int q1 = query[1];
            int q2 = query[2];
            int q3 = query[3];
            for (int i = 0; i < BLOCK_ROWS; i++) {
                cells[i] += Integer.bitCount(q0 ^ cells[i + BLOCK_ROWS])
                        + Integer.bitCount(q1 ^ cells[i + 2 * BLOCK_ROWS])
                        + Integer.bitCount(q2 ^ cells[i + 3 * BLOCK_ROWS])
                        + Integer.bitCount(q3 ^ cells[i + 4 * BLOCK_ROWS]);
            }
        }

        private static void addFour(int[] cells, int[] query) {
            int q0 = query[0];
            int q1 = query[1];
            int q2 = query[2];
            int q3 = query[3];
            int q4 = query[4];
            int q5 = query[5];
            int q6 = query[6];
            int q7 = query[7];
            for (int i = 0; i < BLOCK_ROWS; i++) {
                cells[i] += Integer.bitCount(q0 ^ cells[i + BLOCK_ROWS])
                        + Integer.bitCount(q1 ^ cells[i + 2 * BLOCK_ROWS])
                        + Integer.bitCount(q2 ^ cells[i + 3 * BLOCK_ROWS])
                        + Integer.bitCount(q3 ^ cells[i + 4 * BLOCK_ROWS])
                        + Integer.bitCount(q4 ^ cells[i + 5 * BLOCK_ROWS])
                        + Integer.bitCount(q5 ^ cells[i + 6 * BLOCK_ROWS])
                        + Integer.bitCount(q6 ^ cells[i + 7 * BLOCK_ROWS])
                        + Integer.bitCount(q7 ^ cells[i + 8 * BLOCK_ROWS]);
            }
        }
    }
}
