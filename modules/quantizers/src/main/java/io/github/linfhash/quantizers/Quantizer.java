package io.github.linfhash.quantizers;

import io.github.linfhash.codes.BitPlanes;
import io.github.linfhash.codes.Distances;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.RowBlocks;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.jspecify.annotations.Nullable;

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
     * @param vectors n x d, as {@link PreparedVectors#of} gives them
     * @param similarity by what the vectors are compared
     * @param random the streams of the seed
     * @throws io.github.linfhash.core.errors.InputException if the quantizer cannot work with these vectors; the sentence says
     *     what it needs
     */
    Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random);

    /**
     * The quantizer with so few iterations that its fit takes a fraction of the time, to tell roughly what its codes find; itself if it does
     * not iterate.
     */
    default Quantizer brief() {
        return this;
    }

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
    }

    /**
     * The codes of a database; immutable and safe for threads.
     *
     * @param size the number of codes, n
     * @param comparison prepares queries, m x d
     * @param others these codes as another quantizer compares queries with them
     */
    record Encoded(
            int size,
            Function<FeatureMatrix, Estimates> comparison,
            Function<QuantizerSpec.Configured, Optional<Encoded>> others) {
        /** Codes that no other quantizer has. */
        public Encoded(int size, Function<FeatureMatrix, Estimates> comparison) {
            this(size, comparison, other -> Optional.empty());
        }

        /**
         * Returns these codes, compared with queries as another quantizer does, as a fit of that one would give them.
         *
         * @param other differs in the comparison alone, see {@link QuantizerSpec.Configured#fitsLike}
         * @return none if its codes may be others
         */
        public Optional<Encoded> comparedBy(QuantizerSpec.Configured other) {
            return others.apply(other);
        }

        /**
         * Prepares queries, once for all of their distances.
         *
         * @param queries m x d, as {@link PreparedVectors#of} gives them
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
     * @param together the distances of some queries at once where that is faster; they may differ from those one by one in the last bits of
     *     float32. Null for one by one
     */
    record Estimates(
            int queries,
            IntFunction<Distances> distances,
            @Nullable Together together) {
        private static final int AT_ONCE = 32;

        /** Estimates one by one. */
        public Estimates(int queries, IntFunction<Distances> distances) {
            this(queries, distances, null);
        }

        /**
         * Estimates from the values of each query.
         *
         * @param queries m x N, mapped as vectors were before they were encoded
         * @param distances prepares a query of N values
         */
        public static Estimates ofRows(FeatureMatrix queries, Function<float[], Distances> distances) {
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
        public Distances forQuery(int query) {
            return distances.apply(query);
        }

        /**
         * Takes each query once, on all processors.
         *
         * @param size how many codes it is compared with: the first ones
         */
        public void forEach(int size, EachQuery use) {
            if (together == null) {
                IntStream.range(0, queries)
                        .parallel()
                        .forEach(query -> use.take(query, forQuery(query).first(size)));
                return;
            }
            new RowBlocks(queries, AT_ONCE).blocks().parallelStream().forEach(block -> {
                float[][] distances = together.of(block, size);
                for (int q = 0; q < block.size(); q++) {
                    use.take(block.from() + q, distances[q]);
                }
            });
        }
    }

    /** Estimates the distances of some queries to the first codes. */
    @FunctionalInterface
    interface Together {
        /** Returns for each query of a block an array of {@code size} distances. */
        float[][] of(RowBlocks.Block queries, int size);
    }

    /** Takes the distances of a query to codes; several queries are at work at a time. */
    @FunctionalInterface
    interface EachQuery {
        void take(int query, float[] distances);
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
