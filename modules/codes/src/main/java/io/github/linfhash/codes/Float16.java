package io.github.linfhash.codes;

/** IEEE 754 numbers of 16 bits, which Java knows from version 20 on only. */
public final class Float16 {
    /** The bits of a number. */
    public static final int BITS = 16;

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

    /**
     * The bits of the number nearest to a value, of two equally near ones that with an even fraction, as IEEE 754 rounds; infinite from
     * 65520 on.
     */
    public static short of(float value) {
        if (Float.isNaN(value)) {
            return (short) ((LARGEST_EXPONENT << FRACTION_BITS) | (1 << (FRACTION_BITS - 1)));
        }
        int exponent = Math.max(Math.getExponent(value), 1 - BIAS);
        int infinite = LARGEST_EXPONENT << FRACTION_BITS;
        int bits = infinite;
        if (exponent <= BIAS) {
            double steps = Math.rint(Math.scalb(Math.abs((double) value), FRACTION_BITS - exponent));
            // Normal numbers have 1024 steps more than their fraction, which count as one exponent; a carry goes into
            // the exponent.
            bits = Math.min(infinite, ((exponent + BIAS - 1) << FRACTION_BITS) + (int) steps);
        }
        return (short) (value < 0 || 1 / value < 0 ? bits | (1 << (BITS - 1)) : bits);
    }
}
