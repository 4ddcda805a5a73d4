package io.github.linfhash.codes;

/**
 * A vector rounded to whole numbers 0..2^B - 1 on a grid between its least and its largest value: x_j = low + step * u_j.
 *
 * @param numbers u, one code
 * @param low the least value
 * @param step between two neighboring values; 0 for a vector of equal values
 */
public record UniformQuery(BitPlanes numbers, float low, float step) {
    /** Rounds each value to the nearest on the grid. */
    public static UniformQuery of(float[] vector, int bits) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : vector) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        int most = (1 << bits) - 1;
        float step = (high - low) / most;
        byte[] numbers = new byte[vector.length];
        for (int j = 0; j < vector.length && step > 0; j++) {
            numbers[j] = (byte) Math.min(most, Math.round((vector[j] - low) / step));
        }
        return new UniformQuery(BitPlanes.of(1, vector.length, bits, numbers), low, step);
    }

    /** The sum of the products of a code's numbers with this vector's values, from whole numbers. */
    public float product(BitPlanes codes, int i) {
        return low * codes.sum(i) + step * codes.product(i, numbers, 0);
    }
}
