package io.github.linfhash.encoders.training;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * A code of N bits, of 1 and -1, for each of C classes: rows of Sylvester's Hadamard matrix, then of its negative, where N is a power of
 * two and C at most 2 N; else drawn at random, each bit by itself. Different rows of the matrix differ in half of the bits. Random codes do on
 * average; they are not checked for being far apart.
 */
final class HashCenters {
    private HashCenters() {}

    /** The codes, an array of N bits for each class. */
    static byte[][] of(int classes, int bits, UniformRandomProvider random) {
        boolean hadamard = Integer.bitCount(bits) == 1 && classes <= 2 * bits;
        byte[][] centers = new byte[classes][bits];
        for (int c = 0; c < classes; c++) {
            for (int bit = 0; bit < bits; bit++) {
                boolean positive = hadamard ? hadamard(c, bit, bits) : random.nextBoolean();
                centers[c][bit] = (byte) (positive ? 1 : -1);
            }
        }
        return centers;
    }

    private static boolean hadamard(int row, int column, int bits) {
        boolean even = Integer.bitCount(row % bits & column) % 2 == 0;
        return even == row < bits;
    }
}
