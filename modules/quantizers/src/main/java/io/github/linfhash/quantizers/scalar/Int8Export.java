package io.github.linfhash.quantizers.scalar;

import io.github.linfhash.codes.Int8Codes;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.quantizers.export.AffineParts;
import io.github.linfhash.quantizers.export.EncodingGraph;
import io.github.linfhash.quantizers.export.QuantizerParts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes {@link Int8} to other programs. */
final class Int8Export {
    private static final String SCALES = "scales";

    private Int8Export() {}

    static QuantizerParts parts(Int8.Fitted fitted) {
        AffineParts affine = AffineParts.of(fitted.map());
        return new QuantizerParts(
                affine.arrays(),
                new QuantizerParts.CodeForm(affine.outputs(), 8, false, "number j is byte j, as int8"),
                "y = " + affine.formula("x")
                        + "; numbers u_j = floor(127 y_j / largest + 1/2), largest = max |y_j|;"
                        + " scale = largest / 127",
                (fitted.similarity().byInnerProduct() ? "- " : "scale^2 (u, u) - 2 ")
                        + "scale scaleOfQuery (u, v), v the query's numbers",
                Optional.of(graph(affine, fitted.similarity())));
    }

    private static EncodingGraph graph(AffineParts affine, Similarity similarity) {
        EncodingGraph.Builder graph = new EncodingGraph.Builder(affine.inputs(), similarity);
        String y = affine.addTo(graph, graph.x());
        String largest = graph.reduction("largest", "ReduceMax", graph.node("magnitudes", "Abs", y));
        String most = graph.constant("most", NpyArray.ofFloats(new float[] {Int8Codes.MOST}, 1));
        graph.node(SCALES, "Div", largest, most);
        graph.output(SCALES, NpyType.FLOAT32, 1);
        String positive = graph.node(
                "positive",
                "Max",
                largest,
                graph.constant("leastMagnitude", NpyArray.ofFloats(new float[] {Float.MIN_NORMAL}, 1)));
        String steps = graph.node("steps", "Mul", graph.node("shares", "Div", y, positive), most);
        // In float64 one half is added without rounding, as Math.round does.
        String half = graph.constant("half", NpyArray.ofDoubles(0.5));
        String raised = graph.node("raised", "Add", graph.cast("wideSteps", NpyType.FLOAT64, steps), half);
        graph.cast(QuantizerParts.CODES, NpyType.INT8, graph.node("rounded", "Floor", raised));
        graph.output(QuantizerParts.CODES, NpyType.INT8, affine.outputs());
        return graph.build();
    }

    static Map<String, NpyArray> arrays(Int8Codes codes) {
        float[] scales = codes.scales();
        byte[] numbers = codes.numbers();
        return Map.of(
                QuantizerParts.CODES,
                NpyArray.owning(NpyType.INT8, List.of(scales.length, numbers.length / scales.length), numbers),
                SCALES,
                NpyArray.ofFloats(scales, scales.length));
    }
}
