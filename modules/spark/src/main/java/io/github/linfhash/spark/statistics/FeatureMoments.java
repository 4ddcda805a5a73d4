package io.github.linfhash.spark.statistics;

/**
 * Mean and covariance of all rows of a feature set; immutable.
 *
 * @see DistributedMoments
 */
public final class FeatureMoments {
    private final long rows;
    private final double[] mean;
    private final double[] covariance;

    FeatureMoments(long rows, double[] mean, double[] covariance) {
        this.rows = rows;
        this.mean = mean;
        this.covariance = covariance;
    }

    /** The number of rows, n. */
    public long rows() {
        return rows;
    }

    /** The mean row, d values, as a new array. */
    public double[] toMean() {
        return mean.clone();
    }

    /** (1/n) sum of (x - mean)(x - mean)', d x d, row-major, as a new array. */
    public double[] toCovariance() {
        return covariance.clone();
    }
}
