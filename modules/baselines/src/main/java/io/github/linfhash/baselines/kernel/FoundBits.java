package io.github.linfhash.baselines.kernel;

import java.util.Arrays;

/**
 * The t x l matrix Y of the bits found so far, entries +1 and -1, for products with vectors; not safe for threads.
 *
 * <p>Eight bits of a row are one byte. A product with eight rows of Y adds each entry of the vector to the one of 256
 * sums that its byte names, and a product with eight columns adds to each entry the one of 256 values that its byte
 * names: an addition for each byte in place of eight, and a 64th of the memory that the matrix would take.
 */
final class FoundBits {
    private static final int BITS = 8;
    private static final int PATTERNS = 1 << BITS;

    private final byte[][] patterns;
    private final double[] even = new double[PATTERNS];
    private final double[] odd = new double[PATTERNS];
    private int count;

    /** No bit yet, with room for so many of l entries each. */
    FoundBits(int capacity, int length) {
        this.patterns = new byte[(capacity + BITS - 1) / BITS][length];
    }

    /** Appends a bit: the l entries from {@code first} on, each +1 or -1. */
    void append(double[] bit, int first) {
        byte[] pattern = patterns[count / BITS];
        int flag = 1 << count % BITS;
        for (int i = 0; i < pattern.length; i++) {
            if (bit[first + i] > 0) {
                pattern[i] |= (byte) flag;
            }
        }
        count++;
    }

    /** Sets the first t entries of the products to Y v. */
    void times(double[] v, double[] products) {
        for (int first = 0; first < count; first += BITS) {
            double[] sums = sums(patterns[first / BITS], v);
            // Bit by bit from the highest: rows with the bit are the upper half, and then both halves become one.
            for (int bit = BITS - 1; bit >= 0; bit--) {
                int half = 1 << bit;
                double difference = 0;
                for (int p = 0; p < half; p++) {
                    difference += sums[half + p] - sums[p];
                    sums[p] += sums[half + p];
                }
                if (first + bit < count) {
                    products[first + bit] = difference;
                }
            }
        }
    }

    /** The sum of v over the rows of each pattern; two tables, so that neighbours need not wait for each other. */
    private double[] sums(byte[] pattern, double[] v) {
        Arrays.fill(even, 0);
        Arrays.fill(odd, 0);
        int i = 0;
        for (; i + 1 < v.length; i += 2) {
            even[pattern[i] & 0xff] += v[i];
            odd[pattern[i + 1] & 0xff] += v[i + 1];
        }
        if (i < v.length) {
            even[pattern[i] & 0xff] += v[i];
        }
        for (int p = 0; p < PATTERNS; p++) {
            even[p] += odd[p];
        }
        return even;
    }

    /** Subtracts Y' w from the result, l entries. */
    void subtractTransposedTimes(double[] w, double[] result) {
        for (int first = 0; first < count; first += BITS) {
            subtract(patterns[first / BITS], combinations(w, first), result);
        }
    }

    private static void subtract(byte[] pattern, double[] values, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] -= values[pattern[i] & 0xff];
        }
    }

    /** For each pattern of eight bits, the sum of their weights with the signs that it gives them. */
    private double[] combinations(double[] w, int first) {
        double[] values = even;
        values[0] = 0;
        int known = Math.min(BITS, count - first);
        for (int bit = 0; bit < known; bit++) {
            values[0] -= w[first + bit];
        }
        for (int pattern = 1; pattern < 1 << known; pattern++) {
            int lowest = Integer.numberOfTrailingZeros(pattern);
            values[pattern] = values[pattern & (pattern - 1)] + 2 * w[first + lowest];
        }
        return values;
    }
}
