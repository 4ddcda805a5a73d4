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
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

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
            "turbo-plus", "TQ+", "Qdrant 1.19", options -> true, false, TurboPlus::new, TurboPlus::within);

    private static final double LEAST_WIDTH = 1e-3;

    /** The bits of a coordinate, as Qdrant names them. */
    public enum Bits {
        BITS4,
        BITS2,
        BITS1_5,
        BITS1;

        private int ofValue() {
            return this == BITS4 ? 4 : this == BITS2 ? 2 : 1;
        }

        /** The values for normal numbers that are greater than 0; the others are their negatives. */
        private double[] positive() {
            return switch (ofValue()) {
                case 4 -> new double[] {0.1284, 0.3881, 0.6568, 0.9424, 1.256, 1.618, 2.069, 2.733};
                case 2 -> new double[] {0.4528, 1.510};
                default -> new double[] {0.7978846};
            };
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

        private int inByte() {
            return Byte.SIZE / bits.ofValue();
        }

        private int padded() {
            int least = bits == Bits.BITS1_5 ? dimensions * 3 / 2 : dimensions;
            return (least + inByte() - 1) / inByte() * inByte();
        }
    }

    /** Returns the most bytes of a code of d dimensions, those for Euclidean distances. */
    public static int bytes(Bits bits, int d) {
        Options options = new Options(bits, d);
        return options.padded() / options.inByte() + 3 * Float.BYTES;
    }

    private static List<Options> within(int d, int bytes) {
        return Stream.of(Bits.values())
                .filter(bits -> bytes(bits, d) <= bytes)
                .map(bits -> new Options(bits, d))
                .toList();
    }

    private final Options options;

    public TurboPlus(Options options) {
        this.options = options;
    }

    @Override
    public Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        SPEC.requireDimensions(options.dimensions(), vectors.dimension());
        VectorMap rotation =
                HadamardMap.inBlocks(new float[options.dimensions()], options.padded(), random.stream("rotation"));
        int sampled = 1024 << Math.min(3, options.bits().ofValue());
        return fitted(options, similarity, rotation, Quantizer.sample(vectors, sampled, random));
    }

    /** Fits shifts and scales to a sample of vectors. */
    static Fitted fitted(Options options, Similarity similarity, VectorMap rotation, FeatureMatrix vectors) {
        int width = options.padded();
        float[] sample = rotation.apply(vectors).toArray();
        for (int at = 0; at < sample.length; at += width) {
            normalize(sample, at, width);
        }
        double[] positive = options.bits().positive();
        int half = positive.length;
        double share = new NormalDistribution().cumulativeProbability(positive[half - 1]);
        float[] values = new float[width * 2 * half];
        for (int j = 0; j < width; j++) {
            int coordinate = j;
            Percentile percentile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
            percentile.setData(IntStream.range(0, sample.length / width)
                    .mapToDouble(i -> sample[i * width + coordinate])
                    .toArray());
            double low = percentile.evaluate(100 * (1 - share));
            double high = percentile.evaluate(100 * share);
            double scale = high - low > LEAST_WIDTH ? 2 * positive[half - 1] / (high - low) : 1;
            for (int v = 0; v < half; v++) {
                values[(2 * j + 1) * half + v] = (float) ((low + high) / 2 + positive[v] / scale);
                values[(2 * j + 1) * half - 1 - v] = (float) ((low + high) / 2 - positive[v] / scale);
            }
        }
        return new Fitted(options, similarity, rotation, FeatureMatrix.owning(width, 2 * half, values));
    }

    /** Brings a vector to the norm sqrt(D), and returns its norm. */
    static double normalize(float[] values, int at, int width) {
        double norm = Math.sqrt(Similarity.squaredLength(values, at, width));
        for (int j = at; j < at + width && norm > 0; j++) {
            values[j] = (float) (values[j] * Math.sqrt(width) / norm);
        }
        return norm;
    }

    /** The fitted quantizer; values are, of each rotated coordinate, those that its codes stand for, ascending. */
    record Fitted(Options options, Similarity similarity, VectorMap rotation, FeatureMatrix values)
            implements Quantizer.Fitted {
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
            float[] rotated = rotation.apply(vectors).toArray();
            byte[] packed = new byte[n * (width / options.inByte())];
            float[] scales = new float[n];
            IntStream.range(0, n).parallel().forEach(i -> {
                double norm = normalize(rotated, i * width, width);
                double squares = 0;
                for (int j = 0; j < width; j++) {
                    int code = nearest(j, rotated[i * width + j]);
                    packed[(i * width + j) / options.inByte()] |= (byte) (code << shift(j));
                    squares += (double) values.get(j, code) * values.get(j, code);
                }
                scales[i] = (float) (norm / Math.sqrt(squares));
            });
            ByteCodes codes = new ByteCodes(width / options.inByte(), packed);
            float[] terms = PreparedVectors.terms(similarity, vectors, rotation.center());
            return new Encoded(n, queries -> {
                Estimates products = codes.estimates(rotation.apply(queries), this::table);
                return new Estimates(queries.rows(), query -> {
                    Distances product = products.forQuery(query);
                    return i -> terms[i] + similarity.factor() * scales[i] * product.to(i);
                });
            });
        }

        /** The code of a value of a rotated coordinate. */
        int nearest(int j, float x) {
            int code = 0;
            while (code + 1 < values.dimension() && x > (values.get(j, code) + values.get(j, code + 1)) / 2) {
                code++;
            }
            return code;
        }

        /** Where the bits of a coordinate begin in its byte. */
        private int shift(int j) {
            return j % options.inByte() * options.bits().ofValue();
        }

        /** For each byte and its values, the inner product with the query's coordinates. */
        private float[] table(float[] query) {
            float[] table = new float[query.length / options.inByte() * ByteCodes.VALUES];
            for (int j = 0; j < query.length; j++) {
                for (int code = 0; code < ByteCodes.VALUES; code++) {
                    table[j / options.inByte() * ByteCodes.VALUES + code] +=
                            query[j] * values.get(j, code >> shift(j) & (values.dimension() - 1));
                }
            }
            return table;
        }
    }
}
