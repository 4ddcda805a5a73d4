package io.github.linfhash.encoders.layers;

import io.github.linfhash.codes.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Soft thresholds inside a box: z = clip(s(u), -lambda, lambda), where s is {@link SoftThreshold} with theta, and clip is
 * {@link BoundedLinear}; both scales are learned for each unit. This is the proximal operator of theta |z|_1 on the box |z|_inf &lt;= lambda.
 *
 * <p>Where the box is small beside the values, outputs are nearly all -lambda, 0 or lambda.
 */
public final class BoundedThreshold implements ActivationLayer {
    static final String FUNCTION = "bounded-threshold";

    private final int units;
    private final SoftThreshold threshold;
    private final BoundedLinear box;

    /**
     * Units that share their initial scales.
     *
     * @param layer the number of the layer: the parameters are called rho and nu with it
     * @param theta the initial threshold, above 0
     * @param lambda the initial bound, above 0
     */
    public BoundedThreshold(int layer, int units, double theta, double lambda) {
        this.units = units;
        this.threshold = new SoftThreshold("rho" + layer, units, theta);
        this.box = new BoundedLinear("nu" + layer, units, lambda);
    }

    @Override
    public String function() {
        return FUNCTION;
    }

    @Override
    public List<UnitParameter> parameters() {
        List<UnitParameter> parameters = new ArrayList<>(threshold.parameters());
        parameters.addAll(box.parameters());
        return parameters;
    }

    @Override
    public Optional<float[]> bounds() {
        return box.bounds();
    }

    @Override
    public Activation activation() {
        Activation first = threshold.activation();
        Activation second = box.activation();
        return (u, z) -> {
            first.apply(u, z);
            second.apply(z, z);
        };
    }

    @Override
    public Kernel kernel(int columns) {
        return new BoxKernel(threshold.kernel(columns), box.kernel(columns), units * columns);
    }

    private static final class BoxKernel implements Kernel {
        private final Kernel threshold;
        private final Kernel box;
        private final float[] unbounded;

        BoxKernel(Kernel threshold, Kernel box, int length) {
            this.threshold = threshold;
            this.box = box;
            this.unbounded = new float[length];
        }

        @Override
        public void forward(float[] u, float[] z) {
            threshold.forward(u, unbounded);
            box.forward(unbounded, z);
        }

        @Override
        public void backward(float[] u, float[] z, float[] gradient) {
            box.backward(unbounded, z, gradient);
            threshold.backward(u, unbounded, gradient);
        }

        @Override
        public boolean saturated(float[] u, float[] z, int index) {
            return threshold.saturated(u, unbounded, index) || box.saturated(unbounded, z, index);
        }
    }
}
