package io.github.linfhash.codes;

/** The centered Gaussian kernel to anchors: exp(-|x - a|^2 / (2 sigma)) less the mean of each anchor. */
public final class GaussianKernel {
    private GaussianKernel() {}

    /**
     * Turns squared distances into values of the kernel.
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
