package io.github.linfhash.quantizers.scalar;

import io.github.linfhash.codes.Distances;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.ByteCodes;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.rotation.HadamardMap;
import io.github.linfhash.quantizers.rotation.VectorMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * TurboQuant with a shift and a scale for each rotated coordinate, and decoded vectors that are brought to the norm of the vector.
 *
 * <p>Based on Qdrant 1.19, {@code lib/quantization/src/turboquant} and {@code encoded_vectors_tq.rs}, where it is TQ+, the form that all turbo
 * indexes have. A vector is padded with zeros, for 1.5 bits to 1.5 times its coordinates, rotated and brought to the norm sqrt(D). A coordinate
 * is shifted and scaled so that its quantiles at the probabilities of -c and c are -c and c, where c is the greatest of the 2^B values that
 * are best for normal numbers, and becomes the nearest value. Two float32 numbers stand beside a code, for Euclidean distances three.
 *
 * <p>What it leaves out: queries are rotated and stay in float32, where Qdrant rounds them to whole numbers for its kernels, and quantiles of
 * the sample are exact. What differs: signs and permutations of the rotation come from the seed.
 */
public final class TurboPlus implements Quantizer {
    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "turbo-plus",
            "TQ+",
            "Qdrant 1.19: TurboQuant with error correction",
            options -> true,
            false,
            TurboPlus::new,
            (d, bytes) -> Stream.of(Bits.values())
                    .map(bits -> new Options(bits, d))
                    .filter(options -> bytes(options.bits(), d) <= bytes)
                    .toList());

    private static final double LEAST_WIDTH = 1e-3;

    /** The bits of a coordinate, as Qdrant names them. */
    public enum Bits {
        BITS4(4, 8192, 2, 0.1284, 0.3881, 0.6568, 0.9424, 1.256, 1.618, 2.069, 2.733),
        BITS2(2, 4096, 4, 0.4528, 1.510),
        BITS1_5(1, 2048, 8, 0.7978846),
        BITS1(1, 2048, 8, 0.7978846);

        private final int ofValue;
        private final int sample;
        private final int inByte;

        @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
        private final float[] values;

        Bits(int ofValue, int sample, int inByte, double... positive) {
            this.ofValue = ofValue;
            this.sample = sample;
            this.inByte = inByte;
            this.values = new float[2 * positive.length];
            for (int v = 0; v < positive.length; v++) {
                values[positive.length + v] = (float) positive[v];
                values[positive.length - 1 - v] = (float) -positive[v];
            }
        }
    }

    /**
     * The options.
     *
     * @param bits of a coordinate
     * @param dimensions d
     */
    public record Options(Bits bits, @Range(least = 1) int dimensions) {
        public Options {
            Ranges.check(Options.class, bits, dimensions);
        }

        private int padded() {
            int least = bits == Bits.BITS1_5 ? dimensions * 3 / 2 : dimensions;
            return (least + bits.inByte - 1) / bits.inByte * bits.inByte;
        }
    }

    /** Returns the most bytes of a code of d dimensions, those for Euclidean distances. */
    public static int bytes(Bits bits, int d) {
        return new Options(bits, d).padded() / bits.inByte + 3 * Float.BYTES;
    }

    private final Options options;

    public TurboPlus(Options options) {
        this.options = options;
    }

    @Override
    public Quantizer.Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        SPEC.requireDimensions(options.dimensions(), vectors.dimension());
        VectorMap rotation =
                HadamardMap.inBlocks(new float[options.dimensions()], options.padded(), random.stream("rotation"));
        return fitted(options, similarity, rotation, Quantizer.sample(vectors, options.bits().sample, random));
    }

    /** Fits shifts and scales to a sample of vectors. */
    static Quantizer.Fitted fitted(Options options, Similarity similarity, VectorMap rotation, FeatureMatrix vectors) {
        int width = options.padded();
        float[] sample = rotation.apply(vectors).toArray();
        for (int at = 0; at < sample.length; at += width) {
            normalize(sample, at, width);
        }
        float[] levels = options.bits().values;
        double outer = levels[levels.length - 1];
        double share = new NormalDistribution().cumulativeProbability(outer);
        float[] values = new float[width * levels.length];
        IntStream.range(0, width).parallel().forEach(j -> {
            double[] sorted = IntStream.range(0, sample.length / width)
                    .mapToDouble(i -> sample[i * width + j])
                    .sorted()
                    .toArray();
            double low = quantile(sorted, 1 - share);
            double high = quantile(sorted, share);
            double scale = high - low > LEAST_WIDTH ? 2 * outer / (high - low) : 1;
            for (int v = 0; v < levels.length; v++) {
                values[j * levels.length + v] = (float) (levels[v] / scale + (low + high) / 2);
            }
        });
        return new Fitted(options, similarity, rotation, values);
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** Brings a vector to the norm sqrt(D), and returns its norm. */
    private static double normalize(float[] values, int at, int width) {
        double norm = Math.sqrt(Similarity.squaredLength(values, at, width));
        for (int j = at; j < at + width && norm > 0; j++) {
            values[j] = (float) (values[j] * Math.sqrt(width) / norm);
        }
        return norm;
    }

    private static final class Fitted implements Quantizer.Fitted {
        private final Options options;
        private final Similarity similarity;
        private final VectorMap rotation;
        private final int levels;
        /** For each coordinate, the values of codes in the rotated space, ascending. */
        private final float[] values;

        Fitted(Options options, Similarity similarity, VectorMap rotation, float[] values) {
            this.options = options;
            this.similarity = similarity;
            this.rotation = rotation;
            this.levels = options.bits().values.length;
            this.values = values;
        }

        @Override
        public int bytes() {
            return TurboPlus.bytes(options.bits(), options.dimensions())
                    - (similarity == Similarity.EUCLIDEAN ? 0 : Float.BYTES);
        }

        @Override
        public long modelBytes() {
            return 2L * Float.BYTES * rotation.outputs();
        }

        @Override
        public Encoded encode(FeatureMatrix vectors) {
            int n = vectors.rows();
            int width = rotation.outputs();
            int inByte = options.bits().inByte;
            float[] rotated = rotation.apply(vectors).toArray();
            byte[] packed = new byte[n * (width / inByte)];
            float[] scales = new float[n];
            IntStream.range(0, n).parallel().forEach(i -> {
                double norm = normalize(rotated, i * width, width);
                double squares = 0;
                for (int j = 0; j < width; j++) {
                    int code = nearest(j, rotated[i * width + j]);
                    packed[(i * width + j) / inByte] |= (byte) (code << (j % inByte * options.bits().ofValue));
                    squares += (double) values[j * levels + code] * values[j * levels + code];
                }
                scales[i] = (float) (norm / Math.sqrt(squares));
            });
            ByteCodes codes = new ByteCodes(width / inByte, packed);
            float[] terms = PreparedVectors.terms(similarity, vectors, rotation.center());
            return new Encoded(n, queries -> {
                Estimates products = codes.estimates(rotation.apply(queries), this::table);
                return new Estimates(queries.rows(), query -> {
                    Distances product = products.forQuery(query);
                    return i -> terms[i] + similarity.factor() * scales[i] * product.to(i);
                });
            });
        }

        private int nearest(int j, float x) {
            int code = 0;
            while (code + 1 < levels && x > (values[j * levels + code] + values[j * levels + code + 1]) / 2) {
                code++;
            }
            return code;
        }

        /** For each byte and its values, the inner product with the query's coordinates. */
        private float[] table(float[] query) {
            int inByte = options.bits().inByte;
            float[] table = new float[query.length / inByte * ByteCodes.VALUES];
            for (int j = 0; j < query.length; j++) {
                for (int code = 0; code < ByteCodes.VALUES; code++) {
                    int level = code >> (j % inByte * options.bits().ofValue) & (levels - 1);
                    table[j / inByte * ByteCodes.VALUES + code] += query[j] * values[j * levels + level];
                }
            }
            return table;
        }
    }
}
