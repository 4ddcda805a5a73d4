package io.github.linfhash.codes;

/** Threshold stumps: each output is one feature of a vector less a threshold. */
public final class Stumps {
    private final int inputs;
    private final int[] features;
    private final float[] thresholds;

    /**
     * Stumps of vectors of d values.
     *
     * @param inputs d
     * @param features the place of each output's feature
     * @param thresholds of each output
     */
    public Stumps(int inputs, int[] features, float[] thresholds) {
        this.inputs = inputs;
        this.features = features.clone();
        this.thresholds = thresholds.clone();
    }

    static Stumps read(ModelValues in) throws InvalidFileException {
        in.doubles("gaps", in.outputs());
        return new Stumps(
                in.inputs(), in.indices("features", in.inputs(), in.outputs()), in.floats("thresholds", in.outputs()));
    }

    /** Maps k x d values, row-major, to k x N. */
    public float[] apply(float[] rows) {
        int bits = features.length;
        int count = rows.length / inputs;
        float[] margins = new float[count * bits];
        for (int b = 0; b < bits; b++) {
            for (int i = 0; i < count; i++) {
                margins[i * bits + b] = rows[i * inputs + features[b]] - thresholds[b];
            }
        }
        return margins;
    }
}
