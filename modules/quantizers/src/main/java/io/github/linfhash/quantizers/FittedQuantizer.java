package io.github.linfhash.quantizers;

import io.github.linfhash.core.features.FeatureMatrix;

/** A quantizer that knows its data; immutable and safe for threads. */
public interface FittedQuantizer {
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
    EncodedVectors encode(FeatureMatrix vectors);
}
