package io.github.linfhash.quantizers.rabitq;

import java.util.Arrays;

/**
 * The vector y of half-odd coordinates within -(2^B - 1)/2 .. (2^B - 1)/2 whose direction is nearest to that of x: the largest
 * (x, y) / |y|, found exactly.
 *
 * <p>As Gao et al., SIGMOD 2025: the best y is the rounding of t x for some scale t; as t grows, one coordinate after another moves to
 * its next value. The sweep visits the scales at which one does, in order, and keeps the inner product and the squared length
 * up to date, O(2^B D log(2^B D)).
 */
final class GridCode {
    private final byte[] numbers;
    private final double product;
    private final double squaredLength;

    private GridCode(byte[] numbers, double product, double squaredLength) {
        this.numbers = numbers;
        this.product = product;
        this.squaredLength = squaredLength;
    }

    static GridCode of(float[] x, int bits) {
        int most = (1 << (bits - 1)) - 1;
        int[] levels = levels(x, most);
        byte[] numbers = new byte[x.length];
        double product = 0;
        double squaredLength = 0;
        for (int j = 0; j < x.length; j++) {
            double magnitude = levels[j] + 0.5;
            numbers[j] = (byte) (x[j] > 0 ? most + 1 + levels[j] : most - levels[j]);
            product += magnitude * Math.abs(x[j]);
            squaredLength += magnitude * magnitude;
        }
        return new GridCode(numbers, product, squaredLength);
    }

    /** How many steps each coordinate is from the innermost value, at the best scale. */
    private static int[] levels(float[] x, int most) {
        int[] levels = new int[x.length];
        if (most == 0) {
            return levels;
        }
        long[] moves = moves(x, most);
        double product = 0;
        for (float value : x) {
            product += 0.5 * Math.abs(value);
        }
        double squaredLength = x.length / 4.0;
        double best = product / Math.sqrt(squaredLength);
        int bestMoves = 0;
        for (int move = 0; move < moves.length; move++) {
            int j = (int) moves[move];
            levels[j]++;
            product += Math.abs(x[j]);
            squaredLength += 2.0 * levels[j];
            double cosine = product / Math.sqrt(squaredLength);
            if (cosine > best) {
                best = cosine;
                bestMoves = move + 1;
            }
        }
        Arrays.fill(levels, 0);
        for (int move = 0; move < bestMoves; move++) {
            levels[(int) moves[move]]++;
        }
        return levels;
    }

    /** The coordinates in the order of the scales k / |x_j|, k = 1..most, at which they move; the scale's float bits are above. */
    private static long[] moves(float[] x, int most) {
        long[] moves = new long[x.length * most];
        int count = 0;
        for (int j = 0; j < x.length; j++) {
            for (int k = 1; k <= most && x[j] != 0; k++) {
                float scale = k / Math.abs(x[j]);
                if (Float.isFinite(scale)) {
                    moves[count++] = (long) Float.floatToRawIntBits(scale) << 32 | j;
                }
            }
        }
        long[] sorted = Arrays.copyOf(moves, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** y + (2^B - 1)/2: whole numbers within 0 .. 2^B - 1. */
    byte[] numbers() {
        return numbers.clone();
    }

    /** (x, y). */
    double product() {
        return product;
    }

    /** (y, y). */
    double squaredLength() {
        return squaredLength;
    }
}
