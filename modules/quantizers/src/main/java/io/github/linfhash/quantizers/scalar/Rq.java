package io.github.linfhash.quantizers.scalar;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.rotation.HadamardMap;
import io.github.linfhash.quantizers.rotation.VectorMap;
import io.github.linfhash.quantizers.scalar.Osq.Interval;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Rotational quantization: a random rotation about 0, and each vector on a grid of its own, of 8, 4 or 1 bits a coordinate.
 *
 * <p>Based on Weaviate 1.40 at commit adcffc5, {@code rotational_quantization.go}, {@code rq4.go} and {@code
 * binary_rotational_quantization.go}. Vectors are padded with zeros to a multiple of 64 coordinates, for one bit to 256 or more. The grid of 8
 * bits reaches from the least to the greatest coordinate. That of 4 bits reaches as far or to 0.6, 0.7, 0.8 or 0.9 of it, whichever is
 * closest in direction by the first 512 coordinates, and its values are then multiplied by what makes the squared error least. That of one
 * bit has the values -s and s, with s = |x|^2 / sum |x_j|. Queries have grids of 8 bits, for codes of one bit of 5 bits about 0.
 *
 * <p>Beside a code stand four float32 numbers, two for one bit. What it leaves out: the random rounding of queries for one bit, which are
 * rounded to the nearest. What differs: the rotation permutes all coordinates before each of three transforms, where Weaviate swaps pairs,
 * and its blocks are as long as they can be.
 */
public final class Rq implements Quantizer {
    public static final QuantizerSpec<Options> SPEC =
            new QuantizerSpec<>("rq", "RQ", "Weaviate 1.40", options -> true, false, Rq::new, Rq::within);

    private static final float[] SHARES = {1, 0.6f, 0.7f, 0.8f, 0.9f};
    private static final int SAMPLE = 512;
    /** For each coordinate and round, half a swap of two numbers of 16 bits, and a sign as float32. */
    private static final int MODEL_BYTES = 3 * (2 + Float.BYTES);

    /**
     * The options.
     *
     * @param bits of a coordinate: 1, 4 or 8
     * @param dimensions d
     */
    public record Options(
            @Range(least = 1, most = 8) int bits,
            @Range(least = 1) int dimensions) {
        public Options {
            Ranges.check(Options.class, bits, dimensions);
            Ranges.require(List.of(1, 4, 8).contains(bits), "bits: expected 1, 4 or 8, found " + bits);
        }

        private int padded() {
            return Math.max(bits == 1 ? 256 : 64, (dimensions + 63) / 64 * 64);
        }
    }

    /** Returns the bytes of a code of d dimensions. */
    public static int bytes(int bits, int d) {
        return new Options(bits, d).padded() * bits / 8 + (bits == 1 ? 2 : 4) * Float.BYTES;
    }

    private static List<Options> within(int d, int bytes) {
        return Stream.of(8, 4, 1)
                .filter(bits -> bytes(bits, d) <= bytes)
                .map(bits -> new Options(bits, d))
                .toList();
    }

    private final Options options;

    public Rq(Options options) {
        this.options = options;
    }

    @Override
    public Quantizer.Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        SPEC.requireDimensions(options.dimensions(), vectors.dimension());
        return new Fitted(
                options,
                similarity,
                HadamardMap.inBlocks(new float[options.dimensions()], options.padded(), random.stream("rotation")));
    }

    record Fitted(Options options, Similarity similarity, VectorMap rotation) implements Quantizer.Fitted {
        @Override
        public int bytes() {
            return Rq.bytes(options.bits(), options.dimensions());
        }

        @Override
        public long modelBytes() {
            return (long) MODEL_BYTES * rotation.outputs();
        }

        @Override
        public Encoded encode(FeatureMatrix vectors) {
            boolean signs = options.bits() == 1;
            BiFunction<float[], Integer, Interval> grid =
                    signs ? (x, points) -> signs(x) : options.bits() == 4 ? (x, points) -> clipped(x) : Rq::range;
            return Osq.Rounded.of(rotation.apply(vectors), options.bits(), grid)
                    .compared(
                            PreparedVectors.terms(similarity, vectors, rotation.center()),
                            similarity,
                            queries -> Osq.Rounded.of(
                                    rotation.apply(queries), signs ? 5 : 8, signs ? Rq::symmetric : Rq::range));
        }
    }

    private static Interval range(float[] x, int points) {
        float least = Float.POSITIVE_INFINITY;
        float greatest = Float.NEGATIVE_INFINITY;
        for (float value : x) {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        return new Interval(least, greatest, points);
    }

    private static Interval symmetric(float[] x, int points) {
        Interval range = range(x, points);
        float most = Math.max(-range.low(), range.high());
        return new Interval(-most, most, points);
    }

    private static Interval signs(float[] x) {
        double sum = 0;
        for (float value : x) {
            sum += Math.abs(value);
        }
        float size = sum == 0 ? 0 : (float) (Similarity.squaredLength(x, 0, x.length) / sum);
        return new Interval(-size, size, 2);
    }

    private static Interval clipped(float[] x) {
        Interval range = range(x, 16);
        Interval best = range;
        double most = -1;
        for (float share : SHARES) {
            Interval grid = new Interval(share * range.low(), share * range.high(), 16);
            double[] sums = products(grid, x, Math.min(SAMPLE, x.length));
            if (sums[0] * sums[0] > most * sums[1]) {
                most = sums[0] * sums[0] / sums[1];
                best = grid;
            }
        }
        double[] sums = products(best, x, x.length);
        return new Interval(best.low(), best.high(), 16, sums[0] > 0 ? (float) (sums[0] / sums[1]) : 1);
    }

    /** The inner products of the first values of x, rounded to a grid, with x and with themselves. */
    private static double[] products(Interval grid, float[] x, int count) {
        double[] sums = new double[2];
        for (int j = 0; j < count; j++) {
            double value = grid.low() + (double) grid.step() * grid.nearest(x[j]);
            sums[0] += value * x[j];
            sums[1] += value * value;
        }
        return sums;
    }
}
