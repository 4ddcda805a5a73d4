package io.github.linfhash.encoders.layers;

import io.github.linfhash.codes.Activation;
import java.util.ArrayList;
import java.util.List;

/**
 * ActivationLayer whose two diagonal layers are independent: z = exp(mu) f(u), where f has tied diagonals.
 *
 * <p>With f(u) = lambda h(u / lambda) the layer is diag(1/lambda), h and diag(lambda exp(mu)): what two separate diagonal
 * layers of a general-purpose package learn. The bound of a unit and its threshold then drift apart.
 */
public final class FreelyScaled implements ActivationLayer {
    private final int units;
    private final ActivationLayer tied;
    private final UnitParameter mu;

    /**
     * ActivationLayer that start out tied.
     *
     * @param name of the parameter mu
     * @param tied f
     */
    public FreelyScaled(String name, int units, ActivationLayer tied) {
        this.units = units;
        this.tied = tied;
        this.mu = new UnitParameter(name, units, 0);
    }

    /** That of the tied neurons; the parameter mu says that they are scaled. */
    @Override
    public String function() {
        return tied.function();
    }

    @Override
    public List<UnitParameter> parameters() {
        List<UnitParameter> parameters = new ArrayList<>(tied.parameters());
        parameters.add(mu);
        return parameters;
    }

    @Override
    public Activation activation() {
        Activation first = tied.activation();
        float[] scale = new float[units];
        Positive.tileExponentials(mu, scale);
        return (u, z) -> {
            first.apply(u, z);
            for (int i = 0; i < units; i++) {
                z[i] *= scale[i];
            }
        };
    }

    @Override
    public Kernel kernel(int columns) {
        return new FreeKernel(tied.kernel(columns), mu, units * columns);
    }

    private static final class FreeKernel implements Kernel {
        private final Kernel tied;
        private final UnitParameter mu;
        private final float[] unscaled;
        private final float[] scale;
        private final float[] scaleGradient;

        FreeKernel(Kernel tied, UnitParameter mu, int length) {
            this.tied = tied;
            this.mu = mu;
            this.unscaled = new float[length];
            this.scale = new float[length];
            this.scaleGradient = new float[length];
        }

        @Override
        public void forward(float[] u, float[] z) {
            tied.forward(u, unscaled);
            Positive.tileExponentials(mu, scale);
            for (int i = 0; i < scale.length; i++) {
                z[i] = scale[i] * unscaled[i];
            }
        }

        @Override
        public void backward(float[] u, float[] z, float[] gradient) {
            for (int i = 0; i < scale.length; i++) {
                scaleGradient[i] = gradient[i] * z[i];
                gradient[i] *= scale[i];
            }
            mu.accumulate(scaleGradient);
            tied.backward(u, unscaled, gradient);
        }

        @Override
        public boolean saturated(float[] u, float[] z, int index) {
            return tied.saturated(u, unscaled, index);
        }
    }
}
