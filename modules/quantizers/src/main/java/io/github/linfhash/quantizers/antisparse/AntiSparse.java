package io.github.linfhash.quantizers.antisparse;

import io.github.linfhash.codes.BitPlanes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.DistanceEstimates;
import io.github.linfhash.quantizers.EncodedVectors;
import io.github.linfhash.quantizers.FittedQuantizer;
import io.github.linfhash.quantizers.HammingEstimates;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.rotation.Maps;
import java.util.List;

/**
 * Anti-sparse codes: the signs of the representation x of the least maximum norm with D x = y, for a random frame D of more vectors than
 * dimensions; most |x_j| of such an x are equal.
 *
 * <p>Based on Jégou, Furon and Fuchs, "Anti-sparse coding for approximate nearest neighbor search", ICASSP 2012, arXiv:1110.3767: y is
 * the vector about the mean, D the first rows of a random rotation of N dimensions. The codes of queries are found in the same
 * way and compared by Hamming distance, or a query stays in float32 and its inner products are estimated with |x| D sign(x), for which
 * the norm stands beside the code as float32. For codes that are not longer than the vectors, y is their first principal
 * components, rotated at random, half as many as bits, as the frame has to be redundant.
 *
 * <p>What differs: the solver, which is a splitting method with a dual gap ({@link AntiSparseSolver}) in the place of the path-following one.
 */
public final class AntiSparse implements Quantizer {
    private static final int NORM_BYTES = 4;

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
    public record Options(int bits, int dimensions, int iterations, Distance distance) {
        public Options {
            if (dimensions < 1 || dimensions >= bits || bits > 1 << 16 || iterations < 1) {
                throw new InputException(
                        "anti-sparse: expected fewer dimensions than bits and at least 1 iteration, found " + dimensions
                                + ", " + bits + " and " + iterations);
            }
        }
    }

    /** A frame of N vectors takes N x N while it is made. */
    private static final int MOST_FRAMES = 8;

    private static List<Options> within(int d, int bytes) {
        if (bytes <= NORM_BYTES) {
            return List.of();
        }
        int bits = 8 * (bytes - NORM_BYTES);
        if (bits > MOST_FRAMES * d) {
            return List.of();
        }
        return List.of(new Options(bits, bits > d ? d : bits / 2, 60, Distance.ASYMMETRIC));
    }

    private final Options options;

    public AntiSparse(Options options) {
        this.options = options;
    }

    @Override
    public FittedQuantizer fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        Maps.requireDimensions("anti-sparse", options.dimensions(), vectors.dimension());
        return new Fitted(
                options, AntiSparseMap.of(vectors, options.dimensions(), options.bits(), options.iterations(), random));
    }

    private static final class Fitted implements FittedQuantizer {
        private final Options options;
        private final AntiSparseMap map;

        Fitted(Options options, AntiSparseMap map) {
            this.options = options;
            this.map = map;
        }

        @Override
        public int bytes() {
            return (options.bits() + 7) / 8 + (options.distance() == Distance.ASYMMETRIC ? NORM_BYTES : 0);
        }

        @Override
        public long modelBytes() {
            return map.bytes();
        }

        @Override
        public Encoded encode(FeatureMatrix vectors) {
            AntiSparseSolver.Solutions found = map.solve(vectors);
            return new Encoded(this, BitPlanes.ofSigns(vectors.rows(), options.bits(), found.x()), found.norms());
        }
    }

    private static final class Encoded implements EncodedVectors {
        private final Fitted fitted;
        private final BitPlanes codes;
        private final float[] norms;

        Encoded(Fitted fitted, BitPlanes codes, float[] norms) {
            this.fitted = fitted;
            this.codes = codes;
            this.norms = norms;
        }

        @Override
        public int size() {
            return norms.length;
        }

        @Override
        public DistanceEstimates estimates(FeatureMatrix queries) {
            if (fitted.options.distance() == Distance.HAMMING) {
                return new HammingEstimates(codes, fitted.encode(queries).codes);
            }
            return new Asymmetric(codes, norms, fitted.map.spread(queries));
        }
    }

    /** -|x| (sign(x), D'q). */
    private static final class Asymmetric implements DistanceEstimates {
        private final BitPlanes codes;
        private final float[] norms;
        private final FeatureMatrix of;

        Asymmetric(BitPlanes codes, float[] norms, FeatureMatrix of) {
            this.codes = codes;
            this.norms = norms;
            this.of = of;
        }

        @Override
        public int queries() {
            return of.rows();
        }

        @Override
        public OfQuery of(int query) {
            float[] vector = new float[of.dimension()];
            of.copyRow(query, vector);
            float sum = 0;
            for (float value : vector) {
                sum += value;
            }
            float all = sum;
            BitPlanes.Products products = codes.products(vector);
            return i -> -norms[i] * (2 * products.of(i) - all);
        }
    }
}
