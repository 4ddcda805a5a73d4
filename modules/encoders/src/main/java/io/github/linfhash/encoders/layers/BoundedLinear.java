package io.github.linfhash.encoders.layers;

import io.github.linfhash.codes.Activation;
import java.util.Optional;

/**
 * Bounded linear units (BLU), eq. (10) of the paper: z = clip(u, -lambda, lambda), with lambda = exp(rho) for each unit.
 *
 * <p>This is diag(1/lambda), the unit BLU and diag(lambda) of the paper's figure 2 with the two diagonals tied as
 * reciprocals. The gradient with respect to u is 1 inside the box and 0 outside; that with respect to lambda is 0 inside
 * and sign(u) outside. The parameter is rho, so that lambda stays positive.
 */
public final class BoundedLinear extends ScaledActivation {
    static final String FUNCTION = "bounded-linear";

    /**
     * Units that share one initial bound.
     *
     * @param name of the parameter rho
     * @param lambda the initial bound, above 0
     */
    public BoundedLinear(String name, int units, double lambda) {
        super(name, units, lambda);
    }

    @Override
    public String function() {
        return FUNCTION;
    }

    @Override
    public Optional<float[]> bounds() {
        return Optional.of(scales(1));
    }

    @Override
    void apply(float[] lambda, float[] u, float[] z) {
        Activation.boundedLinear(lambda, u, z);
    }

    @Override
    void differentiate(float[] lambda, float[] u, float[] z, float[] gradient, float[] scaleGradient) {
        for (int i = 0; i < lambda.length; i++) {
            float side = Positive.sign(u[i] - z[i]);
            scaleGradient[i] = gradient[i] * side * lambda[i];
            gradient[i] *= 1 - Math.abs(side);
        }
    }

    @Override
    boolean saturated(float lambda, float u, float z) {
        return u != z;
    }
}
