package io.github.linfhash.encoders.layers;

import java.util.List;
import java.util.Optional;

/**
 * Bounded linear units (BLU), eq. (10) of the paper: z = clip(u, -lambda, lambda), with lambda = exp(rho) for each unit.
 *
 * <p>This is diag(1/lambda), the unit BLU and diag(lambda) of the paper's figure 2 with the two diagonals tied as
 * reciprocals. The gradient with respect to u is 1 inside the box and 0 outside; that with respect to lambda is 0 inside
 * and sign(u) outside. The parameter is rho, so that lambda stays positive.
 */
public final class BoundedLinear implements Neurons {
    static final String FUNCTION = "bounded-linear";

    private final int units;
    private final UnitVector rho;

    /**
     * Units that share one initial bound.
     *
     * @param name of the parameter rho
     * @param lambda the initial bound, above 0
     */
    public BoundedLinear(String name, int units, double lambda) {
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
    public Optional<float[]> bounds() {
        float[] lambda = new float[units];
        Positive.tileExponentials(rho, lambda);
        return Optional.of(lambda);
    }

    @Override
    public Kernel kernel(int columns) {
        return new BoxKernel(rho, units * columns);
    }

    private static final class BoxKernel implements Kernel {
        private final UnitVector rho;
        private final float[] lambda;
        private final float[] scaleGradient;

        BoxKernel(UnitVector rho, int length) {
            this.rho = rho;
            this.lambda = new float[length];
            this.scaleGradient = new float[length];
        }

        @Override
        public void forward(float[] u, float[] z) {
            Positive.tileExponentials(rho, lambda);
            for (int i = 0; i < lambda.length; i++) {
                z[i] = Math.max(-lambda[i], Math.min(lambda[i], u[i]));
            }
        }

        @Override
        public void backward(float[] u, float[] z, float[] gradient) {
            for (int i = 0; i < lambda.length; i++) {
                float side = Positive.sign(u[i] - z[i]);
                scaleGradient[i] = gradient[i] * side * lambda[i];
                gradient[i] *= 1 - Math.abs(side);
            }
            rho.accumulate(scaleGradient);
        }

        @Override
        public boolean saturated(float[] u, float[] z, int index) {
            return u[index] != z[index];
        }
    }
}
