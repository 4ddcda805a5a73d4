package io.github.linfhash.encoders.training;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * A code of N bits, of 1 and -1, for each of C classes, on average at least N / 2 bits from each other (Yuan et al., CSQ, CVPR 2020,
 * definition 1).
 *
 * <p>They are rows of Sylvester's Hadamard matrix of order H, the least power of two that is not below N, and of its negative: C of the
 * 2 H are drawn, and N of the columns. All rows of the matrix but a row and its negative differ in half of the columns. The first
 * rows and columns, which released programs take, repeat themselves: ten classes of 64 bits would be codes of 16 bits four times.
 * More than 2 H classes have codes whose bits are drawn one by one. Either way the draw is repeated until the mean distance is N / 2.
 */
final class HashCenters {
    /** About every second draw suffices, so that so many fail in one of 10^300 cases. */
    private static final int MOST_DRAWS = 1000;

    private HashCenters() {}

    /** The codes, an array of N bits for each class. */
    static byte[][] of(int classes, int bits, UniformRandomProvider random) {
        for (int draw = 0; draw < MOST_DRAWS; draw++) {
            byte[][] centers = draw(classes, bits, random);
            if (areFarApart(centers)) {
                return centers;
            }
        }
        throw new IllegalStateException("no " + classes + " centers of " + bits + " bits far apart were drawn");
    }

    private static byte[][] draw(int classes, int bits, UniformRandomProvider random) {
        int order = Integer.highestOneBit(2 * bits - 1);
        byte[][] centers = new byte[classes][bits];
        if (classes <= 2 * order) {
            int[] rows = new PermutationSampler(random, 2 * order, classes).sample();
            int[] columns = new PermutationSampler(random, order, bits).sample();
            Arrays.sort(columns);
            for (int c = 0; c < classes; c++) {
                for (int bit = 0; bit < bits; bit++) {
                    centers[c][bit] = (byte) (hadamard(rows[c], columns[bit], order) ? 1 : -1);
                }
            }
        } else {
            for (byte[] center : centers) {
                for (int bit = 0; bit < bits; bit++) {
                    center[bit] = (byte) (random.nextBoolean() ? 1 : -1);
                }
            }
        }
        return centers;
    }

    /** The sum over pairs of the products of their codes, which is N less twice the distance, is at most 0. */
    private static boolean areFarApart(byte[][] centers) {
        int bits = centers[0].length;
        long squares = 0;
        for (int bit = 0; bit < bits; bit++) {
            long sum = 0;
            for (byte[] center : centers) {
                sum += center[bit];
            }
            squares += sum * sum;
        }
        return squares <= (long) centers.length * bits;
    }

    private static boolean hadamard(int row, int column, int order) {
        boolean even = Integer.bitCount(row % order & column) % 2 == 0;
        return even == row < order;
    }
}
