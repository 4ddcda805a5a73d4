package io.github.linfhash.core.evaluation;

/**
 * Measures of a ranking by real distances, the smallest first, in expectation over all orders of equal distances; safe for threads.
 *
 * <p>Distances count as equal where they are the same float. They become whole numbers in the same order, with the relevance as the last
 * bit, which three passes of a radix sort put in order.
 */
public final class DistanceRanking {
    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;
    private static final int PASSES = 3;

    private final TieSums sums;

    /** Of a database of so many rows. */
    public DistanceRanking(int databaseSize) {
        this.sums = new TieSums(databaseSize);
    }

    /**
     * The quality of one query's ranking.
     *
     * @param averagePrecision over the whole ranking, within 0..1; 0 with nothing relevant
     * @param precision the share of relevant rows among the first k
     */
    public record Values(double averagePrecision, double precision) {}

    /**
     * Measures one query.
     *
     * @param distances to each row of the database; NaN is behind everything else
     * @param relevant 1 for each relevant row, else 0
     * @param k of the precision, at least 1; a smaller database is taken whole
     * @throws IllegalArgumentException if there are not as many of both as the database has rows, or k is less than 1
     */
    public Values of(float[] distances, byte[] relevant, int k) {
        int n = sums.databaseSize();
        if (distances.length != n || relevant.length != n || k < 1) {
            throw new IllegalArgumentException(distances.length + " distances and " + relevant.length
                    + " marks for a database of " + n + ", to rank " + k);
        }
        long[] sorted = sorted(distances, relevant);
        int cut = Math.min(k, n);
        int hits = 0;
        double sum = 0;
        double hitsOfCut = 0;
        for (int from = 0, to; from < n; from = to) {
            int ofTie = 0;
            for (to = from; to < n && sorted[to] >>> 1 == sorted[from] >>> 1; to++) {
                ofTie += (int) (sorted[to] & 1);
            }
            int size = to - from;
            if (from < cut) {
                hitsOfCut += (double) ofTie * Math.min(size, cut - from) / size;
            }
            if (ofTie > 0) {
                sum += size == 1 ? (hits + 1.0) / to : sums.expected(from, hits, size, ofTie, size);
                hits += ofTie;
            }
        }
        return new Values(hits == 0 ? 0 : sum / hits, hitsOfCut / cut);
    }

    /** For each row its distance as a number of 32 bits in the same order, then whether it is relevant. */
    private static long[] sorted(float[] distances, byte[] relevant) {
        long[] keys = new long[distances.length];
        int[][] next = new int[PASSES][DIGITS + 1];
        for (int i = 0; i < keys.length; i++) {
            // Adding 0 makes one zero of both.
            int bits = Float.floatToIntBits(distances[i] + 0f);
            int ordered = bits ^ ((bits >> 31) | Integer.MIN_VALUE);
            keys[i] = Integer.toUnsignedLong(ordered) << 1 | relevant[i];
            for (int pass = 0; pass < PASSES; pass++) {
                next[pass][digit(keys[i], pass) + 1]++;
            }
        }
        long[] from = keys;
        long[] to = new long[keys.length];
        for (int pass = 0; pass < PASSES; pass++) {
            int[] places = next[pass];
            for (int digit = 0; digit < DIGITS; digit++) {
                places[digit + 1] += places[digit];
            }
            for (long key : from) {
                to[places[digit(key, pass)]++] = key;
            }
            long[] swapped = from;
            from = to;
            to = swapped;
        }
        return from;
    }

    /** One of the digits of the 33 bits, the lowest first. */
    private static int digit(long key, int pass) {
        return (int) (key >>> (pass * DIGIT_BITS)) & (DIGITS - 1);
    }
}
