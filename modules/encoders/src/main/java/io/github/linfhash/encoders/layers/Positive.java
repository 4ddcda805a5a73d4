package io.github.linfhash.encoders.layers;

/** Arithmetic of scales that are kept positive as exponentials, written so that the compiler can vectorize it. */
final class Positive {
    private static final float STEEP = 1e30f;

    private Positive() {}

    /** Repeats exp(rho) for every column: {@code target[c * units + i]} becomes the scale of unit i. */
    static void tileExponentials(UnitParameter rho, float[] target) {
        int units = rho.rows();
        for (int i = 0; i < units; i++) {
            target[i] = (float) Math.exp(rho.get(i));
        }
        for (int filled = units; filled < target.length; filled *= 2) {
            System.arraycopy(target, 0, target, filled, Math.min(filled, target.length - filled));
        }
    }

    /** -1, 0 or 1, without a branch: exact for 0 and for every magnitude above 1e-30. */
    static float sign(float value) {
        return Math.max(-1f, Math.min(1f, value * STEEP));
    }
}
