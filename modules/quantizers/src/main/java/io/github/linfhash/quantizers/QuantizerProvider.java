package io.github.linfhash.quantizers;

import java.util.List;

/**
 * Quantizers that the program finds by {@link java.util.ServiceLoader} in any jar on the class path that names its provider in
 * {@code META-INF/services/io.github.linfhash.quantizers.QuantizerProvider}. The class needs a public constructor without parameters.
 */
public interface QuantizerProvider {
    /** The registrations, in the order of lists and pages; names that no other quantizer has, and that do not begin with {@code hash-}. */
    List<QuantizerSpec<?>> quantizers();
}
