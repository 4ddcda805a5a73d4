package io.github.linfhash.quantisers;

import io.github.linfhash.core.features.FeatureMatrix;

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
}
