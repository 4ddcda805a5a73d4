package io.github.linfhash.encoders.layers;

/**
 * Weight decay.
 *
 * @param first of the first layer's weight matrix, at least 0
 * @param later of all others
 */
public record Decay(double first, double later) {
    /** None. */
    public static final Decay NONE = new Decay(0, 0);

    /** What is left of a weight after a step of the given learning rate, before its gradient is subtracted. */
    double kept(boolean firstLayer, double rate) {
        return 1 - rate * (firstLayer ? first : later);
    }
}
