package io.github.linfhash.quantizers.export;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.quantizers.Quantizer;
import java.io.Serializable;
import java.util.Map;

/**
 * A fitted quantizer whose codes other programs can make and compare, from arrays and a formula; it can be sent to other machines as it
 * is.
 */
public interface PortableQuantizer extends Quantizer.Fitted, Serializable {
    /** Describes how codes are made and compared; its arrays have {@link #modelBytes} together. */
    QuantizerParts parts();

    /**
     * Encodes n vectors to arrays by name: {@value QuantizerParts#CODES}, one row for each, in the form of
     * {@link QuantizerParts#codes}, and side information, n numbers each.
     *
     * @param vectors n x d
     * @throws IllegalArgumentException if they have another dimension than those that it was fitted to
     */
    Map<String, NpyArray> arrays(FeatureMatrix vectors);
}
