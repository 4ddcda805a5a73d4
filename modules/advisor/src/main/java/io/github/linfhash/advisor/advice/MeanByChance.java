package io.github.linfhash.advisor.advice;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.linalg.Matrices;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * How far apart chance puts the means of two samples of the same vectors.
 *
 * <p>For large samples, their squared distance is a sum of squares of independent normal variables, whose variances are proportional to the
 * eigenvalues of the covariance matrix C. Its quantiles are approximated by those of a shifted multiple of a chi-square variable with the same
 * first three moments (Hall, 1983; Buckley, Eagleson, 1988). Unlike a chi-square variable with two moments of the sum, it has the long tail
 * of vectors that vary most in a few directions.
 *
 * @param second tr C^2 / (tr C)^2, which is 1 for one direction and 1/d for all alike
 * @param third tr C^3 / (tr C)^3
 */
public record MeanByChance(double second, double third) {
    /** The largest number of vectors that {@link #of} needs. */
    public static final int MOST_VECTORS = 2_000;

    /** The fewest vectors, of which {@link #of} makes three differences. */
    private static final int LEAST_VECTORS = 6;

    private static final double RARE_SHARE = 0.001;

    /** The quantile of the normal distribution at one in a thousand. */
    static final double RARE = 3.0902;

    /**
     * Estimates the moments from vectors in random order. The differences of two vectors each have twice the covariance C and the mean 0, and
     * means of products over different ones estimate the traces without bias.
     *
     * @param vectors at least six, of which the first {@value #MOST_VECTORS} count
     */
    public static MeanByChance of(FeatureMatrix vectors) {
        if (vectors.rows() < LEAST_VECTORS) {
            throw new IllegalArgumentException(vectors.rows() + " vectors");
        }
        int n = Math.min(vectors.rows(), MOST_VECTORS) / 2;
        int d = vectors.dimension();
        double[] differences = new double[d * n];
        float[] one = new float[d];
        float[] other = new float[d];
        for (int i = 0; i < n; i++) {
            vectors.copyRow(2 * i, one);
            vectors.copyRow(2 * i + 1, other);
            for (int j = 0; j < d; j++) {
                differences[j * n + i] = (double) one[j] - other[j];
            }
        }
        double[] products = Matrices.transposedProduct(differences, differences, d, n, n);
        double trace = 0;
        for (int i = 0; i < n; i++) {
            trace += products[i * n + i] / n;
            products[i * n + i] = 0;
        }
        if (trace == 0) {
            return new MeanByChance(1, 1);
        }
        double[] paths = Matrices.product(products, products, n, n, n);
        double squares = 0;
        double triangles = 0;
        for (int i = 0; i < products.length; i++) {
            squares += products[i] * products[i];
            triangles += products[i] * paths[i];
        }
        double pairs = n * (n - 1.0);
        double second = within(squares / pairs / (trace * trace), 1.0 / d, 1);
        double third = within(
                triangles / (pairs * (n - 2)) / (trace * trace * trace), second * second, second * Math.sqrt(second));
        return new MeanByChance(second, third);
    }

    /** Limits a value to what eigenvalues can have. */
    private static double within(double value, double least, double most) {
        return Math.max(least, Math.min(most, value));
    }

    /** The factor by which the distance is larger than its root mean square in one of 1,000 pairs of samples. */
    public double rareFactor() {
        double freedom = second * second * second / (third * third);
        return Math.sqrt(1
                + third
                        / second
                        * (new ChiSquaredDistribution(freedom).inverseCumulativeProbability(1 - RARE_SHARE) - freedom));
    }
}
