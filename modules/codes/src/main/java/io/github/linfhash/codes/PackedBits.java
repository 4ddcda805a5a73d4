package io.github.linfhash.codes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Codes of single bits where they lie, in bytes: bit b is bit {@code b % 8} of byte {@code b / 8}. The results are those of {@link
 * BitPlanes}, into which nothing has to be copied.
 */
final class PackedBits {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private PackedBits() {}

    /** Eight bytes as a word, or as many as there are before {@code end}. */
    static long word(byte[] bytes, int at, int end) {
        if (at + 8 <= end) {
            return (long) WORDS.get(bytes, at);
        }
        long word = 0;
        for (int k = at; k < end; k++) {
            word |= (bytes[k] & 0xffL) << (8 * (k - at));
        }
        return word;
    }

    /** The number of bits in which a code of so many bytes differs from a query's words. */
    static int hamming(byte[] codes, int at, int width, long[] query) {
        int distance = 0;
        int full = width >> 3;
        for (int w = 0; w < full; w++) {
            distance += Long.bitCount((long) WORDS.get(codes, at + 8 * w) ^ query[w]);
        }
        return full < query.length
                ? distance + Long.bitCount(word(codes, at + 8 * full, at + width) ^ query[full])
                : distance;
    }

    /**
     * The sum of a rounded query's values where a code has a 1: its least value for each 1, and its step times the whole numbers.
     *
     * @param query of four planes, which lie word by word
     */
    static float product(byte[] codes, int at, int width, UniformQuery query) {
        long[] words = query.numbers().words();
        int ones = 0;
        int sum = 0;
        int full = width >> 3;
        for (int w = 0; w < full; w++) {
            long word = (long) WORDS.get(codes, at + 8 * w);
            int q = 4 * w;
            ones += Long.bitCount(word);
            sum += Long.bitCount(word & words[q])
                    + (Long.bitCount(word & words[q + 1]) << 1)
                    + (Long.bitCount(word & words[q + 2]) << 2)
                    + (Long.bitCount(word & words[q + 3]) << 3);
        }
        if (8 * full < width) {
            long word = word(codes, at + 8 * full, at + width);
            ones += Long.bitCount(word);
            for (int p = 0; p < 4; p++) {
                sum += Long.bitCount(word & words[4 * full + p]) << p;
            }
        }
        return query.low() * ones + query.step() * sum;
    }

    /** The sum of float32 values where a code has a 1, by a {@linkplain BitPlanes#table table} for each eight of them. */
    static float product(byte[] codes, int at, int width, float[] table) {
        float sum = 0;
        int k = 0;
        int base = 0;
        for (; k + 8 <= width; k += 8, base += 2048) {
            sum += table[base + (codes[at + k] & 255)]
                    + table[base + 256 + (codes[at + k + 1] & 255)]
                    + table[base + 512 + (codes[at + k + 2] & 255)]
                    + table[base + 768 + (codes[at + k + 3] & 255)]
                    + table[base + 1024 + (codes[at + k + 4] & 255)]
                    + table[base + 1280 + (codes[at + k + 5] & 255)]
                    + table[base + 1536 + (codes[at + k + 6] & 255)]
                    + table[base + 1792 + (codes[at + k + 7] & 255)];
        }
        float left = 0;
        for (; k < width; k++, base += 256) {
            left += table[base + (codes[at + k] & 255)];
        }
        return sum + left;
    }
}
