package io.github.linfhash.encoders.layers;

import io.github.linfhash.codes.Activation;

/**
 * Soft thresholds (SHeLU): z = sign(u) max(|u| - theta, 0), with theta = exp(rho) for each unit.
 *
 * <p>This is diag(1/theta), the unit soft threshold and diag(theta) with tied diagonals, as LISTA has them (Gregor and
 * LeCun, ICML 2010; Wang et al., 2016b). The gradient with respect to u is 1 where z is not 0, else 0; that with respect
 * to theta is -sign(u) there. Written as u - clip(u, -theta, theta), it shares its arithmetic with
 * {@link BoundedLinear}.
 */
public final class SoftThreshold extends ScaledActivation {
    static final String FUNCTION = "soft-threshold";

    /**
     * Units that share one initial threshold.
     *
     * @param name of the parameter rho
     * @param theta the initial threshold, above 0
     */
    public SoftThreshold(String name, int units, double theta) {
        super(name, units, theta);
    }

    @Override
    public String function() {
        return FUNCTION;
    }

    @Override
    void apply(float[] theta, float[] u, float[] z) {
        Activation.softThreshold(theta, u, z);
    }

    @Override
    void differentiate(float[] theta, float[] u, float[] z, float[] gradient, float[] scaleGradient) {
        for (int i = 0; i < theta.length; i++) {
            float side = Positive.sign(z[i]);
            scaleGradient[i] = -gradient[i] * side * theta[i];
            gradient[i] *= Math.abs(side);
        }
    }

    @Override
    boolean saturated(float theta, float u, float z) {
        return z == 0;
    }
}
