package io.github.linfhash.quantizers;

import io.github.linfhash.core.features.FeatureMatrix;
import java.util.function.Function;

/** The codes of a database; immutable and safe for threads. */
public interface EncodedVectors {
    /** The number of codes, n. */
    int size();

    /**
     * Prepares queries, once for all of their distances.
     *
     * @param queries m x d, as {@link Similarity#prepare} gives them
     */
    DistanceEstimates estimates(FeatureMatrix queries);

    /**
     * Codes of which nothing else is to be known.
     *
     * @param size n
     * @param estimates prepares queries, as {@link #estimates} does
     */
    static EncodedVectors of(int size, Function<FeatureMatrix, DistanceEstimates> estimates) {
        return new EncodedVectors() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public DistanceEstimates estimates(FeatureMatrix queries) {
                return estimates.apply(queries);
            }
        };
    }
}
