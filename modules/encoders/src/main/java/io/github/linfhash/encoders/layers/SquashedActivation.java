package io.github.linfhash.encoders.layers;

import io.github.linfhash.codes.Activation;
import java.util.List;

/**
 * ActivationLayer with a hyperbolic tangent behind each: z = tanh(c f(u)). The layer that Masci et al. (Sparse similarity-preserving
 * hashing, 2013) put behind LISTA; it bounds what soft thresholds do not, and leaves their zeros exact.
 */
public final class SquashedActivation implements ActivationLayer {
    private static final float NEARLY_ONE = 0.99f;

    private final double slope;
    private final ActivationLayer inner;

    /**
     * ActivationLayer behind others.
     *
     * @param slope c, above 0
     * @param inner f
     */
    public SquashedActivation(double slope, ActivationLayer inner) {
        this.slope = slope;
        this.inner = inner;
    }

    double slope() {
        return slope;
    }

    /** That of the inner neurons; a state says the slope apart. */
    @Override
    public String function() {
        return inner.function();
    }

    @Override
    public List<UnitParameter> parameters() {
        return inner.parameters();
    }

    @Override
    public Activation activation() {
        Activation first = inner.activation();
        return (u, z) -> {
            first.apply(u, z);
            Activation.tanh((float) slope, z, z);
        };
    }

    @Override
    public Kernel kernel(int columns) {
        return new SquashedKernel(inner.kernel(columns), (float) slope);
    }

    private static final class SquashedKernel implements Kernel {
        private final Kernel inner;
        private final float slope;
        private float[] unsquashed = new float[0];

        SquashedKernel(Kernel inner, float slope) {
            this.inner = inner;
            this.slope = slope;
        }

        @Override
        public void forward(float[] u, float[] z) {
            if (unsquashed.length != z.length) {
                unsquashed = new float[z.length];
            }
            inner.forward(u, unsquashed);
            Activation.tanh(slope, unsquashed, z);
        }

        @Override
        public void backward(float[] u, float[] z, float[] gradient) {
            for (int i = 0; i < z.length; i++) {
                gradient[i] *= slope * (1 - z[i] * z[i]);
            }
            inner.backward(u, unsquashed, gradient);
        }

        @Override
        public boolean saturated(float[] u, float[] z, int index) {
            return Math.abs(z[index]) > NEARLY_ONE || inner.saturated(u, unsquashed, index);
        }
    }
}
