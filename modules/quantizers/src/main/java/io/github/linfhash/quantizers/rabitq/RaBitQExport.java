package io.github.linfhash.quantizers.rabitq;

import io.github.linfhash.codes.Float16;
import io.github.linfhash.codes.RaBitQCodes;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.quantizers.export.AffineParts;
import io.github.linfhash.quantizers.export.EncodingGraph;
import io.github.linfhash.quantizers.export.PackedNumbers;
import io.github.linfhash.quantizers.export.QuantizerParts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes {@link RaBitQ} to other programs. */
final class RaBitQExport {
    private static final String TERMS = "terms";
    private static final String FACTORS = "factors";

    private RaBitQExport() {}

    static QuantizerParts parts(RaBitQ.Fitted fitted) {
        RaBitQ.Options options = fitted.options();
        boolean byInnerProduct = fitted.similarity().byInnerProduct();
        AffineParts affine = AffineParts.of(fitted.rotation());
        int bits = options.bits();
        String middle = ((1 << bits) - 1) / 2f + "";
        String encoding = "y = " + affine.formula("x") + "; numbers u_j = "
                + (bits == 1
                        ? "1 where y_j > 0, else 0"
                        : "those within 0 .. " + ((1 << bits) - 1) + " with the largest (y, u - " + middle + ") / |u - "
                                + middle + "|")
                + "; factor = (y, y) / (y, u - " + middle + "), 0 where y is 0; term = "
                + (byInnerProduct ? "-(x, center)" : "|x - center|^2")
                + (half(options) ? "; factor and term are rounded to float16" : "");
        String rounded = options.queryBits() == 0
                ? ""
                : "rounded to min(z) + step round((z - min(z)) / step), step = (max(z) - min(z)) / "
                        + ((1 << options.queryBits()) - 1) + ", z = ";
        String estimate = "term " + (byInnerProduct ? "- " : "- 2 ") + "factor (q, u - " + middle + "), q = " + rounded
                + affine.formula("query");
        return new QuantizerParts(
                affine.arrays(),
                new QuantizerParts.CodeForm(options.dimensions(), bits, false, PackedNumbers.order(bits)),
                encoding,
                estimate,
                bits == 1 ? Optional.of(graph(fitted, affine)) : Optional.empty());
    }

    private static boolean half(RaBitQ.Options options) {
        return options.termBits() == Float16.BITS;
    }

    /** For one bit: the signs, and in float64 the two numbers beside them. */
    private static EncodingGraph graph(RaBitQ.Fitted fitted, AffineParts affine) {
        Similarity similarity = fitted.similarity();
        NpyType termType = half(fitted.options()) ? NpyType.FLOAT16 : NpyType.FLOAT32;
        float[] center = fitted.rotation().center();
        EncodingGraph.Builder graph = new EncodingGraph.Builder(affine.inputs(), similarity);
        String y = affine.addTo(graph, graph.x());
        graph.signs(y, affine.outputs());
        String wide = graph.cast("wideY", NpyType.FLOAT64, y);
        String squared = graph.sum("squaredLength", graph.node("squaresOfY", "Mul", wide, wide));
        String sum = graph.sum("norm1", graph.node("magnitudes", "Abs", wide));
        String product = graph.node("product", "Mul", sum, graph.constant("half", NpyArray.ofDoubles(0.5)));
        String positive = graph.node(
                "positiveProduct", "Max", product, graph.constant("least", NpyArray.ofDoubles(Double.MIN_NORMAL)));
        graph.cast(FACTORS, termType, graph.node("factor", "Div", squared, positive));
        graph.output(FACTORS, termType, 1);
        String c = graph.cast(
                "wideCenter", NpyType.FLOAT64, graph.constant("center", NpyArray.ofFloats(center, center.length)));
        String x = graph.cast("wideX", NpyType.FLOAT64, graph.x());
        String one = similarity.byInnerProduct() ? x : graph.node("less", "Sub", x, c);
        String other = similarity.byInnerProduct() ? graph.node("opposite", "Neg", c) : one;
        graph.cast(TERMS, termType, graph.sum("term", graph.node("termParts", "Mul", one, other)));
        graph.output(TERMS, termType, 1);
        return graph.build();
    }

    static Map<String, NpyArray> arrays(RaBitQ.Options options, RaBitQCodes codes) {
        return Map.of(
                QuantizerParts.CODES,
                PackedNumbers.of(codes.planes()),
                TERMS,
                array(options, codes.terms()),
                FACTORS,
                array(options, codes.factors()));
    }

    private static NpyArray array(RaBitQ.Options options, float[] values) {
        if (!half(options)) {
            return NpyArray.ofFloats(values, values.length);
        }
        ByteBuffer halves = ByteBuffer.allocate(Short.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            halves.putShort(Float16.of(value));
        }
        return NpyArray.owning(NpyType.FLOAT16, List.of(values.length), halves.array());
    }
}
