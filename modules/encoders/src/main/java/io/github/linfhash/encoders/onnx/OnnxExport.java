package io.github.linfhash.encoders.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.encoders.layers.SavedNetworks;
import io.github.linfhash.encoders.training.CodeRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A trained encoder as an ONNX model that any ONNX runtime can run.
 *
 * <p>Its input {@code features} (float32, batch x n) is raw: the graph centers and scales it first, in float64 as
 * linfhash does. Its outputs are {@code outputs} (float32, batch x units), the real values, and {@code codes} (uint8,
 * batch x N), by default 1 where a value is greater than 0: {@code numpy.packbits(codes, axis=1, bitorder="little")} gives
 * linfhash's packed codes.
 */
public final class OnnxExport {
    /** The version of the default operator set. */
    public static final int OPSET = 17;

    private OnnxExport() {}

    /** Whether a state is one of a trained encoder. */
    public static boolean supports(ModelState state) {
        return state.kind().equals(SavedNetworks.CHAIN) || state.kind().equals(SavedNetworks.UNFOLDED);
    }

    /**
     * The bytes of an ONNX file.
     *
     * @param network the state of a trained encoder
     * @param raw what is done to raw vectors first
     * @param version of linfhash, for the model's producer
     * @param metadata texts by key, for whoever reads the file
     * @throws InputException if the state is none of an encoder
     */
    public static byte[] of(ModelState network, RawInput raw, String version, Map<String, String> metadata) {
        SavedNetworks.restore(network);
        if (raw.mean().length != network.inputs()) {
            throw new IllegalArgumentException(
                    "a mean of " + raw.mean().length + " values does not fit " + network.inputs() + " inputs");
        }
        return graph(network, raw).toFile(OPSET, version, metadata);
    }

    private static GraphBuilder graph(ModelState network, RawInput raw) {
        GraphBuilder graph = new GraphBuilder("linfhash");
        String y = prepare(graph, raw, graph.input("features", network.inputs()));
        String outputs = graph.node("outputs", "Identity", new NetworkGraph(network, graph).add(y));
        CodeRule rule = CodeRule.of(network);
        String zero = graph.floats("zero", new float[1], 1);
        graph.cast("codes", DataType.UINT8, graph.node("positive", "Greater", values(graph, rule, outputs), zero));
        graph.output("outputs", DataType.FLOAT, network.outputs());
        graph.output("codes", DataType.UINT8, rule.bitsPerOutput() * network.outputs());
        return graph;
    }

    /** The values whose signs are the bits. */
    private static String values(GraphBuilder graph, CodeRule rule, String outputs) {
        return switch (rule) {
            case SIGN -> outputs;
            case SUPPORT -> graph.node("magnitudes", "Abs", outputs);
            case TERNARY ->
                graph.node(
                        "sides",
                        "Concat",
                        List.of(GraphBuilder.whole("axis", 1)),
                        outputs,
                        graph.node("opposite", "Neg", outputs));
        };
    }

    /** The same arithmetic as {@code Preprocessor}'s, but for the last bit of the scaling. */
    private static String prepare(GraphBuilder graph, RawInput raw, String features) {
        double[] mean = raw.mean();
        String wide = graph.cast("wide", DataType.DOUBLE, raw.hellinger() ? hellinger(graph, features) : features);
        String centered = graph.node("centered", "Sub", wide, graph.doubles("mean", mean, mean.length));
        if (!raw.unitLength()) {
            return graph.cast("y", DataType.FLOAT, centered);
        }
        String squares = graph.node("squares", "Mul", centered, centered);
        String sum = graph.node("sum", "ReduceSum", squares, graph.longs("columns", 1));
        String length = positive(graph, "length", graph.node("root", "Sqrt", sum));
        return graph.cast("y", DataType.FLOAT, graph.node("scaled", "Div", centered, length));
    }

    private static String hellinger(GraphBuilder graph, String features) {
        String counts = graph.cast("counts", DataType.DOUBLE, features);
        String total = graph.node("total", "ReduceSum", counts, graph.longs("words", 1));
        String shares = graph.node("shares", "Div", counts, positive(graph, "positiveTotal", total));
        return graph.cast("rows", DataType.FLOAT, graph.node("roots", "Sqrt", shares));
    }

    /** A vector of zeros is divided by the least positive number instead of by 0, and stays. */
    private static String positive(GraphBuilder graph, String name, String value) {
        return graph.node(name, "Max", value, graph.doubles(name + "Least", new double[] {Double.MIN_NORMAL}, 1));
    }

    /** The nodes of a network, from prepared images to its outputs; the names are the paper's. */
    private static final class NetworkGraph {
        private static final AttributeProto TRANSPOSED = GraphBuilder.whole("transB", 1);

        private final ModelState state;
        private final GraphBuilder graph;

        /** Takes a state that {@link SavedNetworks#restore} accepts. */
        NetworkGraph(ModelState state, GraphBuilder graph) {
            this.state = state;
            this.graph = graph;
        }

        /** Adds the nodes; the name of the value y to the name of the value x. */
        String add(String y) {
            return state.kind().equals(SavedNetworks.CHAIN) ? chain(y) : unfolded(y);
        }

        private String chain(String y) {
            String z = y;
            for (int k = 1; k <= count("layers"); k++) {
                z = neurons(
                        k,
                        product("u" + k, k == 1 ? number("gain") : 1, biased("biases", "b" + k, z, matrix("W" + k))));
            }
            return z;
        }

        /** z_1 = f_1(a) with a = g W y + b_0, and z_{k+1} = f_{k+1}(a + S_k z_k + b_k); perhaps tanh(c z) at the end. */
        private String unfolded(String y) {
            String a = product("a", number("gain"), biased("input-bias", "b0", y, matrix("W")));
            String z = neurons(1, a);
            boolean tied = word("stage-weights").equals("tied");
            for (int k = 1; k <= count("stages"); k++) {
                String lateral = tied && k > 1 ? "S1" : matrix("S" + k);
                List<String> inputs = new ArrayList<>(List.of(z, lateral));
                if (word("biases").equals("learned")) {
                    inputs.add(tied && k > 1 ? "b1" : vector("b" + k));
                }
                String sum = graph.node("S" + k + "z", "Gemm", List.of(TRANSPOSED), inputs.toArray(String[]::new));
                z = neurons(k + 1, graph.node("u" + (k + 1), "Add", a, sum));
            }
            Double slope = state.numbers().get(SavedNetworks.OUTPUT_TANH);
            if (slope == null) {
                return z;
            }
            String scaled = graph.node("cz", "Mul", z, graph.floats("c", new float[] {slope.floatValue()}, 1));
            return graph.node("squashed", "Tanh", scaled);
        }

        /** What a product takes in: its factors, and a bias where the state says that there is one. */
        private List<String> biased(String word, String bias, String in, String matrix) {
            boolean learned = state.words().getOrDefault(word, "none").equals("learned");
            return learned ? List.of(in, matrix, vector(bias)) : List.of(in, matrix);
        }

        private String product(String name, double gain, List<String> inputs) {
            return graph.node(
                    name, "Gemm", List.of(TRANSPOSED, GraphBuilder.real("alpha", gain)), inputs.toArray(String[]::new));
        }

        private String neurons(int layer, String u) {
            String z = "z" + layer;
            boolean free = state.words().getOrDefault("scales", "").equals("free");
            String bounded = function(layer, free ? "f" + layer : z, u);
            return free ? graph.node(z, "Mul", bounded, exponential("mu", layer)) : bounded;
        }

        private String function(int layer, String z, String u) {
            return switch (word("neurons")) {
                case "bounded-linear" -> clip("rho", layer, z, u);
                case "soft-threshold" -> softened(layer, z, u);
                case "bounded-threshold" -> clip("nu", layer, z, softened(layer, "s" + layer, u));
                case "hard-threshold" -> ramped(layer, z, u);
                case "scaled-tanh" -> {
                    String lambda = exponential("rho", layer);
                    String relative = graph.node("relative" + layer, "Div", u, lambda);
                    yield graph.node(z, "Mul", lambda, graph.node("tanh" + layer, "Tanh", relative));
                }
                case "tanh" -> graph.node(z, "Tanh", u);
                default -> throw new IllegalStateException("no ONNX nodes for the neurons " + word("neurons"));
            };
        }

        private String softened(int layer, String name, String u) {
            return graph.node(name, "Sub", u, clip("rho", layer, "clip" + layer, u));
        }

        /** sign(u) min(|u|, max(0, (|u| - theta) / sigma + theta)). */
        private String ramped(int layer, String name, String u) {
            String theta = exponential("rho", layer);
            String length = graph.node("length" + layer, "Abs", u);
            String sigma = graph.floats("sigma" + layer, new float[] {(float) number(SavedNetworks.RAMP)}, 1);
            String above = graph.node("above" + layer, "Sub", length, theta);
            String steep = graph.node("steep" + layer, "Div", above, sigma);
            String ramp = graph.node("ramp" + layer, "Add", steep, theta);
            String positive = graph.node("risen" + layer, "Relu", ramp);
            String risen = graph.node("lower" + layer, "Min", length, positive);
            return graph.node(name, "Mul", risen, graph.node("sign" + layer, "Sign", u));
        }

        private String clip(String scale, int layer, String name, String u) {
            String lambda = exponential(scale, layer);
            String low = graph.node("low-" + scale + layer, "Neg", lambda);
            return graph.node(name, "Max", low, graph.node("capped-" + scale + layer, "Min", lambda, u));
        }

        /** The positive scales of a layer, which are learned as logarithms. */
        private String exponential(String parameter, int layer) {
            boolean shared = state.words().getOrDefault("scales", "").equals("shared");
            float[] values = array(parameter + (shared ? 1 : layer)).floats();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.exp(values[i]);
            }
            return graph.floats("exp-" + parameter + layer, values, values.length);
        }

        private String matrix(String name) {
            ModelArray array = array(name);
            return graph.floats(
                    name, array.floats(), array.shape().get(0), array.shape().get(1));
        }

        private String vector(String name) {
            ModelArray array = array(name);
            return graph.floats(name, array.floats(), array.shape().get(0));
        }

        private ModelArray array(String name) {
            return Objects.requireNonNull(state.arrays().get(name), name);
        }

        private double number(String name) {
            return Objects.requireNonNull(state.numbers().get(name), name);
        }

        private int count(String name) {
            return (int) number(name);
        }

        private String word(String name) {
            return Objects.requireNonNull(state.words().get(name), name);
        }
    }
}
