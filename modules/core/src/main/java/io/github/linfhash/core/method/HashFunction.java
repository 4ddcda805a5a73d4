package io.github.linfhash.core.method;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import java.util.Map;

/** A learned map from feature vectors to binary codes; immutable and safe for use by several threads. */
public interface HashFunction {
    /** The code length N. */
    int bits();

    /** The dimension d of the feature vectors that it takes. */
    int dimension();

    /**
     * Encodes every row.
     *
     * @param features n x d
     * @return n codes of N bits
     * @throws IllegalArgumentException if the features have another dimension
     * @throws io.github.linfhash.codes.NonFiniteException if an output is NaN or infinite
     */
    BinaryCodes encode(FeatureMatrix features);

    /** The number of learned parameters. */
    long parameters();

    /** All that {@link MethodSpec#restore} needs to make this function again; the curves are not part of it. */
    ModelState state();

    /**
     * Returns the curves that training recorded, by name, one value for each epoch ("loss", "saturation.1", ...); empty for methods without epochs.
     */
    default Map<String, double[]> curves() {
        return Map.of();
    }
}
