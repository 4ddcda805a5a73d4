package io.github.linfhash.encoders.quantization;

/** How signals are represented before their coefficients are quantized, and on which range. */
public enum Representation {
    /** The l-infinity constrained solution of eq. (1), on [-lambda, lambda]. */
    BOX,
    /** Least squares on [-1, 1], the range that coefficients of signals of norm 1 can fill: the theorem's comparison. */
    LEAST_SQUARES,
    /** Least squares on the range that its coefficients do fill: what a careful user would compare with. */
    LEAST_SQUARES_FITTED
}
