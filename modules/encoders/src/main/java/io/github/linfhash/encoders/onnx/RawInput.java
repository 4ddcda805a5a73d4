package io.github.linfhash.encoders.onnx;

/** What is done to a raw feature vector before the network takes it; immutable. */
public final class RawInput {
    private final double[] mean;
    private final boolean unitLength;

    /**
     * Subtraction of a mean, and perhaps scaling.
     *
     * @param mean what is subtracted, n values
     * @param unitLength whether the vector is then scaled to Euclidean length 1; a vector of zeros stays
     */
    public RawInput(double[] mean, boolean unitLength) {
        this.mean = mean.clone();
        this.unitLength = unitLength;
    }

    double[] mean() {
        return mean.clone();
    }

    boolean unitLength() {
        return unitLength;
    }
}
