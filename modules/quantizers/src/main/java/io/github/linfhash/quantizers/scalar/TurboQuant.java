package io.github.linfhash.quantizers.scalar;

import io.github.linfhash.codes.BitPlanes;
import io.github.linfhash.codes.Distances;
import io.github.linfhash.codes.Float16;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.quantizers.ByteCodes;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.commons.math3.special.Gamma;
import org.jspecify.annotations.Nullable;

/**
 * TurboQuant: a random rotation, and for each coordinate the nearest of 2^B values that are best for a coordinate of a random
 * direction.
 *
 * <p>Based on Zandieh, Daliri, Hadian and Mirrokni, "TurboQuant: online vector quantization with near-optimal distortion rate",
 * arXiv:2504.19874, 2025: the variant of the least squared error, and the unbiased one for inner products, which spends its last bit
 * on the signs of a Gaussian projection of what the first variant leaves (QJL), with the length of that as float32 beside it. The
 * length of the vector stands beside both as float32. It depends on no data: it does not center.
 *
 * <p>Inner products and cosines are ranked by the inner product of the query with the decoded vector, as published, Euclidean distances
 * by the distance to the decoded vector. The unbiased variant has no decoded vector; it estimates |o|^2 - 2 (o, q) with the exact length of o,
 * so that its Euclidean distances are unbiased too. Where vectors are centered, cosines are ranked by distances: of vectors of length 1, the length of
 * o - c says what (o, c) is, which an inner product with q would estimate by the code.
 *
 * <p>What it leaves out: B above 4 for the values, and a fraction of coordinates with more bits. What it adds: with fewer
 * coordinates than d it takes the first principal components, rotated at random; and, where asked for, it encodes o - c in place of o,
 * with c the mean of the vectors that it is fitted to, as {@link Osq} and RaBitQ do. A code takes no more bytes for that: a Euclidean
 * distance is that of o - c and q - c, and an inner product is (o, q) = (o - c, q) + (c, q), the last term being exact.
 *
 * <p>Two changes were made by others, and are made where asked for. The projection of the unbiased variant may be a random rotation
 * (faiss, pull request 5170, which drops the Gaussian one). And the decoded vector may be brought to the length of the
 * vector itself (Qdrant, pull request 8837), which takes no more bytes: the length that stands beside the code is divided by that of
 * the code's values.
 */
public record TurboQuant(Options options) implements Quantizer {
    private static final int LENGTH_BYTES = 4;
    private static final int FLOAT_BITS = 32;
    private static final String PROJECTION = "projection";

    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "turboquant",
            "TurboQuant",
            "A. Zandieh, M. Daliri, M. Hadian, V. Mirrokni. TurboQuant: online vector quantization with near-optimal distortion rate. arXiv:2504.19874",
            options -> true,
            false,
            TurboQuant::new,
            TurboQuant::within,
            options -> !options.centered()
                    && !options.renormalized()
                    && options.projection() == Projection.GAUSSIAN
                    && options.termBits() == FLOAT_BITS,
            TurboQuant::asked);

    /**
     * The options.
     *
     * @param bits of a coordinate's value, 1 to 4
     * @param dimensions how many coordinates are kept, at most d
     * @param unbiased whether one more bit a coordinate makes inner products unbiased
     * @param centered whether the mean of the database is subtracted first; not where it is left out, as the publication depends on no
     *     data
     * @param renormalized whether the vector that a code stands for has the length of the vector itself; not where it is left out
     * @param projection of the unbiased variant; the publication's Gaussian one where it is left out
     * @param termBits of the length beside a code: 32, which is meant where it is left out, or 16, except of the unbiased variant
     */
    public record Options(
            @Range(least = 1, most = 4) int bits,
            @Range(least = 2) int dimensions,
            boolean unbiased,
            @Nullable Boolean centered,
            @Nullable Boolean renormalized,
            @Nullable Projection projection,
            @Nullable Integer termBits) {
        public Options {
            termBits = termBits == null ? FLOAT_BITS : termBits;
            centered = centered != null && centered;
            renormalized = renormalized != null && renormalized;
            projection = projection == null ? Projection.GAUSSIAN : projection;
            Ranges.check(Options.class, bits, dimensions, unbiased, centered, renormalized, projection, termBits);
            Ranges.require(
                    termBits == FLOAT_BITS || termBits == Float16.BITS,
                    "termBits: expected 32 or 16, found " + termBits);
            Ranges.require(
                    !unbiased || termBits == FLOAT_BITS,
                    "termBits: expected 32 for the unbiased variant, found " + termBits);
            if (unbiased && renormalized) {
                throw new InputException("renormalized: expected false for the unbiased variant, found true");
            }
            if (!unbiased && projection != Projection.GAUSSIAN) {
                throw new InputException(
                        "projection: expected none beside 'unbiased: false', as only the unbiased variant has one, found one");
            }
        }

        /** Makes options of the publication, centered or not. */
        public Options(int bits, int dimensions, boolean unbiased, @Nullable Boolean centered) {
            this(bits, dimensions, unbiased, centered, null, null, null);
        }

        /** Makes options with a length in float32. */
        public Options(
                int bits,
                int dimensions,
                boolean unbiased,
                @Nullable Boolean centered,
                @Nullable Boolean renormalized,
                @Nullable Projection projection) {
            this(bits, dimensions, unbiased, centered, renormalized, projection, null);
        }

        @Override
        public Integer termBits() {
            return termBits == null ? FLOAT_BITS : termBits;
        }

        @Override
        public Boolean centered() {
            return centered != null && centered;
        }

        @Override
        public Boolean renormalized() {
            return renormalized != null && renormalized;
        }

        @Override
        public Projection projection() {
            return projection == null ? Projection.GAUSSIAN : projection;
        }

        /** Values that are looked up together: two of three bits in a byte, though as a stream they take {@link #bytes}. */
        private int inByte() {
            return Byte.SIZE / bits;
        }

        private int bytes() {
            return (dimensions * bits + 7) / 8
                    + termBits() / Byte.SIZE
                    + (unbiased ? (dimensions + 7) / 8 + LENGTH_BYTES : 0);
        }
    }

    /** The projection whose signs the unbiased variant keeps. */
    public enum Projection {
        /** Independent Gaussian numbers. */
        GAUSSIAN,
        /** A random rotation. */
        ROTATION
    }

    private static List<Options> within(int d, int bytes) {
        int signs = Math.min(d, 8 * ((bytes - 2 * LENGTH_BYTES) / 2));
        List<Options> options = new ArrayList<>();
        for (boolean centered : new boolean[] {false, true}) {
            for (int bits : new int[] {1, 2, 3, 4}) {
                int kept = Math.min(d, 8 * (bytes - LENGTH_BYTES) / bits);
                add(options, kept, bytes, () -> new Options(bits, kept, false, centered));
                // Values of one bit are all of one length.
                if (bits > 1) {
                    add(options, kept, bytes, () -> new Options(bits, kept, false, centered, true, null));
                }
            }
            for (Projection projection : Projection.values()) {
                add(options, signs, bytes, () -> new Options(1, signs, true, centered, null, projection));
            }
        }
        return options;
    }

    private static List<Options> asked(int d, int bytes) {
        List<Options> options = new ArrayList<>();
        for (boolean centered : new boolean[] {false, true}) {
            for (int bits : new int[] {1, 2, 3, 4}) {
                int kept = Math.min(d, 8 * (bytes - Float16.BITS / Byte.SIZE) / bits);
                for (boolean renormalized : new boolean[] {false, true}) {
                    add(
                            options,
                            kept,
                            bytes,
                            () -> new Options(bits, kept, false, centered, renormalized, null, Float16.BITS));
                }
            }
        }
        return options;
    }

    private static void add(List<Options> options, int kept, int bytes, Supplier<Options> made) {
        if (kept >= 2 && made.get().bytes() > bytes - 16) {
            options.add(made.get());
        }
    }

    @Override
    public Quantizer.Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        int kept = options.dimensions();
        SPEC.requireDimensions(kept, vectors.dimension());
        float[] center = options.centered() ? LinearMap.mean(vectors) : new float[vectors.dimension()];
        LinearMap rotation = LinearMap.rotatedComponents(vectors, kept, center, random);
        LinearMap projection = LinearMap.of(
                options.projection() == Projection.ROTATION
                        ? LinearMap.randomRotation(kept, random, PROJECTION)
                        : Matrices.gaussian(kept, kept, random.stream(PROJECTION)),
                new float[kept]);
        return new Fitted(options, similarity, rotation, projection, CoordinateValues.of(kept, options.bits()));
    }

    /** The rotation subtracts the center; the projection is S of the unbiased variant. */
    record Fitted(
            Options options, Similarity similarity, LinearMap rotation, LinearMap projection, CoordinateValues values)
            implements Quantizer.Fitted {
        @Override
        public int bytes() {
            return options.bytes();
        }

        @Override
        public long modelBytes() {
            return rotation.bytes() + values.bytes() + (options.unbiased() ? projection.bytes() : 0);
        }

        @Override
        public Encoded encode(FeatureMatrix vectors) {
            int n = vectors.rows();
            int width = options.dimensions();
            float[] rotated = rotation.apply(vectors).toArray();
            byte[] packed = new byte[Math.multiplyExact(n, packedWidth())];
            float[] scales = new float[n];
            float[] squares = new float[n];
            float[] residuals = new float[rotated.length];
            for (int i = 0; i < n; i++) {
                float length = length(rotated, i * width, width);
                double ofValues = 0;
                for (int j = 0; j < width; j++) {
                    float x = length == 0 ? 0 : rotated[i * width + j] / length;
                    int value = values.nearest(x);
                    packed[i * packedWidth() + j / options.inByte()] |=
                            (byte) (value << (j % options.inByte() * options.bits()));
                    residuals[i * width + j] = x - values.value(value);
                    ofValues += (double) values.value(value) * values.value(value);
                }
                float scale = options.renormalized() ? (float) (length / Math.sqrt(ofValues)) : length;
                scales[i] = options.termBits() == Float16.BITS ? rounded(scale, i) : scale;
                squares[i] = options.unbiased() ? length * length : (float) (scales[i] * scales[i] * ofValues);
            }
            ByteCodes codes = new ByteCodes(packedWidth(), packed);
            Residual residual = options.unbiased() ? residual(n, residuals) : null;
            return new Encoded(n, queries -> estimates(codes, scales, squares, residual, queries));
        }

        private static float rounded(float scale, int vector) {
            float rounded = Float16.toFloat(Float16.of(scale));
            if (!Float.isFinite(rounded)) {
                throw new InputException("turboquant: termBits 16 hold numbers up to 65504, and vector " + vector
                        + " needs " + scale + "; scale the vectors, or take termBits 32");
            }
            return rounded;
        }

        private Residual residual(int n, float[] residuals) {
            int width = options.dimensions();
            float[] lengths = new float[n];
            for (int i = 0; i < n; i++) {
                lengths[i] = length(residuals, i * width, width);
            }
            FeatureMatrix projected = projection.apply(FeatureMatrix.owning(n, width, residuals));
            return new Residual(BitPlanes.ofSigns(n, width, projected.toArray()), lengths);
        }

        private static float length(float[] values, int from, int width) {
            double squares = 0;
            for (int j = from; j < from + width; j++) {
                squares += (double) values[j] * values[j];
            }
            return (float) Math.sqrt(squares);
        }

        private int packedWidth() {
            return (options.dimensions() + options.inByte() - 1) / options.inByte();
        }

        /**
         * Estimates distances.
         *
         * @param scales the factor of each code's values
         * @param squares the squared length of each decoded vector, which follows from its code; of the unbiased variant, that of the vector
         */
        private Estimates estimates(
                ByteCodes codes, float[] scales, float[] squares, @Nullable Residual residual, FeatureMatrix queries) {
            FeatureMatrix rotated = rotated(queries);
            Estimates values = codes.estimates(rotated, this::table);
            Estimates products = residual == null ? values : withResidual(values, residual, projection.apply(rotated));
            return new Estimates(queries.rows(), query -> {
                Distances product = products.forQuery(query);
                if (byInnerProduct()) {
                    float ofCenter = ofCenter(queries, query);
                    return i -> -scales[i] * product.to(i) - ofCenter;
                }
                return i -> squares[i] - 2 * scales[i] * product.to(i);
            });
        }

        private boolean byInnerProduct() {
            return similarity.byInnerProduct() || (similarity == Similarity.COSINE && !options.centered());
        }

        /** The rotated queries: less the center, as vectors are, for a distance, and as they are for an inner product. */
        private FeatureMatrix rotated(FeatureMatrix queries) {
            FeatureMatrix rotated = rotation.apply(queries);
            if (!byInnerProduct() || !options.centered()) {
                return rotated;
            }
            int d = queries.dimension();
            float[] ofZero =
                    rotation.apply(FeatureMatrix.owning(1, d, new float[d])).toArray();
            float[] values = rotated.toArray();
            for (int i = 0; i < values.length; i++) {
                values[i] -= ofZero[i % ofZero.length];
            }
            return FeatureMatrix.owning(rotated.rows(), rotated.dimension(), values);
        }

        /** For each byte of a code, the product of the values that it stands for with the query's: 256 values a byte. */
        private float[] table(float[] query) {
            int inByte = options.inByte();
            int mask = (1 << options.bits()) - 1;
            float[] table = new float[packedWidth() * ByteCodes.VALUES];
            for (int b = 0; b < packedWidth(); b++) {
                for (int pattern = 0; pattern < ByteCodes.VALUES; pattern++) {
                    float sum = 0;
                    for (int k = 0; k < inByte && b * inByte + k < query.length; k++) {
                        sum += values.value((pattern >> (k * options.bits())) & mask) * query[b * inByte + k];
                    }
                    table[b * ByteCodes.VALUES + pattern] = sum;
                }
            }
            return table;
        }

        /** Adds c |r| (S q, sign(S r)), where c makes that unbiased. */
        private Estimates withResidual(Estimates products, Residual residual, FeatureMatrix projected) {
            return new Estimates(projected.rows(), query -> {
                Distances product = products.forQuery(query);
                float[] vector = new float[projected.dimension()];
                projected.copyRow(query, vector);
                float sum = 0;
                for (float value : vector) {
                    sum += value;
                }
                float all = sum;
                float scale = (float) scale(vector.length);
                BitPlanes.Products signs = residual.signs.products(vector);
                return i -> product.to(i) + scale * residual.lengths[i] * (2 * signs.of(i) - all);
            });
        }

        /** sqrt(pi / 2) / D for Gaussian numbers; for rows of a rotation, 1 / D through the mean magnitude of a unit vector's coordinate. */
        private double scale(int d) {
            if (options.projection() != Projection.ROTATION) {
                return Math.sqrt(Math.PI / 2) / d;
            }
            return Math.sqrt(Math.PI) * Math.exp(Gamma.logGamma((d + 1) / 2.0) - Gamma.logGamma(d / 2.0)) / d;
        }

        /** (c, q). */
        private float ofCenter(FeatureMatrix queries, int query) {
            float[] center = rotation.center();
            double sum = 0;
            for (int j = 0; j < center.length; j++) {
                sum += (double) center[j] * queries.get(query, j);
            }
            return (float) sum;
        }
    }

    /** Signs of the Gaussian projection of what the values leave of a vector of length 1, and the length of that. */
    private static final class Residual {
        private final BitPlanes signs;
        private final float[] lengths;

        Residual(BitPlanes signs, float[] lengths) {
            this.signs = signs;
            this.lengths = lengths;
        }
    }

    /**
     * The 2^B values of the least mean squared error for one coordinate of a uniformly distributed direction in d dimensions (Lloyd 1982, Max
     * 1960), whose density is proportional to (1 - x^2)^((d - 3) / 2); immutable.
     */
    static final class CoordinateValues {
        private static final int CELLS = 1 << 16;
        private static final int MOST_ROUNDS = 10_000;
        private static final Map<List<Integer>, CoordinateValues> KNOWN = new ConcurrentHashMap<>();

        private final float[] values;
        private final float[] borders;

        private CoordinateValues(float[] values, float[] borders) {
            this.values = values;
            this.borders = borders;
        }

        /** By Lloyd's algorithm on a fine grid, for d at least 2; once for each d and number of bits, which decide them. */
        static CoordinateValues of(int d, int bits) {
            return KNOWN.computeIfAbsent(List.of(d, bits), key -> computed(d, bits));
        }

        private static CoordinateValues computed(int d, int bits) {
            double reach = Math.min(1, 8 / Math.sqrt(d));
            // The mass and the first moment of all that lies below the border of a cell.
            double[] masses = new double[CELLS + 1];
            double[] moments = new double[CELLS + 1];
            for (int c = 0; c < CELLS; c++) {
                double place = reach * (2 * (c + 0.5) / CELLS - 1);
                double mass = Math.exp((d - 3) / 2.0 * Math.log1p(-place * place));
                masses[c + 1] = masses[c] + mass;
                moments[c + 1] = moments[c] + mass * place;
            }
            int count = 1 << bits;
            double[] values = new double[count];
            for (int v = 0; v < count; v++) {
                values[v] = 2 / Math.sqrt(d) * (2 * (v + 0.5) / count - 1);
            }
            for (int round = 0; round < MOST_ROUNDS; round++) {
                double[] next = means(values, reach, masses, moments);
                boolean still = true;
                for (int v = 0; v < count; v++) {
                    still &= Math.abs(next[v] - values[v]) < 1e-12;
                }
                values = next;
                if (still) {
                    break;
                }
            }
            float[] borders = new float[count - 1];
            float[] narrowed = new float[count];
            for (int v = 0; v < count; v++) {
                narrowed[v] = (float) values[v];
                if (v > 0) {
                    borders[v - 1] = (float) ((values[v - 1] + values[v]) / 2);
                }
            }
            return new CoordinateValues(narrowed, borders);
        }

        /** The mean of what is nearest to each value. */
        private static double[] means(double[] values, double reach, double[] masses, double[] moments) {
            double[] means = values.clone();
            double mass = 0;
            double moment = 0;
            for (int v = 0; v < values.length; v++) {
                double border = v + 1 < values.length ? (values[v] + values[v + 1]) / 2 : reach;
                double place = Math.max(0, Math.min(CELLS, (border / reach + 1) / 2 * CELLS));
                double massBelow = below(masses, place);
                double momentBelow = below(moments, place);
                if (massBelow > mass) {
                    means[v] = (momentBelow - moment) / (massBelow - mass);
                }
                mass = massBelow;
                moment = momentBelow;
            }
            return means;
        }

        /** A sum up to a place within a cell, of which it takes the share below. */
        private static double below(double[] sums, double place) {
            int cell = (int) Math.min(place, CELLS - 1);
            return sums[cell] + (place - cell) * (sums[cell + 1] - sums[cell]);
        }

        /** The bytes of the values; where one ends and the next begins follows from them. */
        long bytes() {
            return (long) Float.BYTES * values.length;
        }

        int nearest(float x) {
            int place = Arrays.binarySearch(borders, x);
            return place >= 0 ? place : -place - 1;
        }

        float value(int number) {
            return values[number];
        }

        /** All values, ascending. */
        float[] values() {
            return values.clone();
        }
    }
}
