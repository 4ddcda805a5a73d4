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

    /**
     * Codes together with the real values behind them, each value computed once.
     *
     * @param codes n codes of N bits
     * @param outputs n x k
     */
    record Encoding(BinaryCodes codes, FeatureMatrix outputs) {
        /**
         * Codes whose bits are the signs of the outputs.
         *
         * @param outputs n x N, given away by the caller
         */
        public static Encoding ofSigns(int rows, int bits, float[] outputs) {
            return new Encoding(BinaryCodes.ofSigns(rows, bits, outputs), FeatureMatrix.owning(rows, bits, outputs));
        }
    }

    /**
     * Returns the results of {@link #encode} and {@link #outputs}, to the bit, in the time of one of them.
     *
     * @param features n x d
     * @throws IllegalArgumentException if the features have another dimension
     * @throws io.github.linfhash.codes.NonFiniteException if an output is NaN or infinite
     */
    Encoding encodeWithOutputs(FeatureMatrix features);
}
