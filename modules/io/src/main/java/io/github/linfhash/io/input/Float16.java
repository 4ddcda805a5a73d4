package io.github.linfhash.io.input;

/** IEEE 754 numbers of 16 bits, which Java knows from version 20 on only. */
public final class Float16 {
    private static final int FRACTION_BITS = 10;
    private static final int FRACTION = (1 << FRACTION_BITS) - 1;
    private static final int LARGEST_EXPONENT = 31;
    private static final int BIAS = 15;

    private Float16() {}

    /** The number that the bits stand for; float32 holds all of them exactly. */
    public static float toFloat(short bits) {
        int exponent = (bits >> FRACTION_BITS) & LARGEST_EXPONENT;
        int fraction = bits & FRACTION;
        float magnitude;
        if (exponent == LARGEST_EXPONENT) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            magnitude = Math.scalb((float) fraction, 1 - BIAS - FRACTION_BITS);
        } else {
            magnitude = Math.scalb((float) (FRACTION + 1 + fraction), exponent - BIAS - FRACTION_BITS);
        }
        return bits < 0 ? -magnitude : magnitude;
    }
}
