package io.github.linfhash.encoders.layers;

import io.github.linfhash.codes.Activation;
import io.github.linfhash.core.method.StateReader;
import io.github.linfhash.encoders.layers.Parameter.UnitParameter;
import io.github.linfhash.io.onnx.OnnxGraph;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A layer of units: an elementwise function z = f(u), perhaps with a learned scale for each unit. A class of this file says all
 * that there is to say of one function: its arithmetic forward and backward, its learned scales, its name in saved models and
 * its ONNX operators.
 */
public abstract class ActivationLayer {
    /** The share sigma of a threshold on which a {@link HardThreshold} rises, in saved models. */
    static final String RAMP = "ramp";

    /** Outputs of a tanh beyond this share of their bound pass less than 2% of their gradient. */
    private static final float NEARLY_ONE = 0.99f;

    private static final List<String> FUNCTIONS = List.of(
            BoundedLinear.FUNCTION,
            ScaledTanh.FUNCTION,
            SoftThreshold.FUNCTION,
            HardThreshold.FUNCTION,
            BoundedThreshold.FUNCTION,
            Tanh.FUNCTION);

    private final String function;

    private ActivationLayer(String function) {
        this.function = function;
    }

    /** Returns the function's name in saved models, such as {@code bounded-linear}. */
    final String function() {
        return function;
    }

    /** Returns the learned scales; empty if there are none. */
    public abstract List<UnitParameter> parameters();

    /** Returns the arithmetic for blocks of the given number of columns, with its own buffers; for one thread. */
    abstract Kernel kernel(int columns);

    /**
     * Adds the function to an ONNX graph.
     *
     * @param layer the layer's number, from 1, which the names of nodes end with
     * @param name of the value z
     * @param u the name of the input
     * @return the name of the output
     */
    abstract String addTo(OnnxGraph graph, int layer, String name, String u);

    /** Returns the magnitude of each unit that clips its output and that it therefore reaches; empty if nothing is clipped. */
    Optional<float[]> bounds() {
        return Optional.empty();
    }

    /** A layer's arithmetic on blocks of units x B values, column-major. */
    interface Kernel {
        /** Sets z to f(u), with the scales as they are now. */
        void forward(float[] u, float[] z);

        /**
         * Turns the gradient with respect to z into the one with respect to u, and gathers the scales' gradients.
         *
         * @param u the input of the last forward pass
         * @param z its output
         * @param gradient modified
         */
        void backward(float[] u, float[] z, float[] gradient);

        /** Whether the unit at an index of u and z passes no gradient to its input, or next to none. */
        boolean saturated(float[] u, float[] z, int index);
    }

    /**
     * Reads the function of a saved network.
     *
     * @param layer the layer's number, from 1
     * @param free whether the outputs have scales of their own
     */
    static ActivationLayer restore(StateReader in, int layer, int units, boolean free) {
        String rho = "rho" + layer;
        ActivationLayer saved = switch (in.word("neurons", FUNCTIONS)) {
            case BoundedLinear.FUNCTION -> new BoundedLinear(rho, units, 1);
            case ScaledTanh.FUNCTION -> new ScaledTanh(rho, units, 1);
            case SoftThreshold.FUNCTION -> new SoftThreshold(rho, units, 1);
            case HardThreshold.FUNCTION -> new HardThreshold(rho, units, 1, in.number(RAMP, Double.MIN_NORMAL, 1));
            case BoundedThreshold.FUNCTION -> new BoundedThreshold(layer, units, 1, 1);
            case Tanh.FUNCTION -> new Tanh();
            default -> throw new IllegalStateException("neurons: a function of the list that nothing restores");
        };
        ActivationLayer scaled = free ? new FreelyScaled("mu" + layer, units, saved) : saved;
        scaled.parameters().forEach(vector -> vector.assign(in.floats(vector.name(), units)));
        return scaled;
    }

    /** A function with a learned scale above 0 for each unit, kept as its logarithm: z = f(u, exp(rho)). */
    private abstract static class Scaled extends ActivationLayer {
        private final UnitParameter rho;

        Scaled(String function, String name, int units, double scale) {
            super(function);
            this.rho = new UnitParameter(name, units, Math.log(scale));
        }

        @Override
        public final List<UnitParameter> parameters() {
            return List.of(rho);
        }

        /** Returns the scale of each unit, as it is now. */
        final float[] scales() {
            float[] scales = new float[rho.rows()];
            rho.tileExponentials(scales);
            return scales;
        }

        /** Sets z to f(u) for a whole block, with a scale for each value. */
        abstract void apply(float[] scales, float[] u, float[] z);

        /**
         * Multiplies the gradient of a whole block by the slope in u, and sets what each value adds to the gradient of rho.
         *
         * @param gradient modified
         * @param scaleGradient overwritten
         */
        abstract void differentiate(float[] scales, float[] u, float[] z, float[] gradient, float[] scaleGradient);

        abstract boolean saturated(float scale, float u, float z);

        @Override
        final Kernel kernel(int columns) {
            float[] scales = new float[rho.rows() * columns];
            float[] scaleGradient = new float[scales.length];
            return new Kernel() {
                @Override
                public void forward(float[] u, float[] z) {
                    rho.tileExponentials(scales);
                    apply(scales, u, z);
                }

                @Override
                public void backward(float[] u, float[] z, float[] gradient) {
                    differentiate(scales, u, z, gradient, scaleGradient);
                    rho.accumulate(scaleGradient);
                }

                @Override
                public boolean saturated(float[] u, float[] z, int index) {
                    return Scaled.this.saturated(scales[index], u[index], z[index]);
                }
            };
        }

        /** Adds the scales as a constant. */
        final String scales(OnnxGraph graph, String name, int layer) {
            float[] scales = scales();
            return graph.floats("exp-" + name + layer, scales, scales.length);
        }

        /** Adds clip(u, -s, s). */
        final String clip(OnnxGraph graph, String scale, int layer, String name, String u) {
            String bound = scales(graph, scale, layer);
            String low = graph.node("low-" + scale + layer, "Neg", bound);
            return graph.node(name, "Max", low, graph.node("capped-" + scale + layer, "Min", bound, u));
        }

        /** -1, 0 or 1, without a branch, so that loops become vector instructions: exact for 0 and above 1e-30. */
        static float sign(float value) {
            return Math.max(-1f, Math.min(1f, value * 1e30f));
        }
    }

    /**
     * Bounded linear units (BLU), eq. (10) of Wang et al. (IJCAI 2016), elsewhere called hard tanh: z = clip(u, -lambda, lambda),
     * with lambda = exp(rho) for each unit.
     *
     * <p>This is diag(1/lambda), the unit BLU and diag(lambda) of the paper's figure 2 with the two diagonals tied as
     * reciprocals. The gradient with respect to u is 1 inside the box and 0 outside; that with respect to lambda is 0 inside
     * and sign(u) outside. The parameter is rho, so that lambda stays positive.
     */
    public static final class BoundedLinear extends Scaled {
        static final String FUNCTION = "bounded-linear";

        /** Units of the same initial bound lambda, above 0; {@code name} is that of the parameter rho. */
        public BoundedLinear(String name, int units, double lambda) {
            super(FUNCTION, name, units, lambda);
        }

        @Override
        Optional<float[]> bounds() {
            return Optional.of(scales());
        }

        @Override
        void apply(float[] lambda, float[] u, float[] z) {
            Activation.boundedLinear(lambda, u, z);
        }

        @Override
        void differentiate(float[] lambda, float[] u, float[] z, float[] gradient, float[] scaleGradient) {
            for (int i = 0; i < lambda.length; i++) {
                float side = sign(u[i] - z[i]);
                scaleGradient[i] = gradient[i] * side * lambda[i];
                gradient[i] *= 1 - Math.abs(side);
            }
        }

        @Override
        boolean saturated(float lambda, float u, float z) {
            return u != z;
        }

        @Override
        String addTo(OnnxGraph graph, int layer, String name, String u) {
            return clip(graph, "rho", layer, name, u);
        }
    }

    /**
     * Hyperbolic tangents in the place of bounded linear units: z = lambda tanh(u / lambda), lambda = exp(rho) for each unit.
     *
     * <p>They have the slope at 0, the range and the parameters of {@link BoundedLinear}, but saturate gradually: the
     * comparison that figure 3 of the paper draws.
     */
    public static final class ScaledTanh extends Scaled {
        static final String FUNCTION = "scaled-tanh";

        /** Units of the same initial scale lambda, above 0; {@code name} is that of the parameter rho. */
        public ScaledTanh(String name, int units, double lambda) {
            super(FUNCTION, name, units, lambda);
        }

        @Override
        void apply(float[] lambda, float[] u, float[] z) {
            Activation.scaledTanh(lambda, u, z);
        }

        @Override
        void differentiate(float[] lambda, float[] u, float[] z, float[] gradient, float[] scaleGradient) {
            for (int i = 0; i < lambda.length; i++) {
                float tanh = z[i] / lambda[i];
                float slope = 1 - tanh * tanh;
                scaleGradient[i] = gradient[i] * (z[i] - u[i] * slope);
                gradient[i] *= slope;
            }
        }

        @Override
        boolean saturated(float lambda, float u, float z) {
            return Math.abs(z) > NEARLY_ONE * lambda;
        }

        @Override
        String addTo(OnnxGraph graph, int layer, String name, String u) {
            String lambda = scales(graph, "rho", layer);
            String relative = graph.node("relative" + layer, "Div", u, lambda);
            return graph.node(name, "Mul", lambda, graph.node("tanh" + layer, "Tanh", relative));
        }
    }

    /**
     * Soft thresholds (SHeLU): z = sign(u) max(|u| - theta, 0), with theta = exp(rho) for each unit.
     *
     * <p>This is diag(1/theta), the unit soft threshold and diag(theta) with tied diagonals, as LISTA has them (Gregor and
     * LeCun, ICML 2010; Wang et al., 2016b). The gradient with respect to u is 1 where z is not 0, else 0; that with respect
     * to theta is -sign(u) there. Written as u - clip(u, -theta, theta), it shares its arithmetic with
     * {@link BoundedLinear}.
     */
    public static final class SoftThreshold extends Scaled {
        static final String FUNCTION = "soft-threshold";

        /** Units of the same initial threshold theta, above 0; {@code name} is that of the parameter rho. */
        public SoftThreshold(String name, int units, double theta) {
            super(FUNCTION, name, units, theta);
        }

        @Override
        void apply(float[] theta, float[] u, float[] z) {
            Activation.softThreshold(theta, u, z);
        }

        @Override
        void differentiate(float[] theta, float[] u, float[] z, float[] gradient, float[] scaleGradient) {
            for (int i = 0; i < theta.length; i++) {
                float side = sign(z[i]);
                scaleGradient[i] = -gradient[i] * side * theta[i];
                gradient[i] *= Math.abs(side);
            }
        }

        @Override
        boolean saturated(float theta, float u, float z) {
            return z == 0;
        }

        @Override
        String addTo(OnnxGraph graph, int layer, String name, String u) {
            return graph.node(name, "Sub", u, clip(graph, "rho", layer, "clip" + layer, u));
        }
    }

    /**
     * Hard thresholds (HELU): z = u where |u| is at least theta, else 0, with theta = exp(rho) for each unit; Wang, Ling and
     * Huang, "Learning deep l0 encoders" (AAAI 2016).
     *
     * <p>HELU jumps at theta, so that nothing could be learned of it by gradients. The paper trains what is continuous: with v = u /
     * theta, z is 0 up to |v| = 1 - sigma, rises to theta sign(v) at |v| = 1 and is u from there.
     */
    public static final class HardThreshold extends Scaled {
        static final String FUNCTION = "hard-threshold";

        private final float ramp;

        /** Units of the same initial threshold and ramp sigma, both above 0; {@code name} is that of the parameter rho. */
        public HardThreshold(String name, int units, double theta, double ramp) {
            super(FUNCTION, name, units, theta);
            this.ramp = (float) ramp;
        }

        double ramp() {
            return ramp;
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

        /** Adds sign(u) min(|u|, max(0, (|u| - theta) / sigma + theta)). */
        @Override
        String addTo(OnnxGraph graph, int layer, String name, String u) {
            String theta = scales(graph, "rho", layer);
            String length = graph.node("length" + layer, "Abs", u);
            String sigma = graph.floats("sigma" + layer, new float[] {ramp}, 1);
            String above = graph.node("above" + layer, "Sub", length, theta);
            String steep = graph.node("steep" + layer, "Div", above, sigma);
            String risen = graph.node("risen" + layer, "Relu", graph.node("ramp" + layer, "Add", steep, theta));
            String lower = graph.node("lower" + layer, "Min", length, risen);
            return graph.node(name, "Mul", lower, graph.node("sign" + layer, "Sign", u));
        }
    }

    /** Hyperbolic tangents without parameters: z = tanh(u). */
    public static final class Tanh extends ActivationLayer {
        static final String FUNCTION = "tanh";

        private final float slope;

        public Tanh() {
            this(1);
        }

        /** z = tanh(c u). */
        private Tanh(double slope) {
            super(FUNCTION);
            this.slope = (float) slope;
        }

        @Override
        public List<UnitParameter> parameters() {
            return List.of();
        }

        @Override
        Kernel kernel(int columns) {
            return new Kernel() {
                @Override
                public void forward(float[] u, float[] z) {
                    Activation.tanh(slope, u, z);
                }

                @Override
                public void backward(float[] u, float[] z, float[] gradient) {
                    for (int i = 0; i < z.length; i++) {
                        gradient[i] *= slope * (1 - z[i] * z[i]);
                    }
                }

                @Override
                public boolean saturated(float[] u, float[] z, int index) {
                    return Math.abs(z[index]) > NEARLY_ONE;
                }
            };
        }

        @Override
        String addTo(OnnxGraph graph, int layer, String name, String u) {
            return graph.node(name, "Tanh", u);
        }
    }

    /** A function of another one's values, z = second(first(u)). */
    private abstract static class Composed extends ActivationLayer {
        final ActivationLayer first;
        final ActivationLayer second;

        Composed(String function, ActivationLayer first, ActivationLayer second) {
            super(function);
            this.first = first;
            this.second = second;
        }

        @Override
        public final List<UnitParameter> parameters() {
            return Stream.concat(first.parameters().stream(), second.parameters().stream())
                    .toList();
        }

        @Override
        final Kernel kernel(int columns) {
            return new ComposedKernel(first.kernel(columns), second.kernel(columns));
        }
    }

    private static final class ComposedKernel implements Kernel {
        private final Kernel first;
        private final Kernel second;
        private float[] between = new float[0];

        ComposedKernel(Kernel first, Kernel second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void forward(float[] u, float[] z) {
            if (between.length != z.length) {
                between = new float[z.length];
            }
            first.forward(u, between);
            second.forward(between, z);
        }

        @Override
        public void backward(float[] u, float[] z, float[] gradient) {
            second.backward(between, z, gradient);
            first.backward(u, between, gradient);
        }

        @Override
        public boolean saturated(float[] u, float[] z, int index) {
            return second.saturated(between, z, index) || first.saturated(u, between, index);
        }
    }

    /**
     * Soft thresholds inside a box: z = clip(s(u), -lambda, lambda), where s is {@link SoftThreshold} with theta, and clip is
     * {@link BoundedLinear}; both scales are learned for each unit. This is the proximal operator of theta |z|_1 on the box |z|_inf &lt;= lambda.
     *
     * <p>Where the box is small beside the values, outputs are nearly all -lambda, 0 or lambda.
     */
    public static final class BoundedThreshold extends Composed {
        static final String FUNCTION = "bounded-threshold";

        /** Units of the same initial threshold and bound, both above 0; {@code layer} ends the names of the parameters. */
        public BoundedThreshold(int layer, int units, double theta, double lambda) {
            super(
                    FUNCTION,
                    new SoftThreshold("rho" + layer, units, theta),
                    new BoundedLinear("nu" + layer, units, lambda));
        }

        @Override
        Optional<float[]> bounds() {
            return second.bounds();
        }

        @Override
        String addTo(OnnxGraph graph, int layer, String name, String u) {
            String softened = first.addTo(graph, layer, "s" + layer, u);
            return ((BoundedLinear) second).clip(graph, "nu", layer, name, softened);
        }
    }

    /**
     * A hyperbolic tangent behind other units: z = tanh(c f(u)). The layer that Masci et al. (Sparse similarity-preserving
     * hashing, 2013) put behind LISTA; it bounds what soft thresholds do not, and leaves their zeros exact. Saved models keep c apart.
     */
    public static final class SquashedActivation extends Composed {
        private final double slope;

        /** A tanh of slope c, above 0, behind f. */
        public SquashedActivation(double slope, ActivationLayer inner) {
            super(inner.function(), inner, new Tanh(slope));
            this.slope = slope;
        }

        /** Returns c. */
        public double slope() {
            return slope;
        }

        @Override
        String addTo(OnnxGraph graph, int layer, String name, String u) {
            String z = first.addTo(graph, layer, name, u);
            String scaled = graph.node("cz", "Mul", z, graph.floats("c", new float[] {(float) slope}, 1));
            return second.addTo(graph, layer, "squashed", scaled);
        }
    }

    /**
     * Units whose two diagonal layers are independent: z = exp(mu) f(u), where f has tied diagonals.
     *
     * <p>With f(u) = lambda h(u / lambda) the layer is diag(1/lambda), h and diag(lambda exp(mu)): what two separate diagonal
     * layers of a general-purpose package learn. The bound of a unit and its threshold then drift apart. In saved models, the parameter mu
     * says that units are scaled.
     */
    public static final class FreelyScaled extends Composed {
        /** Units that start out as f; {@code name} is that of the parameter mu. */
        public FreelyScaled(String name, int units, ActivationLayer tied) {
            super(tied.function(), tied, new OutputScale(name, units));
        }

        @Override
        String addTo(OnnxGraph graph, int layer, String name, String u) {
            return second.addTo(graph, layer, name, first.addTo(graph, layer, "f" + layer, u));
        }
    }

    /** z = exp(mu) u; saved with the function that it scales. */
    private static final class OutputScale extends Scaled {
        OutputScale(String name, int units) {
            super("output-scale", name, units, 1);
        }

        @Override
        void apply(float[] scale, float[] u, float[] z) {
            Activation.multiply(scale, u, z);
        }

        @Override
        void differentiate(float[] scale, float[] u, float[] z, float[] gradient, float[] scaleGradient) {
            for (int i = 0; i < scale.length; i++) {
                scaleGradient[i] = gradient[i] * z[i];
                gradient[i] *= scale[i];
            }
        }

        @Override
        boolean saturated(float scale, float u, float z) {
            return false;
        }

        @Override
        String addTo(OnnxGraph graph, int layer, String name, String u) {
            return graph.node(name, "Mul", u, scales(graph, "mu", layer));
        }
    }
}
