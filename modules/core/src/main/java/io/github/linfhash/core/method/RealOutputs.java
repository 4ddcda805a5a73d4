package io.github.linfhash.core.method;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;

/**
 * A hash function whose codes come from real values of its own: what a search could rank by if nothing were binarized.
 *
 * <p>Two rows are alike if the cosine between their values is large; lengths say nothing, as the signs of values do not
 * know them either.
 */
public interface RealOutputs extends HashFunction {
    /**
     * The real values behind the codes.
     *
     * @param features n x d
     * @return n x k, row-major, where k is N if each bit is the sign of one value, and another number if bits mix them; the
     *     values of a row do not depend on the rows beside it
     * @throws IllegalArgumentException if the features have another dimension
     */
    float[] outputs(FeatureMatrix features);

    /**
     * Codes together with the real values behind them, each value computed once.
     *
     * @param codes n codes of N bits
     * @param outputs n x k
     */
    record Encoding(BinaryCodes codes, FeatureMatrix outputs) {}

    /**
     * Returns the results of {@link #encode} and {@link #outputs}, to the bit, in the time of one of them. Functions whose bits are other than the
     * signs of the outputs override it.
     *
     * @param features n x d
     * @throws IllegalArgumentException if the features have another dimension
     * @throws io.github.linfhash.codes.NonFiniteException if an output is NaN or infinite
     */
    default Encoding encodeWithOutputs(FeatureMatrix features) {
        float[] outputs = outputs(features);
        return new Encoding(
                BinaryCodes.ofSigns(features.rows(), bits(), outputs),
                FeatureMatrix.owning(features.rows(), bits(), outputs));
    }
}
