package io.github.linfhash.quantizers;

import io.github.linfhash.codes.BitPlanes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * A published quantizer with its options, ready to be fitted: {@link #fit} learns from vectors, {@link Fitted#encode} makes codes, and
 * {@link Encoded#estimates} compares queries with them. Immutable; queries never reach the fit.
 *
 * <p>What is random comes from the streams alone, so that the same vectors, options and seed give the same codes.
 */
@FunctionalInterface
public interface Quantizer {
    /**
     * Learns from vectors of the database what the codes need.
     *
     * @param vectors n x d, as {@link Similarity#prepare} gives them
     * @param similarity by what the vectors are compared
     * @param random the streams of the seed
     * @throws io.github.linfhash.core.errors.InputException if the quantizer cannot work with these vectors; the sentence says
     *     what it needs
     */
    Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random);

    /** A quantizer that knows its data; immutable and safe for threads. */
    interface Fitted {
        /** The bytes that the code of one vector takes, side information included. */
        int bytes();

        /** The bytes of the arrays that encoding needs, such as those of a rotation, whatever the number of vectors. */
        long modelBytes();

        /**
         * Encodes vectors.
         *
         * @param vectors n x d
         * @throws IllegalArgumentException if they have another dimension than those that it was fitted to
         */
        Encoded encode(FeatureMatrix vectors);

        /**
         * The same codes with queries compared by another distance, as a fit with that option would give them.
         *
         * @return none if the codes depend on the distance
         */
        default Optional<Fitted> comparedBy(Distance distance) {
            return Optional.empty();
        }
    }

    /**
     * The codes of a database; immutable and safe for threads.
     *
     * @param size the number of codes, n
     * @param comparison prepares queries, m x d
     */
    record Encoded(int size, Function<FeatureMatrix, Estimates> comparison) {
        /**
         * Prepares queries, once for all of their distances.
         *
         * @param queries m x d, as {@link Similarity#prepare} gives them
         */
        public Estimates estimates(FeatureMatrix queries) {
            return comparison.apply(queries);
        }
    }

    /**
     * Estimated distances from queries to codes; immutable and safe for threads.
     *
     * @param queries the number of queries, m
     * @param distances prepares one query, 0 to m - 1
     */
    record Estimates(int queries, IntFunction<OfQuery> distances) {
        /**
         * Estimates from the values of each query.
         *
         * @param queries m x N, mapped as vectors were before they were encoded
         * @param distances prepares a query of N values
         */
        public static Estimates ofRows(FeatureMatrix queries, Function<float[], OfQuery> distances) {
            return new Estimates(queries.rows(), query -> {
                float[] values = new float[queries.dimension()];
                queries.copyRow(query, values);
                return distances.apply(values);
            });
        }

        /** Hamming distances between codes and the codes of queries. */
        public static Estimates hamming(BitPlanes codes, BitPlanes queries) {
            return new Estimates(queries.size(), query -> i -> codes.hamming(i, queries, query));
        }

        /** Prepares one query. */
        public OfQuery of(int query) {
            return distances.apply(query);
        }
    }

    /** Estimated distances of one query. */
    @FunctionalInterface
    interface OfQuery {
        /**
         * The estimated distance to a code: a smaller one is nearer. Values order the codes for this query; they are in no unit
         * that two quantizers share, and may be negative.
         */
        float to(int code);
    }

    /** Samples at most so many vectors without replacement, from the stream {@code sample}; they keep their order. */
    static FeatureMatrix sample(FeatureMatrix vectors, int most, RandomStreams random) {
        if (vectors.rows() <= most) {
            return vectors;
        }
        int[] chosen = new PermutationSampler(random.stream("sample"), vectors.rows(), most).sample();
        Arrays.sort(chosen);
        return vectors.select(chosen);
    }
}
