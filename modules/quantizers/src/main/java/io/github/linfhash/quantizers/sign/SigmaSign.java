package io.github.linfhash.quantizers.sign;

import io.github.linfhash.codes.BitPlanes;
import io.github.linfhash.codes.SignScheme;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.Moments;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Binary codes of 1, 1.5 or 2 bits a coordinate, and queries of 1, 4 or 8 bits.
 *
 * <p>Based on Qdrant 1.19, {@code lib/quantization/src/encoded_vectors_binary.rs}. One bit is 1 where a coordinate is greater than 0. With two
 * bits, one is 1 where it is more than -2/3 standard deviations from its mean, and one where it is at least 2/3; all first bits come before all
 * second bits. With 1.5 bits, two neighbors share a second bit, which is 1 where one of theirs is. A query of one bit has a code of the same
 * kind, and the Hamming distance counts. Otherwise its coordinates, twice, or with 1.5 bits the coordinates and the greater of each two, are
 * rounded to 15 or 255 steps between plus and minus the greatest magnitude, and their sum over the bits that are 1 counts.
 */
public final class SigmaSign implements Quantizer {
    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "sigma-sign",
            "Sigma sign",
            "Qdrant 1.19: binary quantization",
            options -> false,
            false,
            SigmaSign::new,
            SigmaSign::within);

    private static final double SIGMAS = 2.0 / 3;

    /** The bits of a coordinate. */
    public enum Encoding {
        ONE_BIT,
        ONE_AND_HALF_BITS,
        TWO_BITS
    }

    /**
     * The options.
     *
     * @param encoding the bits of a coordinate
     * @param dimensions d
     * @param queryBits of a coordinate of the query: 1 for those of codes, 4 or 8
     */
    public record Options(
            Encoding encoding,
            @Range(least = 1) int dimensions,
            @Range(least = 1, most = 8) int queryBits) {
        public Options {
            Ranges.check(Options.class, encoding, dimensions, queryBits);
            Ranges.require(List.of(1, 4, 8).contains(queryBits), "queryBits: expected 1, 4 or 8, found " + queryBits);
        }

        int bits() {
            return switch (encoding) {
                case ONE_BIT -> dimensions;
                case ONE_AND_HALF_BITS -> dimensions + (dimensions + 1) / 2;
                case TWO_BITS -> 2 * dimensions;
            };
        }
    }

    private static List<Options> within(int d, int bytes) {
        List<Options> all = new ArrayList<>();
        for (Encoding encoding : Encoding.values()) {
            for (int queryBits : new int[] {1, 4, 8}) {
                Options options = new Options(encoding, d, queryBits);
                if (options.bits() <= 8 * bytes) {
                    all.add(options);
                }
            }
        }
        return all;
    }

    private final Options options;

    public SigmaSign(Options options) {
        this.options = options;
    }

    @Override
    public Quantizer.Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        int d = options.dimensions();
        SPEC.requireDimensions(d, vectors.dimension());
        float[] low = new float[d];
        float[] high = new float[d];
        if (options.encoding() == Encoding.ONE_BIT) {
            return new Fitted(options, low, high);
        }
        double[] mean = Moments.mean(vectors);
        for (int j = 0; j < d; j++) {
            double squares = 0;
            for (int i = 0; i < vectors.rows(); i++) {
                squares += (vectors.get(i, j) - mean[j]) * (vectors.get(i, j) - mean[j]);
            }
            double deviation = Math.sqrt(squares / Math.max(1, vectors.rows() - 1));
            // A coordinate that is constant has its sign, and no second bit.
            low[j] = deviation == 0 ? 0 : (float) (mean[j] - SIGMAS * deviation);
            high[j] = deviation == 0 ? Float.POSITIVE_INFINITY : (float) (mean[j] + SIGMAS * deviation);
        }
        return new Fitted(options, low, high);
    }

    private static final class Fitted implements Quantizer.Fitted {
        private final Options options;
        private final float[] low;
        private final float[] high;

        Fitted(Options options, float[] low, float[] high) {
            this.options = options;
            this.low = low;
            this.high = high;
        }

        @Override
        public int bytes() {
            return (options.bits() + 7) / 8;
        }

        @Override
        public long modelBytes() {
            return options.encoding() == Encoding.ONE_BIT ? 0 : 2L * Float.BYTES * low.length;
        }

        @Override
        public Encoded encode(FeatureMatrix vectors) {
            int width = options.bits();
            float[] signs = new float[Math.multiplyExact(vectors.rows(), width)];
            float[] x = new float[low.length];
            for (int i = 0; i < vectors.rows(); i++) {
                vectors.copyRow(i, x);
                System.arraycopy(signs(x), 0, signs, i * width, width);
            }
            BitPlanes codes = BitPlanes.ofSigns(vectors.rows(), width, signs);
            boolean hamming = options.queryBits() == 1;
            SignScheme scheme = new SignScheme(width, hamming);
            return new Encoded(
                    codes.size(),
                    queries -> Estimates.ofRows(
                            queries, q -> scheme.distances(codes, hamming ? signs(q) : rounded(extended(q)))));
        }

        /** One for each bit that is 1. */
        private float[] signs(float[] x) {
            float[] above = new float[x.length];
            float[] first = new float[x.length];
            for (int j = 0; j < x.length; j++) {
                first[j] = x[j] > low[j] ? 1 : 0;
                above[j] = x[j] >= high[j] ? 1 : 0;
            }
            return joined(first, above);
        }

        private float[] extended(float[] query) {
            return joined(query, query);
        }

        /** The first values, then the second ones, or the greater of each two. */
        private float[] joined(float[] first, float[] second) {
            int d = first.length;
            float[] all = new float[options.bits()];
            System.arraycopy(first, 0, all, 0, d);
            boolean shared = options.encoding() == Encoding.ONE_AND_HALF_BITS;
            for (int j = d; j < all.length; j++) {
                int at = shared ? 2 * (j - d) : j - d;
                all[j] = shared && at + 1 < d ? Math.max(second[at], second[at + 1]) : second[at];
            }
            return all;
        }

        private float[] rounded(float[] values) {
            int steps = (1 << options.queryBits()) - 1;
            float most = 0;
            for (float value : values) {
                most = Math.max(most, Math.abs(value));
            }
            for (int j = 0; j < values.length && most > 0; j++) {
                values[j] = 2 * Math.round((values[j] + most) / (2 * most / steps)) - steps;
            }
            return values;
        }
    }
}
