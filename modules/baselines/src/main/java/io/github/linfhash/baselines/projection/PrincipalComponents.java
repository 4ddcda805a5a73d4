package io.github.linfhash.baselines.projection;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.linalg.Moments;
import io.github.linfhash.linalg.SymmetricEigen;

/** The directions of the largest variance of the rows of a feature matrix; immutable. */
final class PrincipalComponents {
    private final double[] mean;
    private final double[][] rows;

    private PrincipalComponents(double[] mean, double[][] rows) {
        this.mean = mean;
        this.rows = rows;
    }

    /** The first {@code count} components, at most d. */
    static PrincipalComponents of(FeatureMatrix features, int count) {
        double[] mean = Moments.mean(features);
        SymmetricEigen eigen = SymmetricEigen.ofCovariance(features);
        return new PrincipalComponents(mean, eigen.largest(count));
    }

    /** The mean of the rows, d values. */
    double[] mean() {
        return mean.clone();
    }

    /** The components, count x d, each of unit length, the largest variance first. */
    double[][] rows() {
        double[][] copy = new double[rows.length][];
        for (int k = 0; k < rows.length; k++) {
            copy[k] = rows[k].clone();
        }
        return copy;
    }
}
