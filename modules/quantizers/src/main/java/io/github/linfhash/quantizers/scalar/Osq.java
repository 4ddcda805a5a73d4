package io.github.linfhash.quantizers.scalar;

import io.github.linfhash.codes.BitPlanes;
import io.github.linfhash.codes.Float16;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Optimized scalar quantization: each centered vector has a grid of its own, whose ends lessen an anisotropic loss ({@link
 * Interval}).
 *
 * <p>Based on what Lucene 10 calls by that name and "better binary quantization" (T. Veasey, B. Trent, 2024): 1, 2, 4, 7 or 8 bits a
 * coordinate; beside the code the ends of the interval, one term of the vector alone, as float32, and the sum of the code's numbers in two
 * bytes, 14 bytes. Queries are rounded in the same way: to four bits where codes have one or two, else as codes are.
 *
 * <p>What it leaves out: a center for each segment or cluster (there is one, the mean). What it adds: a random rotation before it,
 * where asked for, and, with fewer coordinates than d, the first principal components, rotated at random; and, where asked for, ends and term in
 * float16, 8 bytes with the sum, and queries in float32.
 */
public record Osq(Options options) implements Quantizer {
    /** The ends of the interval, a term and the sum of the numbers. */
    public static final int SIDE_BYTES = 14;

    private static final int FLOAT_BITS = 32;

    private static final List<Integer> BITS = List.of(1, 2, 4, 7, 8);

    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "osq",
            "OSQ",
            "Apache Lucene 10: optimized scalar quantization, \"better binary quantization\", 2024",
            Options::rotated,
            false,
            Osq::new,
            Osq::within,
            options -> options.bits() < 8
                    && options.queryBits() == Math.max(4, options.bits())
                    && options.termBits() == FLOAT_BITS);

    /**
     * The options.
     *
     * @param bits of a coordinate: 1, 2, 4, 7 or 8; 8 only where they are asked for
     * @param dimensions how many coordinates are kept, at most d
     * @param rotated whether a random rotation goes before; always where dimensions are fewer than d
     * @param queryBits of a coordinate of the query, 1 to 8; 0 leaves the query in float32. Where it is left out, those of Lucene are meant
     * @param termBits of each end and of the term: 32, as in Lucene, which is meant where it is left out, or 16
     */
    public record Options(
            @Range(least = 1, most = 8) int bits,
            @Range(least = 1) int dimensions,
            boolean rotated,
            @Nullable @Range(least = 0, most = 8) Integer queryBits,
            @Nullable Integer termBits) {
        public Options {
            queryBits = queryBits == null ? Math.max(4, bits) : queryBits;
            termBits = termBits == null ? FLOAT_BITS : termBits;
            Ranges.check(Options.class, bits, dimensions, rotated, queryBits, termBits);
            Ranges.require(
                    termBits == FLOAT_BITS || termBits == Float16.BITS,
                    "termBits: expected 32 or 16, found " + termBits);
            Ranges.require(BITS.contains(bits), "bits: expected one of " + BITS + ", found " + bits);
        }

        /** Makes options with the ends, the term and the queries of Lucene. */
        public Options(int bits, int dimensions, boolean rotated) {
            this(bits, dimensions, rotated, null, null);
        }

        @Override
        public Integer queryBits() {
            return queryBits == null ? Math.max(4, bits) : queryBits;
        }

        @Override
        public Integer termBits() {
            return termBits == null ? FLOAT_BITS : termBits;
        }

        private int bytes() {
            return (dimensions * bits + 7) / 8 + sideBytes(termBits());
        }
    }

    private static int sideBytes(int termBits) {
        return 3 * termBits / Byte.SIZE + Short.BYTES;
    }

    /** Options of Lucene first. */
    private static List<Options> within(int d, int bytes) {
        List<Options> options = new ArrayList<>();
        for (int termBits : new int[] {FLOAT_BITS, Float16.BITS}) {
            for (int bits : BITS) {
                int dimensions = Math.min(d, 8 * (bytes - sideBytes(termBits)) / bits);
                for (int queryBits : new int[] {Math.max(4, bits), 0}) {
                    for (boolean rotated : new boolean[] {false, true}) {
                        if (dimensions >= 1 && (rotated || dimensions == d)) {
                            options.add(new Options(bits, dimensions, rotated, queryBits, termBits));
                        }
                    }
                }
            }
        }
        return options.stream().filter(one -> one.bytes() > bytes - 16).toList();
    }

    @Override
    public Quantizer.Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        int d = vectors.dimension();
        SPEC.requireDimensions(options.dimensions(), d);
        float[] center = LinearMap.mean(vectors);
        LinearMap map = options.rotated() || options.dimensions() < d
                ? LinearMap.rotatedComponents(vectors, options.dimensions(), center, random)
                : LinearMap.first(d, center);
        return new Fitted(options, similarity, map);
    }

    /** The fitted quantizer; terms of vectors are about the center of its map. */
    record Fitted(Options options, Similarity similarity, LinearMap map) implements Quantizer.Fitted {
        @Override
        public int bytes() {
            return options.bytes();
        }

        @Override
        public long modelBytes() {
            return map.bytes();
        }

        @Override
        public Encoded encode(FeatureMatrix vectors) {
            boolean half = options.termBits() == Float16.BITS;
            Rounded codes = Rounded.of(
                    map.apply(vectors),
                    options.bits(),
                    half ? (x, points) -> Interval.of(x, points).half() : Interval::of);
            float[] terms = PreparedVectors.terms(similarity, vectors, map.center());
            if (half) {
                for (int i = 0; i < terms.length; i++) {
                    terms[i] = half(terms[i]);
                }
            }
            return compared(codes, terms, options.queryBits());
        }

        private Encoded compared(Rounded codes, float[] terms, int queryBits) {
            Encoded encoded = queryBits == 0
                    ? codes.compared(terms, similarity, map)
                    : codes.compared(
                            terms, similarity, queries -> Rounded.of(map.apply(queries), queryBits, Interval::of));
            return new Encoded(
                    terms.length,
                    encoded.comparison(),
                    other -> other.options() instanceof Options known
                            ? Optional.of(compared(codes, terms, known.queryBits()))
                            : Optional.empty());
        }
    }

    private static float half(float value) {
        float rounded = Float16.toFloat(Float16.of(value));
        if (!Float.isFinite(rounded)) {
            throw new InputException("osq: termBits 16 hold numbers up to 65504, and a vector needs " + value
                    + "; scale the vectors, or take termBits 32");
        }
        return rounded;
    }

    /** Vectors rounded to grids of their own: x_j = low + step * u_j. */
    static final class Rounded {
        private final BitPlanes numbers;
        private final float[] low;
        private final float[] step;

        Rounded(BitPlanes numbers, float[] low, float[] step) {
            this.numbers = numbers;
            this.low = low;
            this.step = step;
        }

        /**
         * Rounds vectors.
         *
         * @param grid the grid of a vector for so many points
         */
        static Rounded of(FeatureMatrix vectors, int bits, BiFunction<float[], Integer, Interval> grid) {
            int n = vectors.rows();
            int width = vectors.dimension();
            byte[] numbers = new byte[Math.multiplyExact(n, width)];
            float[] low = new float[n];
            float[] step = new float[n];
            IntStream.range(0, n).parallel().forEach(i -> {
                float[] x = new float[width];
                vectors.copyRow(i, x);
                Interval interval = grid.apply(x, 1 << bits);
                interval.round(x, numbers, i * width);
                low[i] = interval.low() * interval.scale();
                step[i] = interval.step() * interval.scale();
            });
            return new Rounded(BitPlanes.of(n, width, bits, numbers), low, step);
        }

        /**
         * Estimates distances by (low + step u, low' + step' u'), from whole numbers.
         *
         * @param terms of the vectors that do not depend on the query
         * @param rounding rounds queries
         */
        Encoded compared(float[] terms, Similarity similarity, Function<FeatureMatrix, Rounded> rounding) {
            float scale = similarity.factor();
            return new Encoded(terms.length, vectors -> {
                Rounded queries = rounding.apply(vectors);
                return new Estimates(queries.low.length, query -> {
                    float lowest = queries.low[query];
                    float width = queries.step[query];
                    float ofLows = lowest * numbers.numbers() + width * queries.numbers.sum(query);
                    return i -> {
                        float ofSteps = lowest * numbers.sum(i) + width * numbers.product(i, queries.numbers, query);
                        return terms[i] + scale * (low[i] * ofLows + step[i] * ofSteps);
                    };
                });
            });
        }

        /** Estimates distances by (low + step u, q), with q in float32. */
        Encoded compared(float[] terms, Similarity similarity, LinearMap map) {
            float scale = similarity.factor();
            return new Encoded(
                    terms.length,
                    vectors -> Estimates.ofRows(map.apply(vectors), query -> {
                        double total = 0;
                        for (float value : query) {
                            total += value;
                        }
                        float sum = (float) total;
                        BitPlanes.Products products = numbers.products(query);
                        return i -> terms[i] + scale * (low[i] * sum + step[i] * products.of(i));
                    }));
        }
    }

    /**
     * The grid of equal steps for the coordinates of one vector x of which little is lost: with e the error of rounding x to it, the least (1
     * - lambda) (x, e)^2 / |x|^2 + lambda |e|^2, lambda = 0.1, so that errors along x count more than others.
     *
     * <p>From the grid that has the least mean squared error for normal coordinates, roundings and ends are improved in turn, at most five
     * times and as long as the loss falls: for fixed roundings the loss is a quadratic form of the two ends.
     *
     * @param low its least value
     * @param high its greatest value, not below low
     * @param points how many values it has
     * @param scale by what a value is multiplied after rounding
     */
    record Interval(float low, float high, int points, float scale) {
        private static final double LAMBDA = 0.1;
        private static final int ROUNDS = 5;

        /** Half the width, in standard deviations, of the best uniform grid of 2^B values for normal numbers, B = 1..8. */
        private static final double[] HALF_WIDTHS = {0.798, 1.493, 2.051, 2.514, 2.916, 3.278, 3.611, 3.922};

        Interval(float low, float high, int points) {
            this(low, high, points, 1);
        }

        /** The grid with both ends in float16. */
        private Interval half() {
            return new Interval(Osq.half(low), Osq.half(high), points, scale);
        }

        float step() {
            return (high - low) / (points - 1);
        }

        /** The number of the grid's value that is nearest. */
        int nearest(float x) {
            if (high <= low) {
                return 0;
            }
            return Math.round((Math.min(high, Math.max(low, x)) - low) / step());
        }

        void round(float[] x, byte[] target, int at) {
            for (int j = 0; j < x.length; j++) {
                target[at + j] = (byte) nearest(x[j]);
            }
        }

        private double loss(float[] x, double squaredLength) {
            double along = 0;
            double squares = 0;
            for (float value : x) {
                double error = value - (low + (double) step() * nearest(value));
                along += value * error;
                squares += error * error;
            }
            return (1 - LAMBDA) * along * along / squaredLength + LAMBDA * squares;
        }

        /** The ends of the least loss for the roundings to this grid; this grid where they are not determined. */
        private Interval improved(float[] x, double squaredLength) {
            double aa = 0;
            double ab = 0;
            double bb = 0;
            double ax = 0;
            double bx = 0;
            for (float value : x) {
                double share = nearest(value) / (points - 1.0);
                aa += (1 - share) * (1 - share);
                ab += (1 - share) * share;
                bb += share * share;
                ax += value * (1 - share);
                bx += value * share;
            }
            double weight = (1 - LAMBDA) / squaredLength;
            double laa = weight * ax * ax + LAMBDA * aa;
            double lab = weight * ax * bx + LAMBDA * ab;
            double lbb = weight * bx * bx + LAMBDA * bb;
            double determinant = laa * lbb - lab * lab;
            float a = (float) ((lbb * ax - lab * bx) / determinant);
            float b = (float) ((laa * bx - lab * ax) / determinant);
            return determinant != 0 && Float.isFinite(a) && Float.isFinite(b) && a <= b
                    ? new Interval(a, b, points)
                    : this;
        }

        /** The grid of so many points for a vector. */
        static Interval of(float[] x, int points) {
            double mean = 0;
            double squaredLength = 0;
            float least = Float.POSITIVE_INFINITY;
            float greatest = Float.NEGATIVE_INFINITY;
            for (float value : x) {
                mean += (double) value / x.length;
                squaredLength += (double) value * value;
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
            }
            double deviation = Math.sqrt(Math.max(0, squaredLength / x.length - mean * mean));
            double half = HALF_WIDTHS[Integer.numberOfTrailingZeros(points) - 1] * deviation;
            Interval interval = new Interval(
                    (float) Math.max(least, Math.min(greatest, mean - half)),
                    (float) Math.max(least, Math.min(greatest, mean + half)),
                    points);
            if (squaredLength == 0) {
                return interval;
            }
            double loss = interval.loss(x, squaredLength);
            for (int round = 0; round < ROUNDS; round++) {
                Interval next = interval.improved(x, squaredLength);
                double nextLoss = next.loss(x, squaredLength);
                if (nextLoss >= loss) {
                    break;
                }
                interval = next;
                loss = nextLoss;
            }
            return interval;
        }
    }
}
