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
        float[] bounds = repeated(lambda, u.length);
        for (int i = 0; i < z.length; i++) {
            z[i] = Math.max(-bounds[i], Math.min(bounds[i], u[i]));
        }
    }

    /** Soft thresholds: z = u - clip(u, -theta, theta). */
    static void softThreshold(float[] theta, float[] u, float[] z) {
        float[] thresholds = repeated(theta, u.length);
        for (int i = 0; i < z.length; i++) {
            z[i] = u[i] - Math.max(-thresholds[i], Math.min(thresholds[i], u[i]));
        }
    }

    /**
     * Hard thresholds with a ramp, of Wang, Ling and Huang, AAAI 2016: min(|u|, max(0, (|u| - theta) / sigma + theta)) with u's sign.
     *
     * @param ramp sigma, above 0 and at most 1
     */
    static void hardThreshold(float[] theta, float ramp, float[] u, float[] z) {
        float[] thresholds = repeated(theta, u.length);
        for (int i = 0; i < z.length; i++) {
            float length = Math.abs(u[i]);
            float onRamp = Math.max(0f, (length - thresholds[i]) / ramp + thresholds[i]);
            z[i] = Math.copySign(Math.min(length, onRamp), u[i]);
        }
    }

    /** Scaled hyperbolic tangents: z = lambda tanh(u / lambda). */
    static void scaledTanh(float[] lambda, float[] u, float[] z) {
        float[] scales = repeated(lambda, u.length);
        for (int i = 0; i < z.length; i++) {
            z[i] = scales[i] * HyperbolicTangent.of(u[i] / scales[i]);
        }
    }

    /** Multiples: z = scale u. */
    static void multiply(float[] scale, float[] u, float[] z) {
        float[] scales = repeated(scale, u.length);
        for (int i = 0; i < z.length; i++) {
            z[i] = scales[i] * u[i];
        }
    }

    /** The values of a vector for all vectors, so that Java compiles one long loop over arrays to vector instructions. */
    private static float[] repeated(float[] values, int length) {
        if (values.length == length) {
            return values;
        }
        float[] all = new float[length];
        for (int from = 0; from < length; from += values.length) {
            System.arraycopy(values, 0, all, from, values.length);
        }
        return all;
    }

    /** Hyperbolic tangents: z = tanh(slope u). */
    static void tanh(float slope, float[] u, float[] z) {
        for (int i = 0; i < z.length; i++) {
            z[i] = HyperbolicTangent.of(slope * u[i]);
        }
    }
}
