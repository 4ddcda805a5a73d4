package io.github.linfhash.encoders.quantization;

/**
 * What quantization to L levels did to a set of signals in one representation.
 *
 * @param quantizer L and half the quantized range
 * @param outside the share of coefficients beyond the range, from 0 to 1
 */
public record QuantizationErrors(
        Representation representation, UniformQuantizer quantizer, double outside, Errors errors, Bounds bounds) {
    /**
     * Euclidean norms of errors.
     *
     * @param coefficients ||x - q(x)||
     * @param reconstructions ||D x - D q(x)||
     * @param signals ||y - D q(x)||, which holds the representation's own error too
     */
    public record Errors(Spread coefficients, Spread reconstructions, Spread signals) {}

    /** Mean and maximum over the signals. */
    public record Spread(double mean, double maximum) {}

    /**
     * What the coefficient errors may be.
     *
     * @param proven range sqrt(N) / L: none exceeds it while no coefficient is outside
     * @param printed theorem 1.1's: lambda sqrt(N) / L for the box, sqrt(n) / L for least squares
     */
    public record Bounds(double proven, double printed) {}
}
