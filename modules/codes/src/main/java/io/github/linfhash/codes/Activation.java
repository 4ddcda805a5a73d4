package io.github.linfhash.codes;

/**
 * The function of a layer of an encoder, value by value: z = f(u).
 *
 * <p>The static methods are the functions themselves, with a scale above 0 for each value. Training applies them to blocks of vectors,
 * {@link EncoderNetwork} to single ones.
 */
@FunctionalInterface
public interface Activation {
    /** Sets z to f(u); both have as many values. */
    void apply(float[] u, float[] z);

    /** Bounded linear units, eq. (10) of Wang et al., IJCAI 2016: z = clip(u, -lambda, lambda). */
    static void boundedLinear(float[] lambda, float[] u, float[] z) {
        for (int i = 0; i < lambda.length; i++) {
            z[i] = Math.max(-lambda[i], Math.min(lambda[i], u[i]));
        }
    }

    /** Soft thresholds: z = u - clip(u, -theta, theta). */
    static void softThreshold(float[] theta, float[] u, float[] z) {
        for (int i = 0; i < theta.length; i++) {
            z[i] = u[i] - Math.max(-theta[i], Math.min(theta[i], u[i]));
        }
    }

    /**
     * Hard thresholds with a ramp, of Wang, Ling and Huang, AAAI 2016: min(|u|, max(0, (|u| - theta) / sigma + theta)) with u's sign.
     *
     * @param ramp sigma, above 0 and at most 1
     */
    static void hardThreshold(float[] theta, float ramp, float[] u, float[] z) {
        for (int i = 0; i < theta.length; i++) {
            float length = Math.abs(u[i]);
            float onRamp = Math.max(0f, (length - theta[i]) / ramp + theta[i]);
            z[i] = Math.copySign(Math.min(length, onRamp), u[i]);
        }
    }

    /** Scaled hyperbolic tangents: z = lambda tanh(u / lambda). */
    static void scaledTanh(float[] lambda, float[] u, float[] z) {
        for (int i = 0; i < lambda.length; i++) {
            z[i] = lambda[i] * HyperbolicTangent.of(u[i] / lambda[i]);
        }
    }

    /** Multiples: z = scale u. */
    static void multiply(float[] scale, float[] u, float[] z) {
        for (int i = 0; i < scale.length; i++) {
            z[i] = scale[i] * u[i];
        }
    }

    /** Hyperbolic tangents: z = tanh(slope u). */
    static void tanh(float slope, float[] u, float[] z) {
        for (int i = 0; i < z.length; i++) {
            z[i] = HyperbolicTangent.of(slope * u[i]);
        }
    }
}
