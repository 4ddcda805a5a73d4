package io.github.linfhash.codes;

/** Gaussian kernels of squared distances. */
public final class GaussianKernel {
    private GaussianKernel() {}

    /** Turns squared distances into exp(-gamma |x - a|^2). */
    public static void apply(float[] values, double gamma) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.exp(-gamma * values[i]);
        }
    }

    /**
     * Turns squared distances into exp(-|x - a|^2 / (2 sigma)) less the mean of each anchor.
     *
     * @param values k x m, row-major; replaced
     * @param means of the m anchors
     */
    public static void apply(float[] values, double sigma, double[] means) {
        int m = means.length;
        double factor = -1 / (2 * sigma);
        for (int i = 0; i < values.length; i += m) {
            for (int j = 0; j < m; j++) {
                values[i + j] = (float) (Math.exp(factor * values[i + j]) - means[j]);
            }
        }
    }
}
