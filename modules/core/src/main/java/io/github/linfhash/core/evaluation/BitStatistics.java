package io.github.linfhash.core.evaluation;

import io.github.linfhash.codes.BinaryCodes;

/**
 * How evenly the bits of codes are used: what Weiss, Torralba and Fergus (Spectral Hashing, NIPS 2008, equation 1) ask of good
 * codes, namely that each bit is 1 for half of the rows and that bits do not repeat each other.
 *
 * <p>Bits count as -1 and 1. All numbers come from sums over packed words of one bit each.
 */
public final class BitStatistics {
    private final int rows;
    private final long[][] columns;

    private BitStatistics(int rows, long[][] columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * Returns the statistics of some codes.
     *
     * @throws IllegalArgumentException if there is no code
     */
    public static BitStatistics of(BinaryCodes codes) {
        if (codes.size() == 0) {
            throw new IllegalArgumentException("bits are counted over codes, and there is none");
        }
        long[][] columns = new long[codes.bits()][(codes.size() + Long.SIZE - 1) / Long.SIZE];
        for (int i = 0; i < codes.size(); i++) {
            for (int w = 0; w < codes.words(); w++) {
                for (long left = codes.word(i, w); left != 0; left &= left - 1) {
                    columns[w * Long.SIZE + Long.numberOfTrailingZeros(left)][i / Long.SIZE] |= 1L << i;
                }
            }
        }
        return new BitStatistics(codes.size(), columns);
    }

    /** The mean over the bits of the absolute value of a bit's mean, 0..1: 0 where each is 1 for half of the rows. */
    public double bias() {
        double sum = 0;
        for (long[] column : columns) {
            int ones = 0;
            for (long word : column) {
                ones += Long.bitCount(word);
            }
            sum += Math.abs(2.0 * ones / rows - 1);
        }
        return sum / columns.length;
    }

    /**
     * The mean over all pairs of different bits of the absolute value of the mean of their product, 0..1: 0 where no bit
     * tells of another, 1 where each equals each other or its opposite. Means are not subtracted, as in the condition of
     * the source, so that constant bits count as equal; a single bit has nothing to repeat: 0.
     */
    public double correlation() {
        double sum = 0;
        for (int a = 1; a < columns.length; a++) {
            for (int b = 0; b < a; b++) {
                int different = 0;
                for (int w = 0; w < columns[a].length; w++) {
                    different += Long.bitCount(columns[a][w] ^ columns[b][w]);
                }
                sum += Math.abs(1 - 2.0 * different / rows);
            }
        }
        return columns.length == 1 ? 0 : sum / (columns.length * (columns.length - 1) / 2.0);
    }
}
