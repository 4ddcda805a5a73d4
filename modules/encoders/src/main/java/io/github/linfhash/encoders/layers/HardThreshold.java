package io.github.linfhash.encoders.layers;

import io.github.linfhash.codes.Activation;

/**
 * Hard thresholds (HELU): z = u where |u| is at least theta, else 0, with theta = exp(rho) for each unit; Wang, Ling and
 * Huang, "Learning deep l0 encoders" (AAAI 2016).
 *
 * <p>HELU jumps at theta, so that nothing could be learned of it by gradients. The paper trains what is continuous: with v = u /
 * theta, z is 0 up to |v| = 1 - sigma, rises to theta sign(v) at |v| = 1 and is u from there.
 */
public final class HardThreshold extends ScaledActivation {
    static final String FUNCTION = "hard-threshold";

    private final float ramp;

    /**
     * Units that share one initial threshold.
     *
     * @param name of the parameter rho
     * @param theta the initial threshold, above 0
     * @param ramp sigma, above 0 and at most 1
     */
    public HardThreshold(String name, int units, double theta, double ramp) {
        super(name, units, theta);
        this.ramp = (float) ramp;
    }

    double ramp() {
        return ramp;
    }

    @Override
    public String function() {
        return FUNCTION;
    }

    /** The ramp is steeper than u is, and meets it at theta. */
    @Override
    void apply(float[] theta, float[] u, float[] z) {
        Activation.hardThreshold(theta, ramp, u, z);
    }

    @Override
    void differentiate(float[] theta, float[] u, float[] z, float[] gradient, float[] scaleGradient) {
        for (int i = 0; i < theta.length; i++) {
            float length = Math.abs(u[i]);
            boolean on = z[i] != 0 && length < theta[i];
            float slope = z[i] == 0 ? 0 : on ? 1 / ramp : 1;
            scaleGradient[i] = on ? gradient[i] * Math.signum(u[i]) * (1 - 1 / ramp) * theta[i] : 0;
            gradient[i] *= slope;
        }
    }

    @Override
    boolean saturated(float theta, float u, float z) {
        return z == 0;
    }
}
