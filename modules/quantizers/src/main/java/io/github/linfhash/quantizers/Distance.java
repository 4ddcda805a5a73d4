package io.github.linfhash.quantizers;

/** How a query is compared with codes of bits. */
public enum Distance {
    /** The number of bits in which its own code differs. */
    HAMMING,
    /** Its float32 values against the codes. */
    ASYMMETRIC
}
