package io.github.linfhash.core.method;

import io.github.linfhash.core.features.FeatureMatrix;

/**
 * A hash function whose codes come from real values of its own: what a search could rank by if nothing were binarised.
 *
 * <p>Two rows are alike if the cosine between their values is large; lengths say nothing, as the signs of values do not
 * know them either.
 */
public interface RealOutputs extends HashFunction {
    /** The number k of values of a row: N where each bit is the sign of one value, another where bits mix them. */
    int outputDimension();

    /**
     * The real values behind the codes.
     *
     * @param features n x d
     * @return n x k, row-major; the values of a row do not depend on the rows beside it
     * @throws IllegalArgumentException if the features have another dimension
     */
    float[] outputs(FeatureMatrix features);
}
