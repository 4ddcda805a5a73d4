package io.github.linfhash.encoders.layers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.github.linfhash.codes.EncoderNetwork;
import io.github.linfhash.codes.InvalidFileException;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.StateReader;
import io.github.linfhash.encoders.algebra.FloatMatrix;
import io.github.linfhash.encoders.layers.ActivationLayer.FreelyScaled;
import io.github.linfhash.encoders.layers.ActivationLayer.HardThreshold;
import io.github.linfhash.encoders.layers.ActivationLayer.SquashedActivation;
import io.github.linfhash.encoders.layers.Parameter.UnitParameter;
import io.github.linfhash.encoders.layers.Parameter.Weights;
import io.github.linfhash.io.onnx.OnnxGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A feed-forward encoder of images y of dimension n into N real outputs x, whose signs are the bits of a code.
 *
 * <p>It is an iterative solver unfolded into K stages (figure 2 of Wang et al., IJCAI 2016): with a = g W y + b_0,
 *
 * <pre>
 *   z_1 = f_1(a),   z_{k+1} = f_{k+1}(a + S_k z_k + b_k) for k = 1..K,   x = z_{K+1},
 * </pre>
 *
 * <p>so that K stages make K + 1 layers of units, and W feeds all of them; the paper's encoder has no b_0. Or it is a plain chain:
 *
 * <pre>
 *   z_1 = f_1(g W_1 y + b_1),   z_{k+1} = f_{k+1}(W_{k+1} z_k + b_{k+1}),   x the last z.
 * </pre>
 *
 * <p>Forward passes only read the parameters, so that any number of threads may run passes of their own at once;
 * {@link Pass#step} changes them and belongs to one training thread.
 */
public final class Network {
    /** The kind of a saved chain; its number "layers" says how many layers W1, W2, ... there are. */
    public static final String CHAIN = "chain";
    /** The kind of a saved unfolded solver; its number "stages" is K. */
    public static final String UNFOLDED = "unfolded";
    /** The word of a saved model that says how outputs become bits, where not by their signs; hash functions write it. */
    public static final String CODES = "codes";

    private static final List<String> CODE_RULES = List.of("sign", "support", "ternary");
    private static final String OUTPUT_TANH = "output-tanh";
    private static final String TIED = "tied";
    private static final String UNTIED = "untied";
    private static final String NONE = "none";
    private static final String LEARNED = "learned";
    private static final String PER_STAGE = "per-stage";
    private static final String SHARED = "shared";
    private static final String FREE = "free";
    private static final int MOST_LAYERS = 64;

    private final boolean unfolded;
    private final double gain;
    private final List<Layer> layers;

    /**
     * A layer.
     *
     * @param weights of a chain, W_k; of an unfolded solver, W in the first layer and S_k in later ones, N x N, the same object in several
     *     layers where they are tied
     * @param bias or null
     * @param activation f_k; the same object in several layers where their scales are shared
     */
    public record Layer(Weights weights, @Nullable UnitParameter bias, ActivationLayer activation) {}

    /** Whether the stages of an unfolded network share their weights and biases. */
    public enum StageWeights {
        /** Each stage has its own. */
        UNTIED,
        /** All stages share them. */
        TIED
    }

    private Network(boolean unfolded, double gain, List<Layer> layers) {
        List<Layer> alike = unfolded ? layers.subList(Math.min(1, layers.size()), layers.size()) : layers;
        if (alike.stream().map(layer -> layer.bias() == null).distinct().count() != 1) {
            throw new IllegalArgumentException("a network needs " + (unfolded ? "two layers" : "a layer")
                    + ", and biases in all" + (unfolded ? " but the first" : "") + " or none, not " + layers);
        }
        this.unfolded = unfolded;
        this.gain = gain;
        this.layers = List.copyOf(layers);
    }

    /**
     * Makes a chain.
     *
     * @param gain g, a fixed factor of the input
     * @param layers at least one, each with as many inputs as the one before has outputs; all with a bias, or none
     */
    public static Network chain(double gain, List<Layer> layers) {
        return new Network(false, gain, layers);
    }

    /**
     * Makes an unfolded solver.
     *
     * @param gain g, a fixed factor of the input
     * @param layers K + 1, at least two
     */
    public static Network unfolded(double gain, List<Layer> layers) {
        return new Network(true, gain, layers);
    }

    /** Whether the input feeds all layers, and not the first one alone. */
    public boolean unfolded() {
        return unfolded;
    }

    /** Returns g. */
    public double gain() {
        return gain;
    }

    /** Returns the layers, the one next to the input first. */
    public List<Layer> layers() {
        return layers;
    }

    /** Returns the dimension n of its input. */
    public int dimension() {
        return layers.get(0).weights().columns();
    }

    /** Returns the number N of its outputs. */
    public int outputs() {
        return last().weights().rows();
    }

    /** Returns lambda of each output where outputs are bounded linear units, else nothing. */
    public Optional<float[]> outputBounds() {
        return last().activation().bounds();
    }

    /** Whether later layers of an unfolded solver share their weights and bias. */
    public boolean tied() {
        return layers.size() > 2
                && layers.get(2).weights().equals(layers.get(1).weights())
                && Objects.equals(layers.get(2).bias(), layers.get(1).bias());
    }

    private Layer last() {
        return layers.get(layers.size() - 1);
    }

    /** Returns the learned arrays, each once: weights before biases before scales, and before all W and b_0 of an unfolded solver. */
    public List<Parameter> parameters() {
        Set<Parameter> parameters = new LinkedHashSet<>();
        if (unfolded) {
            addMaps(layers.subList(0, 1), parameters);
        }
        addMaps(layers, parameters);
        layers.forEach(layer -> parameters.addAll(layer.activation().parameters()));
        return new ArrayList<>(parameters);
    }

    private static void addMaps(List<Layer> layers, Set<Parameter> parameters) {
        layers.forEach(layer -> parameters.add(layer.weights()));
        layers.stream().map(Layer::bias).filter(Objects::nonNull).forEach(parameters::add);
    }

    /** Returns the number of learned values. */
    public long parameterCount() {
        return parameters().stream().mapToLong(Parameter::size).sum();
    }

    /** Returns the encoder of single vectors, with the learned values as they are now. */
    public EncoderNetwork frozen() {
        ModelState state = state();
        try {
            return EncoderNetwork.read(StateReader.of(state, state.kind()), unfolded);
        } catch (InvalidFileException e) {
            throw new IllegalStateException("a network's own state can be read", e);
        }
    }

    /** Returns preallocated buffers for blocks of the given number of images. */
    public Pass pass(int columns) {
        return new Pass(columns);
    }

    /** A forward and backward pass over a block of B images; for one thread. */
    public final class Pass {
        private final List<Buffers> buffers = new ArrayList<>();
        private final List<UnitParameter> vectors;
        /** Of an unfolded solver, a of the last forward pass. */
        private final float[] feature;

        private final float[] deltaSum;

        private Pass(int columns) {
            for (Layer layer : layers) {
                buffers.add(new Buffers(layer, columns));
            }
            this.vectors = parameters().stream()
                    .filter(UnitParameter.class::isInstance)
                    .map(UnitParameter.class::cast)
                    .toList();
            this.feature = new float[buffers.get(0).u.length];
            this.deltaSum = new float[feature.length];
        }

        /** Returns the images, n x B, to be filled before {@link #forward}. */
        public FloatMatrix input() {
            return buffers.get(0).in;
        }

        /** Returns the outputs, N x B, column-major: a buffer of this pass, valid until the next call. */
        public float[] forward() {
            Buffers first = buffers.get(0);
            first.multiply(gain);
            first.addBias();
            System.arraycopy(first.u, 0, feature, 0, feature.length);
            first.activate();
            for (int k = 1; k < buffers.size(); k++) {
                Buffers layer = buffers.get(k);
                layer.in.copyFrom(buffers.get(k - 1).z);
                layer.multiply(1);
                if (unfolded) {
                    layer.addFeatureAndBias(feature);
                } else {
                    layer.addBias();
                }
                layer.activate();
            }
            return activation(buffers.size() - 1);
        }

        /** Returns the output z of a layer, counted from 0, in the last forward pass; a buffer of this pass. */
        public float[] activation(int layer) {
            return buffers.get(layer).z;
        }

        /** Whether the unit at an index of a layer's output passed no gradient, or next to none. */
        public boolean saturated(int layer, int index) {
            Buffers at = buffers.get(layer);
            return at.kernel.saturated(at.u, at.z, index);
        }

        /**
         * Propagates a gradient back through the last forward pass and takes a step with all parameters.
         *
         * @param gradient of the loss with respect to the outputs, N x B, column-major; overwritten
         */
        public void step(float[] gradient, Optimizer optimizer) {
            backward(gradient);
            for (int k = 0; k < buffers.size(); k++) {
                Buffers layer = buffers.get(k);
                optimizer.weights(layer.of.weights(), k == 0, k == 0 ? gain : 1, layer.delta, layer.in);
            }
            vectors.forEach(optimizer::vector);
            optimizer.finish();
        }

        /**
         * Computes all layers' deltas before any weight moves. As a feeds all layers of an unfolded solver, the delta of W is the sum of all:
         * one product with y instead of K + 1.
         */
        private void backward(float[] gradient) {
            Arrays.fill(deltaSum, 0);
            float[] ofLayer = gradient;
            for (int k = buffers.size() - 1; k > 0; k--) {
                Buffers layer = buffers.get(k);
                layer.kernel.backward(layer.u, layer.z, ofLayer);
                if (unfolded) {
                    addToSum(ofLayer);
                }
                layer.gather(ofLayer);
                Buffers before = buffers.get(k - 1);
                layer.of.weights().applyTransposed(layer.delta, before.product);
                before.product.copyTo(before.gradient);
                ofLayer = before.gradient;
            }
            Buffers first = buffers.get(0);
            first.kernel.backward(first.u, first.z, ofLayer);
            addToSum(ofLayer);
            first.gather(deltaSum);
        }

        private void addToSum(float[] term) {
            for (int i = 0; i < deltaSum.length; i++) {
                deltaSum[i] += term[i];
            }
        }
    }

    /** The arrays that a pass keeps of a layer: its input, product, u, z, and the gradients with respect to z and u. */
    private static final class Buffers {
        final Layer of;
        final ActivationLayer.Kernel kernel;
        final FloatMatrix in;
        final FloatMatrix product;
        final FloatMatrix delta;
        final float[] u;
        final float[] z;
        final float[] bias;
        final float[] gradient;

        Buffers(Layer of, int columns) {
            this.of = of;
            this.kernel = of.activation().kernel(columns);
            this.in = FloatMatrix.zeros(of.weights().columns(), columns);
            this.product = FloatMatrix.zeros(of.weights().rows(), columns);
            this.delta = FloatMatrix.zeros(of.weights().rows(), columns);
            this.u = new float[product.length()];
            this.z = new float[u.length];
            this.bias = new float[u.length];
            this.gradient = new float[u.length];
        }

        void multiply(double gain) {
            of.weights().apply(gain, in, product);
            product.copyTo(u);
            if (of.bias() != null) {
                of.bias().tile(bias);
            }
        }

        void addBias() {
            if (of.bias() != null) {
                for (int i = 0; i < u.length; i++) {
                    u[i] += bias[i];
                }
            }
        }

        void addFeatureAndBias(float[] feature) {
            for (int i = 0; i < u.length; i++) {
                u[i] += feature[i] + bias[i];
            }
        }

        void activate() {
            kernel.forward(u, z);
        }

        /** Takes the gradient with respect to u; the bias's is its sum. */
        void gather(float[] gradient) {
            delta.copyFrom(gradient);
            if (of.bias() != null) {
                System.arraycopy(gradient, 0, bias, 0, bias.length);
                of.bias().accumulate(bias);
            }
        }
    }

    /**
     * Returns all that {@link #restore} needs to make this network again. Arrays are the parameters by name, matrices with a row for each
     * output. Weights or scales that all stages share are there once, under the first stage's name; words say what is shared.
     */
    public ModelState state() {
        Layer first = layers.get(0);
        Layer second = layers.size() > 1 ? layers.get(1) : first;
        ActivationLayer activation = first.activation();
        ModelState state = new ModelState(unfolded ? UNFOLDED : CHAIN, dimension(), outputs())
                .with("gain", gain)
                .with("neurons", activation.function());
        for (Parameter parameter : parameters()) {
            state = state.with(parameter.name(), parameter.toModelArray());
        }
        if (!unfolded) {
            state = state.with("layers", layers.size());
            return first.bias() == null ? state : state.with("biases", LEARNED);
        }
        boolean shared = second.activation().equals(activation);
        state = state.with("stages", layers.size() - 1)
                .with("stage-weights", tied() ? TIED : UNTIED)
                .with("biases", second.bias() == null ? NONE : LEARNED)
                .with("scales", activation instanceof FreelyScaled ? FREE : shared ? SHARED : PER_STAGE);
        if (first.bias() != null) {
            state = state.with("input-bias", LEARNED);
        }
        if (activation instanceof HardThreshold hard) {
            state = state.with(ActivationLayer.RAMP, hard.ramp());
        }
        return last().activation() instanceof SquashedActivation squashed
                ? state.with(OUTPUT_TANH, squashed.slope())
                : state;
    }

    /** Whether a state is one of a network. */
    public static boolean isSaved(ModelState state) {
        return state.kind().equals(CHAIN) || state.kind().equals(UNFOLDED);
    }

    /**
     * Returns the network of a state.
     *
     * @throws io.github.linfhash.core.errors.InputException if the state is none of a network
     */
    public static Network restore(ModelState state) {
        boolean unfolded = !state.kind().equals(CHAIN);
        StateReader in = StateReader.of(state, unfolded ? UNFOLDED : CHAIN);
        List<String> there = List.of(NONE, LEARNED);
        int count = unfolded ? 1 + in.count("stages", 1, MOST_LAYERS) : in.count("layers", 1, MOST_LAYERS);
        boolean tied =
                unfolded && in.word("stage-weights", List.of(UNTIED, TIED)).equals(TIED);
        boolean biased = (unfolded ? in.word("biases", there) : in.word("biases", there, NONE)).equals(LEARNED);
        boolean inputBiased = unfolded ? in.word("input-bias", there, NONE).equals(LEARNED) : biased;
        String scales = unfolded ? in.word("scales", List.of(PER_STAGE, SHARED, FREE)) : PER_STAGE;
        List<Layer> layers = new ArrayList<>();
        int width = in.inputs();
        for (int k = 0; k < count; k++) {
            String name = !unfolded ? "W" + (k + 1) : k == 0 ? "W" : "S" + k;
            int outputs = unfolded || k == count - 1 ? in.outputs() : in.rows(name);
            ActivationLayer activation = k > 0 && scales.equals(SHARED)
                    ? layers.get(0).activation()
                    : ActivationLayer.restore(in, k + 1, outputs, scales.equals(FREE));
            if (k > 1 && tied) {
                layers.add(new Layer(layers.get(1).weights(), layers.get(1).bias(), activation));
            } else {
                String bias = "b" + (unfolded ? k : k + 1);
                layers.add(new Layer(
                        Weights.restore(in, name, outputs, width),
                        (k == 0 ? inputBiased : biased) ? UnitParameter.restore(in, bias, outputs) : null,
                        activation));
            }
            width = outputs;
        }
        if (unfolded && state.numbers().containsKey(OUTPUT_TANH)) {
            double slope = in.number(OUTPUT_TANH, Double.MIN_NORMAL, Double.MAX_VALUE);
            Layer last = layers.remove(count - 1);
            layers.add(new Layer(last.weights(), last.bias(), new SquashedActivation(slope, last.activation())));
        }
        in.word(CODES, CODE_RULES, "sign");
        double gain = in.number("gain", Double.MIN_NORMAL, Double.MAX_VALUE);
        in.end();
        return new Network(unfolded, gain, layers);
    }

    /**
     * Adds the network to an ONNX graph; the names of values are the paper's.
     *
     * @param y the name of the prepared images
     * @return the name of the outputs
     */
    public String addTo(OnnxGraph graph, String y) {
        Set<String> constants = new HashSet<>();
        String a = unfolded ? "a" : "u1";
        product(graph, constants, a, layers.get(0), y, List.of(OnnxGraph.real("alpha", gain)));
        String z = layers.get(0).activation().addTo(graph, 1, "z1", a);
        for (int k = 1; k < layers.size(); k++) {
            Layer layer = layers.get(k);
            String u = "u" + (k + 1);
            if (unfolded) {
                String sum = product(graph, constants, "S" + k + "z", layer, z, List.of());
                graph.node(u, "Add", a, sum);
            } else {
                product(graph, constants, u, layer, z, List.of(OnnxGraph.real("alpha", 1)));
            }
            z = layer.activation().addTo(graph, k + 1, "z" + (k + 1), u);
        }
        return z;
    }

    private static String product(
            OnnxGraph graph, Set<String> constants, String name, Layer layer, String in, List<AttributeProto> factor) {
        List<String> inputs = new ArrayList<>(List.of(in));
        for (@Nullable Parameter parameter : Arrays.asList(layer.weights(), layer.bias())) {
            if (parameter != null) {
                inputs.add(parameter.name());
                if (constants.add(parameter.name())) {
                    graph.constant(parameter.name(), parameter.toModelArray());
                }
            }
        }
        List<AttributeProto> attributes = new ArrayList<>(List.of(OnnxGraph.whole("transB", 1)));
        attributes.addAll(factor);
        return graph.node(name, "Gemm", attributes, inputs.toArray(String[]::new));
    }
}
