package io.github.linfhash.quantizers.rabitq;

import io.github.linfhash.codes.BitPlanes;
import io.github.linfhash.codes.Float16;
import io.github.linfhash.codes.UniformQuery;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.export.QuantizerParts;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * RaBitQ: a random rotation about the mean vector, the grid vector of the nearest direction, and an unbiased estimate of inner products
 * from it.
 *
 * <p>Based on Gao and Long, "RaBitQ: quantizing high-dimensional vectors with a theoretical error bound for approximate nearest
 * neighbor search", SIGMOD 2024 (one bit), and Gao et al., "Practical and asymptotically optimal quantization of high-dimensional
 * vectors in Euclidean space for approximate nearest neighbor search", SIGMOD 2025 (more bits). With x the rotated o - c and y
 * its grid vector, (x, q) is estimated by |x|^2 (y, q) / (y, x). Two numbers stand beside the code, in float32 or float16: the
 * term that does not depend on the query, and |x|^2 / (y, x).
 *
 * <p>What it leaves out: clusters with a center each (there is one center, the mean), and the random rounding of the query, which is
 * rounded to the nearest instead, or stays in float32. What it adds: with fewer coordinates than d, the rotation is
 * one of the first principal components, and what these leave out of a vector counts with its length alone.
 */
public final class RaBitQ implements Quantizer {
    /** Of two float32 numbers. */
    public static final int SIDE_BYTES = 8;

    private static final int FLOAT_BITS = 32;
    private static final int HALF_BITS = 16;

    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "rabitq",
            "RaBitQ",
            "J. Gao, C. Long. RaBitQ: quantizing high-dimensional vectors with a theoretical error bound for approximate nearest neighbor search. SIGMOD 2024; J. Gao et al. SIGMOD 2025",
            options -> true,
            false,
            RaBitQ::new,
            RaBitQ::within,
            options -> options.termBits() == FLOAT_BITS
                    && (options.queryBits() == 4 || (options.bits() == 1 && options.queryBits() == 0)));

    /**
     * The options.
     *
     * @param bits of a coordinate, 1 to 4
     * @param dimensions how many coordinates are kept, at most d
     * @param queryBits of a coordinate of the query, 1 to 8; 0 leaves the query in float32. The paper of 2024 has 4; the authors' library
     *     ranks codes of more bits by the query in float32
     * @param termBits of each of the two numbers beside a code: 32, as the papers and the authors' library have them, which is meant where
     *     it is left out, or 16
     */
    public record Options(
            @Range(least = 1, most = 4) int bits,
            @Range(least = 1) int dimensions,
            @Range(least = 0, most = 8) int queryBits,
            @Nullable Integer termBits)
            implements Serializable {
        public Options {
            termBits = termBits == null ? FLOAT_BITS : termBits;
            Ranges.check(Options.class, bits, dimensions, queryBits, termBits);
            Ranges.require(
                    termBits == FLOAT_BITS || termBits == HALF_BITS, "termBits: expected 32 or 16, found " + termBits);
        }

        @Override
        public Integer termBits() {
            return termBits == null ? FLOAT_BITS : termBits;
        }

        int bytes() {
            return (dimensions * bits + 7) / 8 + 2 * termBits() / Byte.SIZE;
        }
    }

    private static List<Options> within(int d, int bytes) {
        List<Options> all = new ArrayList<>();
        for (int bits = 1; bits <= 4; bits++) {
            add(all, d, bytes, bits, 4, FLOAT_BITS);
            if (bits == 1) {
                add(all, d, bytes, bits, 0, FLOAT_BITS);
            }
        }
        for (int termBits : new int[] {FLOAT_BITS, HALF_BITS}) {
            for (int bits = 1; bits <= 4; bits++) {
                for (int queryBits : new int[] {4, 0, 8}) {
                    add(all, d, bytes, bits, queryBits, termBits);
                }
            }
        }
        return all.stream().distinct().toList();
    }

    private static void add(List<Options> all, int d, int bytes, int bits, int queryBits, int termBits) {
        int dimensions = Math.min(d, 8 * (bytes - 2 * termBits / Byte.SIZE) / bits);
        if (dimensions >= 1) {
            Options options = new Options(bits, dimensions, queryBits, termBits);
            // Bytes that stay unused belong to the next number of bits, or to fewer bytes.
            if (options.bytes() > bytes - 16) {
                all.add(options);
            }
        }
    }

    private final Options options;

    public RaBitQ(Options options) {
        this.options = options;
    }

    @Override
    public Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        SPEC.requireDimensions(options.dimensions(), vectors.dimension());
        float[] center = LinearMap.mean(vectors);
        return new Fitted(
                options, similarity, LinearMap.rotatedComponents(vectors, options.dimensions(), center, random));
    }

    /**
     * The fitted quantizer.
     *
     * @param options of the quantizer
     * @param similarity by what vectors are compared
     * @param rotation from o to x; its center c is the mean
     */
    public record Fitted(Options options, Similarity similarity, LinearMap rotation) implements PortableQuantizer {
        @Override
        public int bytes() {
            return options.bytes();
        }

        @Override
        public long modelBytes() {
            return rotation.bytes();
        }

        @Override
        public Quantizer.Encoded encode(FeatureMatrix vectors) {
            Codes codes = codes(vectors);
            return new Quantizer.Encoded(
                    codes.size(), queries -> codes.estimates(rotation.apply(queries), options.queryBits(), similarity));
        }

        /**
         * Encodes vectors, as {@link #encode} does.
         *
         * @param vectors n x d
         * @throws InputException if a number beside a code is too large for float16
         */
        public Codes codes(FeatureMatrix vectors) {
            FeatureMatrix mapped = rotation.apply(vectors);
            Codes codes = Codes.of(mapped, options.bits(), similarity.termsOf(vectors, rotation.center()));
            return options.termBits() == HALF_BITS ? codes.rounded() : codes;
        }

        /**
         * Returns a bound on the error of the estimated squared distance to a code, with the query in float32, that holds with confidence
         * 1 - 2 exp(-c0 epsilon^2) (theorem 3.2 of the paper of 2024, which takes epsilon = 1.9): 2 |x| |q| sqrt((1 - a^2) / a^2)
         * epsilon / sqrt(D - 1); a is the cosine of x and its grid vector.
         *
         * @param codes as {@link #codes} gives them
         * @param queryNorm |q|, the length of the query less the center
         * @throws IllegalStateException unless all coordinates are kept and vectors are compared by distance, as only then |x| stands
         *     beside the code
         */
        public double bound(Codes codes, int code, double queryNorm, double epsilon) {
            int width = options.dimensions();
            if (width != rotation.center().length || similarity.byInnerProduct()) {
                throw new IllegalStateException("the bound needs all coordinates, and distances");
            }
            double a = codes.cosine(code);
            return 2
                    * Math.sqrt(codes.terms[code])
                    * queryNorm
                    * Math.sqrt((1 - a * a) / (a * a))
                    * epsilon
                    / Math.sqrt(width - 1.0);
        }

        @Override
        public QuantizerParts parts() {
            return RaBitQExport.parts(this);
        }

        @Override
        public Map<String, NpyArray> arrays(FeatureMatrix vectors) {
            return RaBitQExport.arrays(options, codes(vectors));
        }
    }

    /**
     * The vector y of half-odd coordinates within -(2^B - 1)/2 .. (2^B - 1)/2 whose direction is nearest to that of x: the largest
     * (x, y) / |y|, found exactly.
     *
     * <p>As Gao et al., SIGMOD 2025: the best y is the rounding of t x for some scale t; as t grows, one coordinate after another moves to
     * its next value. The sweep visits the scales at which one does, in order, and keeps the inner product and the squared length
     * up to date, O(2^B D log(2^B D)).
     */
    static final class GridCode {
        private final byte[] numbers;
        private final double product;
        private final double squaredLength;

        private GridCode(byte[] numbers, double product, double squaredLength) {
            this.numbers = numbers;
            this.product = product;
            this.squaredLength = squaredLength;
        }

        static GridCode of(float[] x, int bits) {
            int most = (1 << (bits - 1)) - 1;
            int[] levels = levels(x, most);
            byte[] numbers = new byte[x.length];
            double product = 0;
            double squaredLength = 0;
            for (int j = 0; j < x.length; j++) {
                double magnitude = levels[j] + 0.5;
                numbers[j] = (byte) (x[j] > 0 ? most + 1 + levels[j] : most - levels[j]);
                product += magnitude * Math.abs(x[j]);
                squaredLength += magnitude * magnitude;
            }
            return new GridCode(numbers, product, squaredLength);
        }

        /** How many steps each coordinate is from the innermost value, at the best scale. */
        private static int[] levels(float[] x, int most) {
            int[] levels = new int[x.length];
            if (most == 0) {
                return levels;
            }
            long[] moves = moves(x, most);
            double product = 0;
            for (float value : x) {
                product += 0.5 * Math.abs(value);
            }
            double squaredLength = x.length / 4.0;
            double best = product / Math.sqrt(squaredLength);
            int bestMoves = 0;
            for (int move = 0; move < moves.length; move++) {
                int j = (int) moves[move];
                levels[j]++;
                product += Math.abs(x[j]);
                squaredLength += 2.0 * levels[j];
                double cosine = product / Math.sqrt(squaredLength);
                if (cosine > best) {
                    best = cosine;
                    bestMoves = move + 1;
                }
            }
            Arrays.fill(levels, 0);
            for (int move = 0; move < bestMoves; move++) {
                levels[(int) moves[move]]++;
            }
            return levels;
        }

        /** The coordinates in the order of the scales k / |x_j|, k = 1..most, at which they move; the scale's float bits are above. */
        private static long[] moves(float[] x, int most) {
            long[] moves = new long[x.length * most];
            int count = 0;
            for (int j = 0; j < x.length; j++) {
                for (int k = 1; k <= most && x[j] != 0; k++) {
                    float scale = k / Math.abs(x[j]);
                    if (Float.isFinite(scale)) {
                        moves[count++] = (long) Float.floatToRawIntBits(scale) << 32 | j;
                    }
                }
            }
            long[] sorted = Arrays.copyOf(moves, count);
            Arrays.sort(sorted);
            return sorted;
        }

        /** y + (2^B - 1)/2: whole numbers within 0 .. 2^B - 1. */
        byte[] numbers() {
            return numbers.clone();
        }

        /** (x, y). */
        double product() {
            return product;
        }

        /** (y, y). */
        double squaredLength() {
            return squaredLength;
        }
    }

    /** The numbers of grid vectors y + (2^B - 1)/2, and the two numbers beside each: a term, and the factor |x|^2 / (y, x). */
    public static final class Codes {
        private final BitPlanes planes;
        private final float[] terms;
        private final float[] factors;

        private Codes(BitPlanes planes, float[] terms, float[] factors) {
            this.planes = planes;
            this.terms = terms;
            this.factors = factors;
        }

        /**
         * Encodes vectors that any map has mapped.
         *
         * @param mapped x, n x D
         * @param bits B of a coordinate, 1 to 4
         * @param terms the part of the distance to each vector that does not depend on the query, as {@link Similarity#termsOf} gives
         *     it; not copied
         */
        public static Codes of(FeatureMatrix mapped, int bits, float[] terms) {
            int n = mapped.rows();
            int width = mapped.dimension();
            byte[] numbers = new byte[Math.multiplyExact(n, width)];
            float[] factors = new float[n];
            IntStream.range(0, n).parallel().forEach(i -> {
                float[] x = new float[width];
                mapped.copyRow(i, x);
                GridCode code = GridCode.of(x, bits);
                System.arraycopy(code.numbers(), 0, numbers, i * width, width);
                double squared = 0;
                for (float value : x) {
                    squared += (double) value * value;
                }
                factors[i] = squared == 0 ? 0 : (float) (squared / code.product());
            });
            return new Codes(BitPlanes.of(n, width, bits, numbers), terms, factors);
        }

        /** The same codes with both numbers rounded to float16. */
        private Codes rounded() {
            float[] factor = rounded(factors);
            return new Codes(planes, rounded(terms), factor);
        }

        private static float[] rounded(float[] values) {
            float[] all = new float[values.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = Float16.toFloat(Float16.of(values[i]));
                if (!Float.isFinite(all[i])) {
                    throw new InputException("rabitq: termBits 16 hold numbers up to 65504, and vector " + i + " needs "
                            + values[i] + "; scale the vectors, or take termBits 32");
                }
            }
            return all;
        }

        /** The number of codes, n. */
        public int size() {
            return planes.size();
        }

        BitPlanes planes() {
            return planes;
        }

        float[] terms() {
            return terms.clone();
        }

        float[] factors() {
            return factors.clone();
        }

        /**
         * Estimates -(o, q) up to a value that all codes share, or the squared distance |o - q|^2 less |q - c|^2: the term less
         * {@linkplain Similarity#factor once or twice} the factor times (y, q).
         *
         * @param mapped the queries, mapped as the vectors were, m x D
         * @param queryBits to which a query is rounded, 1 to 8; 0 leaves it in float32
         * @param similarity by what vectors are compared
         */
        public Estimates estimates(FeatureMatrix mapped, int queryBits, Similarity similarity) {
            int levels = (1 << planes.planes()) - 1;
            float scale = similarity.factor();
            return Estimates.ofRows(mapped, q -> {
                if (queryBits == 0) {
                    float sum = 0;
                    for (float value : q) {
                        sum += value;
                    }
                    float middle = levels / 2f * sum;
                    BitPlanes.Products products = planes.products(q);
                    return i -> terms[i] + scale * factors[i] * (products.of(i) - middle);
                }
                UniformQuery rounded = UniformQuery.of(q, queryBits);
                float middle = levels
                        / 2f
                        * (rounded.low() * q.length
                                + rounded.step() * rounded.numbers().sum(0));
                return i -> terms[i] + scale * factors[i] * (rounded.product(planes, i) - middle);
            });
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
}
