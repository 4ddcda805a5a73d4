package io.github.linfhash.codes;

/**
 * The function of a layer of an encoder, value by value: z = f(u), for any number of vectors, one after another.
 *
 * <p>The static methods are the functions themselves, with a scale above 0 for each value of a vector.
 */
@FunctionalInterface
public interface Activation {
    /** Sets z to f(u); both contain as many values, those of k vectors. */
    void apply(float[] u, float[] z);

    /** Bounded linear units, eq. (10) of Wang et al., IJCAI 2016: z = clip(u, -lambda, lambda). */
    static void boundedLinear(float[] lambda, float[] u, float[] z) {
        for (int from = 0; from < u.length; from += lambda.length) {
            for (int i = 0; i < lambda.length; i++) {
                z[from + i] = Math.max(-lambda[i], Math.min(lambda[i], u[from + i]));
            }
        }
    }

    /** Soft thresholds: z = u - clip(u, -theta, theta). */
    static void softThreshold(float[] theta, float[] u, float[] z) {
        for (int from = 0; from < u.length; from += theta.length) {
            for (int i = 0; i < theta.length; i++) {
                z[from + i] = u[from + i] - Math.max(-theta[i], Math.min(theta[i], u[from + i]));
            }
        }
    }

    /**
     * Hard thresholds with a ramp, of Wang, Ling and Huang, AAAI 2016: min(|u|, max(0, (|u| - theta) / sigma + theta)) with u's sign.
     *
     * @param ramp sigma, above 0 and at most 1
     */
    static void hardThreshold(float[] theta, float ramp, float[] u, float[] z) {
        for (int from = 0; from < u.length; from += theta.length) {
            for (int i = 0; i < theta.length; i++) {
                float length = Math.abs(u[from + i]);
                float onRamp = Math.max(0f, (length - theta[i]) / ramp + theta[i]);
                z[from + i] = Math.copySign(Math.min(length, onRamp), u[from + i]);
            }
        }
    }

    /** Scaled hyperbolic tangents: z = lambda tanh(u / lambda). */
    static void scaledTanh(float[] lambda, float[] u, float[] z) {
        for (int from = 0; from < u.length; from += lambda.length) {
            for (int i = 0; i < lambda.length; i++) {
                z[from + i] = lambda[i] * HyperbolicTangent.of(u[from + i] / lambda[i]);
            }
        }
    }

    /** Multiples: z = scale u. */
    static void multiply(float[] scale, float[] u, float[] z) {
        for (int from = 0; from < u.length; from += scale.length) {
            for (int i = 0; i < scale.length; i++) {
                z[from + i] = scale[i] * u[from + i];
            }
        }
    }

    /** Hyperbolic tangents: z = tanh(slope u). */
    static void tanh(float slope, float[] u, float[] z) {
        for (int i = 0; i < z.length; i++) {
            z[i] = HyperbolicTangent.of(slope * u[i]);
        }
    }
}
