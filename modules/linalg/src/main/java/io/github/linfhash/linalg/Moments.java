package io.github.linfhash.linalg;

import io.github.linfhash.core.features.FeatureMatrix;

/** Means and covariances of the rows of a feature matrix, accumulated in double precision. */
public final class Moments {
    private Moments() {}

    /** The mean row, d values. */
    public static double[] mean(FeatureMatrix features) {
        int d = features.dimension();
        double[] sum = new double[d];
        for (RowBlocks.Block block : RowBlocks.ofWidth(features.rows(), d).blocks()) {
            float[] values = Matrices.rows(features, block);
            for (int i = 0; i < block.size(); i++) {
                for (int j = 0; j < d; j++) {
                    sum[j] += values[i * d + j];
                }
            }
        }
        for (int j = 0; j < d; j++) {
            sum[j] /= features.rows();
        }
        return sum;
    }

    /**
     * The covariance (1/n) sum of (x - mean)(x - mean)', d x d, row-major.
     *
     * @param mean d values, the mean of these rows or any other center
     */
    public static double[] covariance(FeatureMatrix features, double[] mean) {
        int d = features.dimension();
        double[] sum = new double[d * d];
        for (RowBlocks.Block block : RowBlocks.ofWidth(features.rows(), d).blocks()) {
            double[] rows = Matrices.centeredRows(features, mean, block);
            Matrices.addGram(1.0 / features.rows(), rows, block.size(), d, sum);
        }
        return sum;
    }
}
