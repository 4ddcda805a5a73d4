package io.github.linfhash.quantizers.scalar;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.quantizers.DistanceEstimates;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.export.AffineParts;
import io.github.linfhash.quantizers.export.EncodingGraph;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.export.QuantizerParts;
import io.github.linfhash.quantizers.rotation.LinearMap;
import io.github.linfhash.quantizers.rotation.Maps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Coordinates rounded to whole numbers within -127..127, with a scale for each vector.
 *
 * <p>Based on no paper; it is what databases call scalar quantization or int8. A scale, the largest magnitude divided by 127, stands
 * beside the code as float32. Queries are rounded in the same way, and products are those of whole numbers. With fewer coordinates
 * than d it takes the first principal components. What it leaves out: quantiles in the place of the largest magnitude.
 */
public final class Int8 implements PortableQuantizer {
    private static final int SIDE_BYTES = 4;
    private static final int MOST = 127;
    private static final String SCALES = "scales";

    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "int8",
            "int8",
            "Scalar quantization to 8 bits, as vector databases have it",
            options -> false,
            false,
            Int8::new,
            (d, bytes) -> bytes < 2 * SIDE_BYTES || bytes - SIDE_BYTES > d + 16
                    ? List.of()
                    : List.of(new Options(Math.min(d, bytes - SIDE_BYTES))));

    /**
     * The options.
     *
     * @param dimensions how many coordinates are kept, at most d
     */
    public record Options(int dimensions) {
        public Options {
            if (dimensions < 1) {
                throw new InputException("int8: expected at least 1 dimension, found " + dimensions);
            }
        }
    }

    private final Options options;

    public Int8(Options options) {
        this.options = options;
    }

    @Override
    public PortableQuantizer.Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        int d = vectors.dimension();
        int kept = options.dimensions();
        Maps.requireDimensions("int8", kept, d);
        float[] none = new float[d];
        LinearMap map = kept == d ? Maps.first(d, none) : LinearMap.of(Maps.principalComponents(vectors, kept), none);
        return new Fitted(map, similarity);
    }

    private record Fitted(LinearMap map, Similarity similarity) implements PortableQuantizer.Fitted {
        @Override
        public int bytes() {
            return map.outputs() + SIDE_BYTES;
        }

        @Override
        public QuantizerParts parts() {
            AffineParts affine = map.parts();
            return new QuantizerParts(
                    affine.arrays(),
                    new QuantizerParts.CodeForm(affine.outputs(), 8, false, "number j is byte j, as int8"),
                    "y = " + affine.formula("x")
                            + "; numbers u_j = floor(127 y_j / largest + 1/2), largest = max |y_j|;"
                            + " scale = largest / 127",
                    (similarity.byInnerProduct() ? "- " : "scale^2 (u, u) - 2 ")
                            + "scale scaleOfQuery (u, v), v the query's numbers",
                    Optional.of(graph(affine)));
        }

        private EncodingGraph graph(AffineParts affine) {
            EncodingGraph.Builder graph = new EncodingGraph.Builder(affine.inputs(), similarity);
            String y = affine.addTo(graph, graph.x());
            String largest = graph.reduction("largest", "ReduceMax", graph.node("magnitudes", "Abs", y));
            String most = graph.constant("most", NpyArray.ofFloats(new float[] {MOST}, 1));
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

        @Override
        public PortableQuantizer.Encoded encode(FeatureMatrix vectors) {
            return new Encoded(this, Rounded.of(map.apply(vectors)));
        }
    }

    private static final class Rounded {
        private final int width;
        private final byte[] numbers;
        private final float[] scales;

        Rounded(int width, byte[] numbers, float[] scales) {
            this.width = width;
            this.numbers = numbers;
            this.scales = scales;
        }

        static Rounded of(FeatureMatrix vectors) {
            int width = vectors.dimension();
            byte[] numbers = new byte[Math.multiplyExact(vectors.rows(), width)];
            float[] scales = new float[vectors.rows()];
            IntStream.range(0, vectors.rows()).parallel().forEach(i -> {
                float[] x = new float[width];
                vectors.copyRow(i, x);
                float largest = 0;
                for (float value : x) {
                    largest = Math.max(largest, Math.abs(value));
                }
                scales[i] = largest / MOST;
                for (int j = 0; j < width && largest > 0; j++) {
                    numbers[i * width + j] = (byte) Math.round(x[j] / largest * MOST);
                }
            });
            return new Rounded(width, numbers, scales);
        }

        int product(int i, Rounded other, int j) {
            int sum = 0;
            int left = i * width;
            int right = j * width;
            for (int k = 0; k < width; k++) {
                sum += numbers[left + k] * other.numbers[right + k];
            }
            return sum;
        }
    }

    private record Encoded(Fitted fitted, Rounded rounded) implements PortableQuantizer.Encoded {
        @Override
        public int size() {
            return rounded.scales.length;
        }

        @Override
        public Map<String, NpyArray> arrays() {
            return Map.of(
                    QuantizerParts.CODES,
                    NpyArray.owning(NpyType.INT8, List.of(size(), rounded.width), rounded.numbers.clone()),
                    SCALES,
                    NpyArray.ofFloats(rounded.scales, size()));
        }

        @Override
        public DistanceEstimates estimates(FeatureMatrix queries) {
            float[] terms = new float[size()];
            for (int i = 0; i < terms.length && !fitted.similarity.byInnerProduct(); i++) {
                terms[i] = rounded.scales[i] * rounded.scales[i] * rounded.product(i, rounded, i);
            }
            return new Estimates(rounded, Rounded.of(fitted.map.apply(queries)), terms, fitted.similarity.factor());
        }
    }

    private static final class Estimates implements DistanceEstimates {
        private final Rounded codes;
        private final Rounded of;
        private final float[] terms;
        private final float factor;

        Estimates(Rounded codes, Rounded of, float[] terms, float factor) {
            this.codes = codes;
            this.of = of;
            this.terms = terms;
            this.factor = factor;
        }

        @Override
        public int queries() {
            return of.scales.length;
        }

        @Override
        public OfQuery of(int query) {
            float scale = factor * of.scales[query];
            return i -> terms[i] + scale * codes.scales[i] * codes.product(i, of, query);
        }
    }
}
