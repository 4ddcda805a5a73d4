package io.github.linfhash.quantizers;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;

/**
 * A published quantizer with its options, ready to be fitted. Immutable; queries never reach it.
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
    FittedQuantizer fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random);
}
