package io.github.linfhash.quantizers.hashing;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.HashFunction;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Quantizer;

/**
 * Any hashing method of the suite as a quantizer: its codes, and Hamming distances.
 *
 * @param training how the method learns from vectors of the database, and from labels of some of them where it needs such
 */
public record HashingQuantizer(Training training) implements Quantizer {
    /**
     * The options that tables show.
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
    public Quantizer.Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
        return new Fitted(training.train(vectors, random));
    }

    /** Hamming distances between codes and the codes of queries. */
    public static Estimates estimates(BinaryCodes codes, BinaryCodes queries) {
        return new Estimates(queries.size(), query -> i -> codes.distance(i, queries, query));
    }

    private record Fitted(HashFunction function) implements Quantizer.Fitted {
        @Override
        public int bytes() {
            return (function.bits() + 7) / 8;
        }

        @Override
        public long modelBytes() {
            return function.state().bytes();
        }

        @Override
        public Encoded encode(FeatureMatrix vectors) {
            BinaryCodes codes = function.encode(vectors);
            return new Encoded(codes.size(), queries -> estimates(codes, function.encode(queries)));
        }
    }
}
