package io.github.linfhash.quantizers;

import io.github.linfhash.codes.Distances;
import io.github.linfhash.codes.ProductScheme;
import io.github.linfhash.core.features.FeatureMatrix;
import java.util.function.UnaryOperator;

/** Codes of m bytes, and distances that are sums of a table's values, one for each byte; immutable. */
public final class ByteCodes {
    /** The number of values of a byte, and of the table's entries for it. */
    public static final int VALUES = ProductScheme.VALUES;

    private final int width;
    private final byte[] codes;

    /**
     * Codes, one after the other.
     *
     * @param width m
     * @param codes n * m bytes; not copied
     */
    public ByteCodes(int width, byte[] codes) {
        this.width = width;
        this.codes = codes;
    }

    /** The number of bytes of a code, m. */
    public int width() {
        return width;
    }

    /** The number of codes, n. */
    public int size() {
        return codes.length / width;
    }

    /** Byte {@code part} of code {@code i}, from 0 to 255. */
    public int code(int i, int part) {
        return codes[i * width + part] & 255;
    }

    /** All codes, n * m bytes, as a new array. */
    public byte[] toBytes() {
        return codes.clone();
    }

    /**
     * Estimates distances by a table of each query.
     *
     * @param queries mapped as vectors were before they were encoded
     * @param table makes m x {@value #VALUES} values of a query
     */
    public Quantizer.Estimates estimates(FeatureMatrix queries, UnaryOperator<float[]> table) {
        return Quantizer.Estimates.ofRows(queries, query -> sums(table.apply(query)));
    }

    /** The sums of the values of a table, m x {@value #VALUES}, that the bytes of a code choose, in their order. */
    public Distances sums(float[] table) {
        return i -> ProductScheme.sum(table, codes, i * width, width);
    }
}
