package io.github.linfhash.encoders.layers;

import java.util.List;

/**
 * Soft thresholds (SHeLU): z = sign(u) max(|u| - theta, 0), with theta = exp(rho) for each unit.
 *
 * <p>This is diag(1/theta), the unit soft threshold and diag(theta) with tied diagonals, as LISTA has them (Gregor and
 * LeCun, ICML 2010; Wang et al., 2016b). The gradient with respect to u is 1 where z is not 0, else 0; that with respect
 * to theta is -sign(u) there. Written as u - clip(u, -theta, theta), it shares its arithmetic with
 * {@link BoundedLinear}.
 */
public final class SoftThreshold implements Neurons {
    static final String FUNCTION = "soft-threshold";

    private final int units;
    private final UnitVector rho;

    /**
     * Units that share one initial threshold.
     *
     * @param name of the parameter rho
     * @param theta the initial threshold, above 0
     */
    public SoftThreshold(String name, int units, double theta) {
        this.units = units;
        this.rho = new UnitVector(name, units, Math.log(theta));
    }

    @Override
    public String function() {
        return FUNCTION;
    }

    @Override
    public List<UnitVector> parameters() {
        return List.of(rho);
    }

    @Override
    public Kernel kernel(int columns) {
        return new ShrinkKernel(rho, units * columns);
    }

    private static final class ShrinkKernel implements Kernel {
        private final UnitVector rho;
        private final float[] theta;
        private final float[] scaleGradient;

        ShrinkKernel(UnitVector rho, int length) {
            this.rho = rho;
            this.theta = new float[length];
            this.scaleGradient = new float[length];
        }

        @Override
        public void forward(float[] u, float[] z) {
            Positive.tileExponentials(rho, theta);
            for (int i = 0; i < theta.length; i++) {
                z[i] = u[i] - Math.max(-theta[i], Math.min(theta[i], u[i]));
            }
        }

        @Override
        public void backward(float[] u, float[] z, float[] gradient) {
            for (int i = 0; i < theta.length; i++) {
                float side = Positive.sign(z[i]);
                scaleGradient[i] = -gradient[i] * side * theta[i];
                gradient[i] *= Math.abs(side);
            }
            rho.accumulate(scaleGradient);
        }

        @Override
        public boolean saturated(float[] u, float[] z, int index) {
            return z[index] == 0;
        }
    }
}
