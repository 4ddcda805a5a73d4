package io.github.linfhash.encoders;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.training.NetworkHashFunction.CodeRule;
import io.github.linfhash.io.onnx.OnnxGraph;
import java.util.List;
import java.util.Map;

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
        return Network.isSaved(state);
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
        Network restored = Network.restore(network);
        if (raw.mean().length != network.inputs()) {
            throw new IllegalArgumentException(
                    "a mean of " + raw.mean().length + " values does not fit " + network.inputs() + " inputs");
        }
        return graph(network, restored, raw).toFile(version, metadata);
    }

    private static OnnxGraph graph(ModelState state, Network network, RawInput raw) {
        OnnxGraph graph = new OnnxGraph(OPSET);
        String y = prepare(graph, raw, graph.input("features", network.dimension()));
        String outputs = graph.node("outputs", "Identity", network.addTo(graph, y));
        CodeRule rule = CodeRule.of(state);
        String zero = graph.floats("zero", new float[1], 1);
        graph.cast("codes", DataType.UINT8, graph.node("positive", "Greater", values(graph, rule, outputs), zero));
        graph.output("outputs", DataType.FLOAT, network.outputs());
        graph.output("codes", DataType.UINT8, rule.bitsPerOutput() * network.outputs());
        return graph;
    }

    /** The values whose signs are the bits. */
    private static String values(OnnxGraph graph, CodeRule rule, String outputs) {
        return switch (rule) {
            case SIGN -> outputs;
            case SUPPORT -> graph.node("magnitudes", "Abs", outputs);
            case TERNARY ->
                graph.node(
                        "sides",
                        "Concat",
                        List.of(OnnxGraph.whole("axis", 1)),
                        outputs,
                        graph.node("opposite", "Neg", outputs));
        };
    }

    /** Adds the arithmetic of {@code Preprocessor} to the graph, equal but for the last bit of the scaling. */
    private static String prepare(OnnxGraph graph, RawInput raw, String features) {
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

    private static String hellinger(OnnxGraph graph, String features) {
        String counts = graph.cast("counts", DataType.DOUBLE, features);
        String total = graph.node("total", "ReduceSum", counts, graph.longs("words", 1));
        String shares = graph.node("shares", "Div", counts, positive(graph, "positiveTotal", total));
        return graph.cast("rows", DataType.FLOAT, graph.node("roots", "Sqrt", shares));
    }

    /** A vector of zeros is divided by the least positive number instead of by 0, and stays. */
    private static String positive(OnnxGraph graph, String name, String value) {
        return graph.node(name, "Max", value, graph.doubles(name + "Least", new double[] {Double.MIN_NORMAL}, 1));
    }

    /** The preprocessing of a raw feature vector before the network takes it; immutable. */
    public static final class RawInput {
        private final boolean hellinger;
        private final double[] mean;
        private final boolean unitLength;

        /**
         * Subtraction of a mean, and perhaps scaling before and after it.
         *
         * @param hellinger whether each value is first replaced by the square root of its share of the vector's sum; a vector
         *     of zeros stays
         * @param mean what is subtracted, n values
         * @param unitLength whether the vector is then scaled to Euclidean length 1; a vector of zeros stays
         */
        public RawInput(boolean hellinger, double[] mean, boolean unitLength) {
            this.hellinger = hellinger;
            this.mean = mean.clone();
            this.unitLength = unitLength;
        }

        boolean hellinger() {
            return hellinger;
        }

        double[] mean() {
            return mean.clone();
        }

        boolean unitLength() {
            return unitLength;
        }
    }
}
