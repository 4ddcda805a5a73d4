package io.github.linfhash.quantizers.antisparse;

import io.github.linfhash.codes.BitPlanes;
import io.github.linfhash.codes.RaBitQCodes;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.method.Ranges;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.rabitq.RaBitQ;
import java.util.List;

/**
 * Anti-sparse codes: the signs of the representation x of the least maximum norm with D x = y, for a random frame D of more vectors than
 * dimensions; most |x_j| of such an x are equal.
 *
 * <p>Based on Jégou, Furon and Fuchs, "Anti-sparse coding for approximate nearest neighbor search", ICASSP 2012, arXiv:1110.3767: y is
 * the centered vector, D the first rows of a random rotation of N dimensions. The codes of queries are found in the same way and compared
 * by Hamming distance, or a query stays in float32. Then, as (x, D'q) = (y, q), inner products are estimated from sign(x) as {@link
 * RaBitQ} does, with the same two float32 numbers beside the code: |x|^2 / (x, sign(x)), and the term of the distance that
 * depends on the vector alone. For codes shorter than twice the dimension, y is the first N / 2 principal components, rotated at
 * random, as a frame of redundancy near 1 leaves no room for a flat x.
 *
 * <p>What differs: the solver, which is a splitting method with a dual gap ({@link AntiSparseSolver}) in the place of the path-following
 * one, and the two numbers; the paper estimates with the signs alone.
 */
public record AntiSparse(Options options) implements Quantizer {
    public static final QuantizerSpec<Options> SPEC = new QuantizerSpec<>(
            "anti-sparse",
            "Anti-sparse",
            "H. Jégou, T. Furon, J.-J. Fuchs. Anti-sparse coding for approximate nearest neighbor search. ICASSP 2012",
            options -> true,
            true,
            AntiSparse::new,
            AntiSparse::within);

    /**
     * The options.
     *
     * @param bits N
     * @param dimensions of what is represented, fewer than N and at most d
     * @param iterations the most iterations of the solver
     * @param distance how a query is compared with codes
     */
    public record Options(
            @Range(least = 2, most = 1 << 16) int bits,
            @Range(least = 1) int dimensions,
            @Range(least = 1) int iterations,
            Distance distance) {
        public Options {
            Ranges.check(Options.class, bits, dimensions, iterations, distance);
            Ranges.require(
                    dimensions < bits, "dimensions: expected fewer than the " + bits + " bits, found " + dimensions);
        }
    }

    /** A frame of N vectors takes N x N while it is made. */
    private static final int MOST_FRAMES = 8;

    private static List<Options> within(int d, int bytes) {
        int bits = 8 * (bytes - RaBitQ.SIDE_BYTES);
        if (bits < 2 || bits > MOST_FRAMES * d) {
            return List.of();
        }
        return List.of(new Options(bits, Math.min(d, bits / 2), 60, Distance.ASYMMETRIC));
    }

    @Override
    public Quantizer.Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        SPEC.requireDimensions(options.dimensions(), vectors.dimension());
        return new Fitted(
                options,
                similarity,
                AntiSparseMap.of(vectors, options.dimensions(), options.bits(), options.iterations(), random));
    }

    private record Fitted(Options options, Similarity similarity, AntiSparseMap map) implements Quantizer.Fitted {
        @Override
        public int bytes() {
            return (options.bits() + 7) / 8 + (options.distance() == Distance.ASYMMETRIC ? RaBitQ.SIDE_BYTES : 0);
        }

        @Override
        public long modelBytes() {
            return map.bytes();
        }

        @Override
        public Encoded encode(FeatureMatrix vectors) {
            if (options.distance() == Distance.HAMMING) {
                BitPlanes codes = signs(vectors);
                return new Encoded(codes.size(), queries -> Estimates.hamming(codes, signs(queries)));
            }
            FeatureMatrix x = FeatureMatrix.owning(
                    vectors.rows(), options.bits(), map.solve(vectors).x());
            RaBitQCodes codes = RaBitQ.gridCodes(x, 1, PreparedVectors.terms(similarity, vectors, map.center()));
            return RaBitQ.estimated(codes, map::spread, 0, similarity);
        }

        private BitPlanes signs(FeatureMatrix vectors) {
            return BitPlanes.ofSigns(
                    vectors.rows(), options.bits(), map.solve(vectors).x());
        }
    }
}
