package io.github.linfhash.quantisers.hashing;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantisers.DistanceEstimates;
import io.github.linfhash.quantisers.EncodedVectors;
import io.github.linfhash.quantisers.FittedQuantiser;
import io.github.linfhash.quantisers.Quantiser;
import io.github.linfhash.quantisers.Similarity;

/**
 * Any hashing method of the suite as a quantiser: its codes, and Hamming distances.
 *
 * @param training how the method learns from vectors of the database, and from labels of some of them where it needs such
 */
public record HashingQuantiser(Training training) implements Quantiser {
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
    public FittedQuantiser fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        return new Fitted(training.train(vectors, random));
    }

    /** Hamming distances between codes and the codes of queries. */
    public static DistanceEstimates estimates(BinaryCodes codes, BinaryCodes queries) {
        return new Estimates(codes, queries);
    }

    private record Fitted(HashFunction function) implements FittedQuantiser {
        @Override
        public int bytes() {
            return (function.bits() + 7) / 8;
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
