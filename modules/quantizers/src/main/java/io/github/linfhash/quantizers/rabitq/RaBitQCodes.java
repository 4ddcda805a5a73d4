package io.github.linfhash.quantizers.rabitq;

import io.github.linfhash.codes.BitPlanes;
import io.github.linfhash.codes.UniformQuery;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.input.Float16;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.quantizers.DistanceEstimates;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.export.AffineParts;
import io.github.linfhash.quantizers.export.EncodingGraph;
import io.github.linfhash.quantizers.export.PackedNumbers;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.export.QuantizerParts;
import io.github.linfhash.quantizers.rotation.LinearMap;
import io.github.linfhash.quantizers.rotation.Maps;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The codes of {@link RaBitQ}. */
public final class RaBitQCodes implements PortableQuantizer.Encoded {
    private static final String TERMS = "terms";
    private static final String FACTORS = "factors";

    private final Fitted fitted;
    private final BitPlanes planes;
    private final float[] terms;
    private final float[] factors;

    private RaBitQCodes(Fitted fitted, BitPlanes planes, float[] terms, float[] factors) {
        this.fitted = fitted;
        this.planes = planes;
        this.terms = terms;
        this.factors = factors;
    }

    /** Center and rotation. */
    public static final class Fitted implements PortableQuantizer.Fitted {
        private final RaBitQ.Options options;
        private final Similarity similarity;
        private final float[] center;
        private final LinearMap rotation;

        Fitted(RaBitQ.Options options, Similarity similarity, float[] center, LinearMap rotation) {
            this.options = options;
            this.similarity = similarity;
            this.center = center;
            this.rotation = rotation;
        }

        @Override
        public int bytes() {
            return options.bytes();
        }

        @Override
        public QuantizerParts parts() {
            AffineParts affine = rotation.parts();
            int bits = options.bits();
            String middle = ((1 << bits) - 1) / 2f + "";
            String encoding = "y = " + affine.formula("x") + "; numbers u_j = "
                    + (bits == 1
                            ? "1 where y_j > 0, else 0"
                            : "those within 0 .. " + ((1 << bits) - 1) + " with the largest (y, u - " + middle
                                    + ") / |u - " + middle + "|")
                    + "; factor = (y, y) / (y, u - " + middle + "), 0 where y is 0; term = "
                    + (similarity.byInnerProduct() ? "-(x, center)" : "|x - center|^2")
                    + (half() ? "; factor and term are rounded to float16" : "");
            String rounded = options.queryBits() == 0
                    ? ""
                    : "rounded to min(z) + step round((z - min(z)) / step), step = (max(z) - min(z)) / "
                            + ((1 << options.queryBits()) - 1) + ", z = ";
            String estimate = "term " + (similarity.byInnerProduct() ? "- " : "- 2 ") + "factor (q, u - " + middle
                    + "), q = " + rounded + affine.formula("query");
            return new QuantizerParts(
                    affine.arrays(),
                    new QuantizerParts.CodeForm(options.dimensions(), bits, false, PackedNumbers.order(bits)),
                    encoding,
                    estimate,
                    bits == 1 ? Optional.of(graph(affine)) : Optional.empty());
        }

        private boolean half() {
            return options.termBits() == Float16.BITS;
        }

        private NpyType termType() {
            return half() ? NpyType.FLOAT16 : NpyType.FLOAT32;
        }

        /** For one bit: the signs, and in float64 the two numbers beside them. */
        private EncodingGraph graph(AffineParts affine) {
            EncodingGraph.Builder graph = new EncodingGraph.Builder(affine.inputs(), similarity);
            String y = affine.addTo(graph, graph.x());
            graph.signs(y, affine.outputs());
            String wide = graph.cast("wideY", NpyType.FLOAT64, y);
            String squared = graph.sum("squaredLength", graph.node("squaresOfY", "Mul", wide, wide));
            String sum = graph.sum("norm1", graph.node("magnitudes", "Abs", wide));
            String product = graph.node("product", "Mul", sum, graph.constant("half", NpyArray.ofDoubles(0.5)));
            String positive = graph.node(
                    "positiveProduct", "Max", product, graph.constant("least", NpyArray.ofDoubles(Double.MIN_NORMAL)));
            graph.cast(FACTORS, termType(), graph.node("factor", "Div", squared, positive));
            graph.output(FACTORS, termType(), 1);
            String c = graph.cast(
                    "wideCenter", NpyType.FLOAT64, graph.constant("center", NpyArray.ofFloats(center, center.length)));
            String x = graph.cast("wideX", NpyType.FLOAT64, graph.x());
            String one = similarity.byInnerProduct() ? x : graph.node("less", "Sub", x, c);
            String other = similarity.byInnerProduct() ? graph.node("opposite", "Neg", c) : one;
            graph.cast(TERMS, termType(), graph.sum("term", graph.node("termParts", "Mul", one, other)));
            graph.output(TERMS, termType(), 1);
            return graph.build();
        }

        @Override
        public RaBitQCodes encode(FeatureMatrix vectors) {
            return of(rotation.apply(vectors), similarity.termsOf(vectors, center));
        }

        private RaBitQCodes of(FeatureMatrix rotated, float[] terms) {
            int n = rotated.rows();
            int width = options.dimensions();
            byte[] numbers = new byte[Math.multiplyExact(n, width)];
            float[] factors = new float[n];
            IntStream.range(0, n).parallel().forEach(i -> {
                float[] x = new float[width];
                rotated.copyRow(i, x);
                GridCode code = GridCode.of(x, options.bits());
                System.arraycopy(code.numbers(), 0, numbers, i * width, width);
                double squared = 0;
                for (float value : x) {
                    squared += (double) value * value;
                }
                factors[i] = squared == 0 ? 0 : (float) (squared / code.product());
            });
            if (half()) {
                roundToHalf(factors);
                roundToHalf(terms);
            }
            return new RaBitQCodes(this, BitPlanes.of(n, width, options.bits(), numbers), terms, factors);
        }
    }

    private static void roundToHalf(float[] values) {
        for (int i = 0; i < values.length; i++) {
            float rounded = Float16.toFloat(Float16.of(values[i]));
            if (!Float.isFinite(rounded)) {
                throw new InputException("rabitq: termBits 16 hold numbers up to 65504, and vector " + i + " needs "
                        + values[i] + "; scale the vectors, or take termBits 32");
            }
            values[i] = rounded;
        }
    }

    /**
     * Codes of one bit for each coordinate of vectors that were mapped before, by whatever map; queries have to be mapped, too, and stay
     * in float32.
     *
     * @param mapped n x N
     * @param terms what of the distance to each vector does not depend on the query
     */
    public static RaBitQCodes ofMapped(FeatureMatrix mapped, float[] terms, Similarity similarity) {
        int width = mapped.dimension();
        float[] origin = new float[width];
        return new Fitted(new RaBitQ.Options(1, width, 0, 32), similarity, origin, Maps.first(width, origin))
                .of(mapped, terms.clone());
    }

    @Override
    public int size() {
        return planes.size();
    }

    @Override
    public Map<String, NpyArray> arrays() {
        return Map.of(QuantizerParts.CODES, PackedNumbers.of(planes), TERMS, array(terms), FACTORS, array(factors));
    }

    private NpyArray array(float[] values) {
        if (!fitted.half()) {
            return NpyArray.ofFloats(values, size());
        }
        ByteBuffer halves = ByteBuffer.allocate(Short.BYTES * size()).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            halves.putShort(Float16.of(value));
        }
        return NpyArray.owning(NpyType.FLOAT16, List.of(size()), halves.array());
    }

    /**
     * Estimates -(o, q) up to what all codes share, or the squared distance |o - q|^2 less |q - c|^2.
     *
     * @param queries m x d
     */
    @Override
    public Estimates estimates(FeatureMatrix queries) {
        return new Estimates(fitted.rotation.apply(queries));
    }

    /** Estimates for queries. */
    public final class Estimates implements DistanceEstimates {
        private final FeatureMatrix rotated;

        private Estimates(FeatureMatrix rotated) {
            this.rotated = rotated;
        }

        @Override
        public int queries() {
            return rotated.rows();
        }

        @Override
        public OfQuery of(int query) {
            float[] q = new float[rotated.dimension()];
            rotated.copyRow(query, q);
            float sum = 0;
            for (float value : q) {
                sum += value;
            }
            int bits = fitted.options.bits();
            float middle = ((1 << bits) - 1) / 2f * sum;
            float scale = fitted.similarity.factor();
            if (fitted.options.queryBits() == 0) {
                BitPlanes.Products products = planes.products(q);
                return i -> terms[i] + scale * factors[i] * (products.of(i) - middle);
            }
            UniformQuery rounded = UniformQuery.of(q, fitted.options.queryBits());
            float roundedMiddle = ((1 << bits) - 1)
                    / 2f
                    * (rounded.low() * q.length
                            + rounded.step() * rounded.numbers().sum(0));
            return i -> terms[i] + scale * factors[i] * (rounded.product(planes, i) - roundedMiddle);
        }

        /**
         * How far the estimate for a code, with the query in float32, is from the truth at most, with confidence 1 - 2 exp(-c0 epsilon^2)
         * (theorem 3.2 of the paper of 2024, which takes epsilon = 1.9): 2 |x| |q| sqrt((1 - a^2) / a^2) epsilon / sqrt(D - 1) for the
         * squared distance, half of it for the inner product; a is the cosine of x and its grid vector. All coordinates have to be
         * kept, and vectors compared by distance, as only then |x| stands beside the code.
         *
         * @throws IllegalStateException if this is not so
         */
        public double bound(int query, int code, double epsilon) {
            int width = fitted.options.dimensions();
            if (width != fitted.center.length || fitted.similarity.byInnerProduct()) {
                throw new IllegalStateException("the bound needs all coordinates, and distances");
            }
            double squares = 0;
            for (int j = 0; j < width; j++) {
                squares += (double) rotated.get(query, j) * rotated.get(query, j);
            }
            double a = cosine(code);
            return 2
                    * Math.sqrt(terms[code])
                    * Math.sqrt(squares)
                    * Math.sqrt((1 - a * a) / (a * a))
                    * epsilon
                    / Math.sqrt(width - 1.0);
        }
    }

    /** (x, y) / (|x| |y|) from what stands beside the code: |x| / (|y| factor). */
    private double cosine(int code) {
        double middle = ((1 << planes.planes()) - 1) / 2.0;
        double squaredLength = 0;
        for (int j = 0; j < planes.numbers(); j++) {
            double y = planes.number(code, j) - middle;
            squaredLength += y * y;
        }
        return Math.min(1, Math.sqrt(terms[code]) / (Math.sqrt(squaredLength) * factors[code]));
    }
}
