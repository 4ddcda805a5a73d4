package io.github.linfhash.codes;

/**
 * The hyperbolic tangent in float32, from Lambert's continued fraction x / (1 + x^2 / (3 + x^2 / (5 + ...))).
 *
 * <p>The 13th convergent is a ratio of two polynomials in q = x^2 whose coefficients are all positive, so nothing
 * cancels: its relative error is below 4e-8 for |x| up to 9, where float32 cannot tell tanh from 1. It has no branch and
 * no table, so that loops over it are vectorized; {@link Math#tanh} is some thirty times slower.
 */
public final class HyperbolicTangent {
    private static final float LIMIT = 9;
    private static final float A0 = (float) 7905853580625.0;
    private static final float A1 = (float) 1159525191825.0;
    private static final float A2 = (float) 41247931725.0;
    private static final float A3 = (float) 523783260.0;
    private static final float A4 = (float) 2552550.0;
    private static final float A5 = (float) 4095.0;
    private static final float A6 = (float) 1.0;
    private static final float B0 = (float) 7905853580625.0;
    private static final float B1 = (float) 3794809718700.0;
    private static final float B2 = (float) 252070693875.0;
    private static final float B3 = (float) 5237832600.0;
    private static final float B4 = (float) 41351310.0;
    private static final float B5 = (float) 120120.0;
    private static final float B6 = (float) 91.0;

    private HyperbolicTangent() {}

    /** Returns tanh of a value. */
    public static float of(float value) {
        float x = Math.max(-LIMIT, Math.min(LIMIT, value));
        float q = x * x;
        float numerator = A0 + q * (A1 + q * (A2 + q * (A3 + q * (A4 + q * (A5 + q * A6)))));
        float denominator = B0 + q * (B1 + q * (B2 + q * (B3 + q * (B4 + q * (B5 + q * B6)))));
        return Math.max(-1f, Math.min(1f, x * numerator / denominator));
    }
}
