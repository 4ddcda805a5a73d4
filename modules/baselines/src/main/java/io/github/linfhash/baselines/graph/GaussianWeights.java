package io.github.linfhash.baselines.graph;

/**
 * Gaussian weights exp(-d^2 / sigma^2), normalised, as in the released code (no factor 2).
 *
 * @param sigma the bandwidth, a distance greater than 0
 */
record GaussianWeights(double sigma) implements LocalWeights {
    /** All exponents are taken relative to the nearest anchor's, so that a far row's weights do not all become 0. */
    @Override
    public double[] of(double squaredNorm, int[] nearest, double[] squaredDistances) {
        double[] weights = new double[nearest.length];
        double sum = 0;
        for (int j = 0; j < weights.length; j++) {
            weights[j] = Math.exp((squaredDistances[0] - squaredDistances[j]) / (sigma * sigma));
            sum += weights[j];
        }
        for (int j = 0; j < weights.length; j++) {
            weights[j] /= sum;
        }
        return weights;
    }
}
