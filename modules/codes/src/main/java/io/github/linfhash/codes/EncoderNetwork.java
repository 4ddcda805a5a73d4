package io.github.linfhash.codes;

import java.util.ArrayList;
import java.util.List;

/**
 * A trained encoder, whose sums have a fixed order ({@link AffineMap}), so that the outputs of a vector do not depend on the vectors in the
 * same call; immutable and safe for threads. The bits of a code are 1 where an output is greater than 0, unless the encoder has another
 * rule.
 *
 * <p>In a chain, z_1 = f_1(map_1(y)) and z_{k+1} = f_{k+1}(map_{k+1}(z_k)). In an unfolded solver (Wang et al., IJCAI 2016, figure 2),
 * a = map_1(y) is added before every function: z_1 = f_1(a), z_{k+1} = f_{k+1}(a + map_{k+1}(z_k)).
 */
public final class EncoderNetwork {
    private static final int MOST_LAYERS = 64;
    private static final List<String> NEURONS =
            List.of("bounded-linear", "scaled-tanh", "soft-threshold", "hard-threshold", "bounded-threshold", "tanh");

    private final boolean unfolded;
    private final List<Layer> layers;

    /**
     * A layer.
     *
     * @param map what precedes its function
     * @param activation its function
     */
    public record Layer(AffineMap map, Activation activation) {}

    private EncoderNetwork(boolean unfolded, List<Layer> layers) {
        for (int k = 1; k < layers.size(); k++) {
            int before = layers.get(k - 1).map().outputs();
            if (layers.get(k).map().inputs() != before) {
                throw new IllegalArgumentException("layer " + (k + 1) + ": expected " + before + " inputs, found "
                        + layers.get(k).map().inputs());
            }
            if (unfolded && layers.get(k).map().outputs() != before) {
                throw new IllegalArgumentException("layer " + (k + 1) + ": expected " + before + " outputs, found "
                        + layers.get(k).map().outputs());
            }
        }
        this.unfolded = unfolded;
        this.layers = List.copyOf(layers);
    }

    /**
     * A chain of layers.
     *
     * @throws IllegalArgumentException if a layer does not have as many inputs as the one before has outputs
     */
    public static EncoderNetwork chain(List<Layer> layers) {
        return new EncoderNetwork(false, layers);
    }

    /**
     * Reads the network of a model of the kind {@code chain} or {@code unfolded}.
     *
     * @param unfolded which of the two
     * @throws InvalidFileException if a number, a word or an array is missing, or does not fit the others
     */
    public static EncoderNetwork read(ModelValues in, boolean unfolded) throws InvalidFileException {
        List<String> there = List.of("none", "learned");
        int count = unfolded ? 1 + in.count("stages", 1, MOST_LAYERS) : in.count("layers", 1, MOST_LAYERS);
        boolean tied =
                unfolded && in.word("stage-weights", List.of("untied", "tied")).equals("tied");
        boolean biased = in.word("biases", there, "none").equals("learned");
        boolean inputBiased = unfolded ? in.word("input-bias", there, "none").equals("learned") : biased;
        String scales = unfolded ? in.word("scales", List.of("per-stage", "shared", "free")) : "per-stage";
        double gain = in.number("gain", Double.MIN_NORMAL, Double.MAX_VALUE);
        List<Layer> layers = new ArrayList<>();
        int width = in.inputs();
        for (int k = 0; k < count; k++) {
            String name = !unfolded ? "W" + (k + 1) : k == 0 ? "W" : "S" + k;
            int outputs = unfolded || k == count - 1 ? in.outputs() : in.rows(name);
            Activation activation = k > 0 && scales.equals("shared")
                    ? layers.get(0).activation()
                    : activation(in, k + 1, outputs, scales.equals("free"));
            AffineMap map;
            if (k > 1 && tied) {
                map = layers.get(1).map();
            } else {
                boolean offset = k == 0 ? inputBiased : biased;
                float[] weights = in.floats(name, outputs, width);
                for (int i = 0; i < weights.length; i++) {
                    weights[i] = (float) ((k == 0 ? gain : 1) * weights[i]);
                }
                map = AffineMap.of(
                        weights, width, null, offset ? in.floats("b" + (unfolded ? k : k + 1), outputs) : null);
            }
            layers.add(new Layer(map, activation));
            width = outputs;
        }
        if (unfolded && in.hasNumber("output-tanh")) {
            float slope = (float) in.number("output-tanh", Double.MIN_NORMAL, Double.MAX_VALUE);
            Layer last = layers.remove(count - 1);
            layers.add(new Layer(last.map(), then(last.activation(), (u, z) -> Activation.tanh(slope, u, z))));
        }
        return new EncoderNetwork(unfolded, layers);
    }

    private static Activation activation(ModelValues in, int layer, int units, boolean free)
            throws InvalidFileException {
        String neurons = in.word("neurons", NEURONS);
        Activation function = neurons.equals("tanh")
                ? (u, z) -> Activation.tanh(1, u, z)
                : activation(in, neurons, layer, exponentials(in, "rho" + layer, units));
        if (!free) {
            return function;
        }
        float[] scales = exponentials(in, "mu" + layer, units);
        return then(function, (u, z) -> Activation.multiply(scales, u, z));
    }

    private static Activation activation(ModelValues in, String neurons, int layer, float[] scales)
            throws InvalidFileException {
        return switch (neurons) {
            case "bounded-linear" -> (u, z) -> Activation.boundedLinear(scales, u, z);
            case "scaled-tanh" -> (u, z) -> Activation.scaledTanh(scales, u, z);
            case "soft-threshold" -> (u, z) -> Activation.softThreshold(scales, u, z);
            case "hard-threshold" -> {
                float ramp = (float) in.number("ramp", Double.MIN_NORMAL, 1);
                yield (u, z) -> Activation.hardThreshold(scales, ramp, u, z);
            }
            case "bounded-threshold" -> {
                float[] bounds = exponentials(in, "nu" + layer, scales.length);
                yield then(
                        (u, z) -> Activation.softThreshold(scales, u, z),
                        (u, z) -> Activation.boundedLinear(bounds, u, z));
            }
            default -> throw new IllegalStateException("neurons: a word of the list without a function");
        };
    }

    private static Activation then(Activation inner, Activation outer) {
        return (u, z) -> {
            inner.apply(u, z);
            outer.apply(z, z);
        };
    }

    /** Scales above 0 are kept as their logarithms. */
    private static float[] exponentials(ModelValues in, String name, int units) throws InvalidFileException {
        float[] scales = in.floats(name, units);
        for (int i = 0; i < units; i++) {
            scales[i] = (float) Math.exp(scales[i]);
        }
        return scales;
    }

    /** The dimension n of vectors. */
    public int inputs() {
        return layers.get(0).map().inputs();
    }

    /** The number N of outputs. */
    public int outputs() {
        return layers.get(layers.size() - 1).map().outputs();
    }

    /**
     * Returns the outputs of vectors, as a new array.
     *
     * @param vectors y, k x n values, row-major, for any k
     * @return k x N, row-major
     * @throws IllegalArgumentException if they have another dimension
     */
    public float[] apply(float[] vectors) {
        if (vectors.length % inputs() != 0) {
            throw new IllegalArgumentException(
                    "expected vectors of dimension " + inputs() + ", found " + vectors.length + " values");
        }
        float[] fromInput = {};
        float[] z = vectors;
        for (int k = 0; k < layers.size(); k++) {
            Layer layer = layers.get(k);
            float[] u = layer.map().apply(z);
            if (unfolded && k == 0) {
                fromInput = u;
            } else if (unfolded) {
                for (int i = 0; i < u.length; i++) {
                    u[i] += fromInput[i];
                }
            }
            z = new float[u.length];
            layer.activation().apply(u, z);
        }
        return z;
    }
}
