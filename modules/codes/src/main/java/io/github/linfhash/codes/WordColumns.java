package io.github.linfhash.codes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Bit counts of codes in columns of 32-bit words. C2 makes vector instructions of these loops, on a processor with VPOPCNTDQ of the counts as
 * well, where their arrays have constant or equal lengths and no offsets.
 */
final class WordColumns {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private WordColumns() {}

    /** The words of so many bits. */
    static int words(int bits) {
        return (bits + 31) / 32;
    }

    /**
     * The 32-bit words of one code.
     *
     * @param code words of 64 numbers, plane by plane
     * @param numbers of the code
     * @return words of 32 numbers, plane by plane
     */
    static int[] of(long[] code, int planes, int numbers) {
        int[] words = new int[words(numbers) * planes];
        for (int w = 0; w < words.length; w++) {
            int group = w / planes;
            words[w] = (int) (code[group / 2 * planes + w % planes] >>> (32 * (group % 2)));
        }
        return words;
    }

    /** Turns codes of so many bytes, one after the other, into columns. */
    static void turn(byte[] rows, int width, Block target) {
        for (int w = 0; w < target.words(); w++) {
            int[] column = target.word(w);
            for (int i = 0; i < column.length; i++) {
                column[i] = word(rows, i * width + 4 * w, (i + 1) * width);
            }
        }
    }

    /** Four bytes as a word, or as many as there are before {@code end}. */
    private static int word(byte[] bytes, int at, int end) {
        if (at + Integer.BYTES <= end) {
            return (int) INTS.get(bytes, at);
        }
        int word = 0;
        for (int k = at; k < end; k++) {
            word |= (bytes[k] & 0xff) << (8 * (k - at));
        }
        return word;
    }

    /** The number of bits in which each code differs from a query's words. */
    static void hamming(IntFunction<int[]> columns, int[] query, int[] target) {
        Arrays.fill(target, 0);
        int w = 0;
        for (; w + 2 <= query.length; w += 2) {
            addDifferences(columns.apply(w), columns.apply(w + 1), query[w], query[w + 1], target);
        }
        if (w < query.length) {
            addDifferences(columns.apply(w), query[w], target);
        }
    }

    private static void addDifferences(int[] first, int[] second, int a, int b, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += Integer.bitCount(first[i] ^ a) + Integer.bitCount(second[i] ^ b);
        }
    }

    private static void addDifferences(int[] words, int a, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += Integer.bitCount(words[i] ^ a);
        }
    }

    /**
     * The sums of the products of each code's numbers with a query's.
     *
     * @param columns of 32 numbers, plane by plane
     * @param planes of a code
     * @param query words of 32 numbers, plane by plane
     * @param ofQuery planes of the query
     */
    static void products(IntFunction<int[]> columns, int planes, int[] query, int ofQuery, int[] target) {
        Arrays.fill(target, 0);
        for (int w = 0; w < query.length / ofQuery * planes; w++) {
            int[] words = columns.apply(w);
            int at = w / planes * ofQuery;
            int q = 0;
            for (; q + 4 <= ofQuery; q += 4) {
                int shift = w % planes + q;
                addFour(words, query[at + q], query[at + q + 1], query[at + q + 2], query[at + q + 3], shift, target);
            }
            for (; q < ofQuery; q++) {
                addOne(words, query[at + q], w % planes + q, target);
            }
        }
    }

    private static void addFour(int[] words, int a, int b, int c, int d, int shift, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            int word = words[i];
            sums[i] += (Integer.bitCount(word & a)
                            + (Integer.bitCount(word & b) << 1)
                            + (Integer.bitCount(word & c) << 2)
                            + (Integer.bitCount(word & d) << 3))
                    << shift;
        }
    }

    private static void addOne(int[] words, int a, int shift, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += Integer.bitCount(words[i] & a) << shift;
        }
    }
}
