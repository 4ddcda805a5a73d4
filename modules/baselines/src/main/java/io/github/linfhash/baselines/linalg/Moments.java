package io.github.linfhash.baselines.linalg;

import io.github.linfhash.core.features.FeatureMatrix;
import smile.math.blas.Transpose;
import smile.math.matrix.Matrix;

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
     * @param mean d values, the mean of these rows or any other centre
     */
    public static double[] covariance(FeatureMatrix features, double[] mean) {
        int d = features.dimension();
        double[] sum = new double[d * d];
        Matrix target = Matrices.view(sum, d, d);
        for (RowBlocks.Block block : RowBlocks.ofWidth(features.rows(), d).blocks()) {
            Matrix rows = Matrices.view(Matrices.centredRows(features, mean, block), block.size(), d);
            rows.mm(Transpose.TRANSPOSE, Transpose.NO_TRANSPOSE, 1.0 / features.rows(), rows, 1, target);
        }
        return sum;
    }
}
