package io.github.linfhash.quantizers.hashing;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.DistanceEstimates;
import io.github.linfhash.quantizers.EncodedVectors;
import io.github.linfhash.quantizers.FittedQuantizer;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.Similarity;

/**
 * Any hashing method of the suite as a quantizer: its codes, and Hamming distances.
 *
 * @param training how the method learns from vectors of the database, and from labels of some of them where it needs such
 */
public record HashingQuantizer(Training training) implements Quantizer {
    /**
     * What tables say of it.
     *
     * @param bits of a code
     */
    public record Options(int bits) {}

    /** How a hash function is learned. */
    @FunctionalInterface
    public interface Training {
        /** Learns from n x d vectors with the streams of a seed. */
        HashFunction train(FeatureMatrix vectors, RandomStreams random);
    }

    @Override
    public FittedQuantizer fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        return new Fitted(training.train(vectors, random));
    }

    /** Hamming distances between codes and the codes of queries. */
    public static DistanceEstimates estimates(BinaryCodes codes, BinaryCodes queries) {
        return new Estimates(codes, queries);
    }

    private record Fitted(HashFunction function) implements FittedQuantizer {
        @Override
        public int bytes() {
            return (function.bits() + 7) / 8;
        }

        @Override
        public long modelBytes() {
            return function.state().bytes();
        }

        @Override
        public EncodedVectors encode(FeatureMatrix vectors) {
            return new Encoded(function, function.encode(vectors));
        }
    }

    private record Encoded(HashFunction function, BinaryCodes codes) implements EncodedVectors {
        @Override
        public int size() {
            return codes.size();
        }

        @Override
        public DistanceEstimates estimates(FeatureMatrix queries) {
            return new Estimates(codes, function.encode(queries));
        }
    }

    private record Estimates(BinaryCodes codes, BinaryCodes of) implements DistanceEstimates {
        @Override
        public int queries() {
            return of.size();
        }

        @Override
        public OfQuery of(int query) {
            return i -> codes.distance(i, of, query);
        }
    }
}
