package io.github.linfhash.encoders.layers;

import java.util.List;

/**
 * Hyperbolic tangents in the place of bounded linear units: z = lambda tanh(u / lambda), lambda = exp(rho) for each unit.
 *
 * <p>They have the slope at 0, the range and the parameters of {@link BoundedLinear}, but saturate gradually: the
 * comparison that figure 3 of the paper draws.
 */
public final class ScaledTanh implements Neurons {
    static final String FUNCTION = "scaled-tanh";

    private static final float NEARLY_ONE = 0.99f;

    private final int units;
    private final UnitVector rho;

    /**
     * Units that share one initial scale.
     *
     * @param name of the parameter rho
     * @param lambda the initial scale, above 0
     */
    public ScaledTanh(String name, int units, double lambda) {
        this.units = units;
        this.rho = new UnitVector(name, units, Math.log(lambda));
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
        return new TanhKernel(rho, units * columns);
    }

    private static final class TanhKernel implements Kernel {
        private final UnitVector rho;
        private final float[] lambda;
        private final float[] scaleGradient;

        TanhKernel(UnitVector rho, int length) {
            this.rho = rho;
            this.lambda = new float[length];
            this.scaleGradient = new float[length];
        }

        @Override
        public void forward(float[] u, float[] z) {
            Positive.tileExponentials(rho, lambda);
            for (int i = 0; i < lambda.length; i++) {
                z[i] = lambda[i] * HyperbolicTangent.of(u[i] / lambda[i]);
            }
        }

        @Override
        public void backward(float[] u, float[] z, float[] gradient) {
            for (int i = 0; i < lambda.length; i++) {
                float tanh = z[i] / lambda[i];
                float slope = 1 - tanh * tanh;
                scaleGradient[i] = gradient[i] * (z[i] - u[i] * slope);
                gradient[i] *= slope;
            }
            rho.accumulate(scaleGradient);
        }

        @Override
        public boolean saturated(float[] u, float[] z, int index) {
            return Math.abs(z[index]) > NEARLY_ONE * lambda[index];
        }
    }
}
