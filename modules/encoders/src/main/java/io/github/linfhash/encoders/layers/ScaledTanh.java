package io.github.linfhash.encoders.layers;

import io.github.linfhash.codes.Activation;

/**
 * Hyperbolic tangents in the place of bounded linear units: z = lambda tanh(u / lambda), lambda = exp(rho) for each unit.
 *
 * <p>They have the slope at 0, the range and the parameters of {@link BoundedLinear}, but saturate gradually: the
 * comparison that figure 3 of the paper draws.
 */
public final class ScaledTanh extends ScaledActivation {
    static final String FUNCTION = "scaled-tanh";

    private static final float NEARLY_ONE = 0.99f;

    /**
     * Units that share one initial scale.
     *
     * @param name of the parameter rho
     * @param lambda the initial scale, above 0
     */
    public ScaledTanh(String name, int units, double lambda) {
        super(name, units, lambda);
    }

    @Override
    public String function() {
        return FUNCTION;
    }

    @Override
    void apply(float[] lambda, float[] u, float[] z) {
        Activation.scaledTanh(lambda, u, z);
    }

    @Override
    void differentiate(float[] lambda, float[] u, float[] z, float[] gradient, float[] scaleGradient) {
        for (int i = 0; i < lambda.length; i++) {
            float tanh = z[i] / lambda[i];
            float slope = 1 - tanh * tanh;
            scaleGradient[i] = gradient[i] * (z[i] - u[i] * slope);
            gradient[i] *= slope;
        }
    }

    @Override
    boolean saturated(float lambda, float u, float z) {
        return Math.abs(z) > NEARLY_ONE * lambda;
    }
}
