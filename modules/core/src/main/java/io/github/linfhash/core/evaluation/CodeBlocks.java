package io.github.linfhash.core.evaluation;

import io.github.linfhash.core.codes.BinaryCodes;
import java.util.Arrays;

/**
 * The codes of a database in blocks that stay in a processor's cache. Inside a block the codes lie word by word: first
 * word 0 of each code, then word 1 of each, so that the loops over codes have no stride.
 */
final class CodeBlocks {
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
