package io.github.linfhash.encoders.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.encoders.layers.SavedNetworks;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The nodes of a network, from prepared images to its outputs; the names are the paper's. */
final class NetworkGraph {
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
                    k, product("u" + k, k == 1 ? number("gain") : 1, biased("biases", "b" + k, z, matrix("W" + k))));
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
            case "bounded-linear" -> clip(layer, z, u);
            case "soft-threshold" -> graph.node(z, "Sub", u, clip(layer, "clip" + layer, u));
            case "scaled-tanh" -> {
                String lambda = exponential("rho", layer);
                String relative = graph.node("relative" + layer, "Div", u, lambda);
                yield graph.node(z, "Mul", lambda, graph.node("tanh" + layer, "Tanh", relative));
            }
            case "tanh" -> graph.node(z, "Tanh", u);
            default -> throw new IllegalStateException("no ONNX nodes for the neurons " + word("neurons"));
        };
    }

    private String clip(int layer, String name, String u) {
        String lambda = exponential("rho", layer);
        String low = graph.node("low" + layer, "Neg", lambda);
        return graph.node(name, "Max", low, graph.node("capped" + layer, "Min", lambda, u));
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
