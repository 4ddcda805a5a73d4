package io.github.linfhash.encoders.training;

/** The outputs of a batch at length 1, u = x / |x|, and gradients with respect to u as gradients with respect to x. */
final class NormalizedColumns {
    /** Shorter vectors count as 0, which has neither a direction nor a gradient. */
    private static final float TINY = 1e-12f;

    private final int units;
    private final float[] columns;
    private final float[] lengths;

    /** Buffers for B vectors of N values. */
    NormalizedColumns(int units, int vectors) {
        this.units = units;
        this.columns = new float[units * vectors];
        this.lengths = new float[vectors];
    }

    /** The vectors at length 1, N x B, in a buffer. */
    float[] of(float[] x) {
        for (int i = 0; i < lengths.length; i++) {
            double squares = 0;
            for (int k = i * units; k < (i + 1) * units; k++) {
                squares += (double) x[k] * x[k];
            }
            lengths[i] = (float) Math.sqrt(squares);
            float scale = lengths[i] < TINY ? 0 : 1 / lengths[i];
            for (int k = i * units; k < (i + 1) * units; k++) {
                columns[k] = scale * x[k];
            }
        }
        return columns;
    }

    /** Makes a gradient with respect to u one with respect to x: (g - (g . u) u) / |x|. */
    void backward(float[] gradient) {
        for (int i = 0; i < lengths.length; i++) {
            double along = 0;
            for (int k = i * units; k < (i + 1) * units; k++) {
                along += (double) gradient[k] * columns[k];
            }
            float scale = lengths[i] < TINY ? 0 : 1 / lengths[i];
            for (int k = i * units; k < (i + 1) * units; k++) {
                gradient[k] = scale * (gradient[k] - (float) along * columns[k]);
            }
        }
    }
}
