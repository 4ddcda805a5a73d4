package io.github.linfhash.quantizers.scalar;

import io.github.linfhash.codes.BitPlanes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.DistanceEstimates;
import io.github.linfhash.quantizers.EncodedVectors;
import io.github.linfhash.quantizers.FittedQuantizer;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.rotation.LinearMap;
import io.github.linfhash.quantizers.rotation.Maps;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Optimized scalar quantization: each centered vector has a grid of its own, whose ends lessen an anisotropic loss ({@link
 * IntervalFit}).
 *
 * <p>Based on what Lucene 10 calls by that name and "better binary quantization" (T. Veasey, B. Trent, 2024): 1, 2, 4 or 7 bits a
 * coordinate; beside the code the ends of the interval, one term of the vector alone, as float32, and the sum of the code's numbers in two
 * bytes, 14 bytes. Queries are rounded in the same way: to four bits where codes have one or two, else as codes are.
 *
 * <p>What it leaves out: a center for each segment or cluster (there is one, the mean). What it adds: a random rotation before it,
 * where asked for, and, with fewer coordinates than d, the first principal components, rotated at random.
 */
public final class Osq implements Quantizer {
    private static final int SIDE_BYTES = 14;
    private static final List<Integer> BITS = List.of(1, 2, 4, 7);

    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "osq",
            "OSQ",
            "Apache Lucene 10: optimized scalar quantization, \"better binary quantization\", 2024",
            Options::rotated,
            false,
            Osq::new,
            Osq::within);

    /**
     * The options.
     *
     * @param bits of a coordinate: 1, 2, 4 or 7
     * @param dimensions how many coordinates are kept, at most d
     * @param rotated whether a random rotation goes before; always where dimensions are fewer than d
     */
    public record Options(int bits, int dimensions, boolean rotated) {
        public Options {
            if (!BITS.contains(bits) || dimensions < 1) {
                throw new InputException("osq: expected bits of " + BITS + " and at least 1 dimension, found " + bits
                        + " and " + dimensions);
            }
        }
    }

    private static List<Options> within(int d, int bytes) {
        List<Options> options = new ArrayList<>();
        for (int bits : BITS) {
            int dimensions = Math.min(d, 8 * (bytes - SIDE_BYTES) / bits);
            if (dimensions >= 1 && (dimensions * bits + 7) / 8 + SIDE_BYTES > bytes - 16) {
                if (dimensions == d) {
                    options.add(new Options(bits, d, false));
                }
                options.add(new Options(bits, dimensions, true));
            }
        }
        return options;
    }

    private final Options options;

    public Osq(Options options) {
        this.options = options;
    }

    @Override
    public FittedQuantizer fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        int d = vectors.dimension();
        Maps.requireDimensions("osq", options.dimensions(), d);
        float[] center = Maps.mean(vectors);
        LinearMap map = options.rotated() || options.dimensions() < d
                ? Maps.rotatedComponents(vectors, options.dimensions(), center, random)
                : Maps.first(d, center);
        return new Fitted(options, similarity, center, map);
    }

    /** Center and rotation. */
    private static final class Fitted implements FittedQuantizer {
        private final Options options;
        private final Similarity similarity;
        private final float[] center;
        private final LinearMap map;

        Fitted(Options options, Similarity similarity, float[] center, LinearMap map) {
            this.options = options;
            this.similarity = similarity;
            this.center = center;
            this.map = map;
        }

        @Override
        public int bytes() {
            return (options.dimensions() * options.bits() + 7) / 8 + SIDE_BYTES;
        }

        /** The map has the center, which the terms of vectors are about, too. */
        @Override
        public long modelBytes() {
            return map.bytes();
        }

        @Override
        public EncodedVectors encode(FeatureMatrix vectors) {
            Rounded rounded = Rounded.of(map.apply(vectors), options.bits());
            float[] terms = similarity.termsOf(vectors, center);
            return EncodedVectors.of(
                    terms.length,
                    queries -> new Estimates(rounded, terms, Rounded.of(map.apply(queries), queryBits()), similarity));
        }

        int queryBits() {
            return options.bits() < 4 ? 4 : options.bits();
        }
    }

    /** Vectors rounded to grids of their own: x_j = low + step * u_j. */
    private static final class Rounded {
        private final BitPlanes numbers;
        private final float[] low;
        private final float[] step;

        Rounded(BitPlanes numbers, float[] low, float[] step) {
            this.numbers = numbers;
            this.low = low;
            this.step = step;
        }

        static Rounded of(FeatureMatrix vectors, int bits) {
            int n = vectors.rows();
            int width = vectors.dimension();
            byte[] numbers = new byte[Math.multiplyExact(n, width)];
            float[] low = new float[n];
            float[] step = new float[n];
            IntStream.range(0, n).parallel().forEach(i -> {
                float[] x = new float[width];
                vectors.copyRow(i, x);
                IntervalFit.Interval interval = IntervalFit.of(x, 1 << bits);
                interval.round(x, numbers, i * width);
                low[i] = interval.low();
                step[i] = interval.step();
            });
            return new Rounded(BitPlanes.of(n, width, bits, numbers), low, step);
        }
    }

    /** (low + step u, low' + step' u'), from whole numbers. */
    private static final class Estimates implements DistanceEstimates {
        private final Rounded codes;
        private final float[] terms;
        private final Rounded of;
        private final Similarity similarity;

        Estimates(Rounded codes, float[] terms, Rounded of, Similarity similarity) {
            this.codes = codes;
            this.terms = terms;
            this.of = of;
            this.similarity = similarity;
        }

        @Override
        public int queries() {
            return of.low.length;
        }

        @Override
        public OfQuery of(int query) {
            float low = of.low[query];
            float step = of.step[query];
            float ofLows = low * codes.numbers.numbers() + step * of.numbers.sum(query);
            float scale = similarity.factor();
            return i -> {
                float ofSteps = low * codes.numbers.sum(i) + step * codes.numbers.product(i, of.numbers, query);
                return terms[i] + scale * (codes.low[i] * ofLows + codes.step[i] * ofSteps);
            };
        }
    }
}
