package io.github.linfhash.quantizers.export;

import io.github.linfhash.io.npy.NpyArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parts that make codes and compare them, for other programs.
 *
 * @param arrays by name, such as the rotation
 * @param codes the form of a code
 * @param encoding how a code is made of a vector x, in words and the names of arrays
 * @param estimate the distance of a query to a code, likewise; a smaller one is nearer
 * @param graph the encoding as a graph of operators; empty where these do not express it
 */
public record QuantizerParts(
        Map<String, NpyArray> arrays, CodeForm codes, String encoding, String estimate, Optional<EncodingGraph> graph) {
    /** The name of the array of codes. */
    public static final String CODES = "codes";

    /**
     * The form of a code: so many whole numbers of so many bits.
     *
     * @param numbers how many
     * @param bits of each
     * @param hamming whether the number of bits in which two codes differ says how far they are apart
     * @param order where the numbers are in the code's bytes
     */
    public record CodeForm(int numbers, int bits, boolean hamming, String order) {}

    public QuantizerParts {
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    }
}
