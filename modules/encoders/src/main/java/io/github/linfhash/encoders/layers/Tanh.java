package io.github.linfhash.encoders.layers;

import io.github.linfhash.codes.Activation;
import java.util.List;

/** Hyperbolic tangent neurons without parameters: z = tanh(u). */
public final class Tanh implements ActivationLayer {
    static final String FUNCTION = "tanh";

    /** Outputs beyond this pass less than 2 % of their gradient. */
    private static final float NEARLY_ONE = 0.99f;

    @Override
    public String function() {
        return FUNCTION;
    }

    @Override
    public List<UnitParameter> parameters() {
        return List.of();
    }

    @Override
    public Activation activation() {
        return (u, z) -> Activation.tanh(1, u, z);
    }

    @Override
    public Kernel kernel(int columns) {
        return new TanhKernel();
    }

    private static final class TanhKernel implements Kernel {
        @Override
        public void forward(float[] u, float[] z) {
            Activation.tanh(1, u, z);
        }

        @Override
        public void backward(float[] u, float[] z, float[] gradient) {
            for (int i = 0; i < z.length; i++) {
                gradient[i] *= 1 - z[i] * z[i];
            }
        }

        @Override
        public boolean saturated(float[] u, float[] z, int index) {
            return Math.abs(z[index]) > NEARLY_ONE;
        }
    }
}
