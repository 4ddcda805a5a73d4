package io.github.linfhash.quantizers;

import io.github.linfhash.core.features.FeatureMatrix;

/** A quantizer that knows its data; immutable and safe for threads. */
public interface FittedQuantizer {
    /** The bytes that the code of one vector takes, side information included. */
    int bytes();

    /**
     * Encodes vectors.
     *
     * @param vectors n x d
     * @throws IllegalArgumentException if they have another dimension than those that it was fitted to
     */
    EncodedVectors encode(FeatureMatrix vectors);
}
