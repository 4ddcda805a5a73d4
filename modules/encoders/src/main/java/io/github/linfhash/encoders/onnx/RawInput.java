package io.github.linfhash.encoders.onnx;

/** What is done to a raw feature vector before the network takes it; immutable. */
public final class RawInput {
    private final boolean hellinger;
    private final double[] mean;
    private final boolean unitLength;

    /**
     * Subtraction of a mean, and perhaps scaling before and after it.
     *
     * @param hellinger whether each value is first replaced by the square root of its share of the vector's sum; a vector
     *     of zeros stays
     * @param mean what is subtracted, n values
     * @param unitLength whether the vector is then scaled to Euclidean length 1; a vector of zeros stays
     */
    public RawInput(boolean hellinger, double[] mean, boolean unitLength) {
        this.hellinger = hellinger;
        this.mean = mean.clone();
        this.unitLength = unitLength;
    }

    boolean hellinger() {
        return hellinger;
    }

    double[] mean() {
        return mean.clone();
    }

    boolean unitLength() {
        return unitLength;
    }
}
