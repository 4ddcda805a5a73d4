package io.github.linfhash.linalg;

import io.github.linfhash.codes.SquaredNorms;
import io.github.linfhash.core.features.FeatureMatrix;

/**
 * Squared Euclidean distances to m fixed points: |x|^2 + |p|^2 - 2 x.p, the products by GEMM; safe for threads. Those of a
 * row do not depend on the rows beside it ({@link RowProducts}).
 */
public final class SquaredDistances {
    private final FeatureMatrix points;
    private final RowProducts products;
    private final double[] squaredNorms;

    /** Distances to the rows of {@code points}, m x d. */
    public SquaredDistances(FeatureMatrix points) {
        this.points = points;
        float[] values = points.toArray();
        this.products = new RowProducts(values, points.rows(), points.dimension());
        this.squaredNorms = squaredNorms(values, points.rows(), points.dimension());
    }

    /** The number of points m. */
    public int points() {
        return points.rows();
    }

    /** The squared length of each of n rows of d values. */
    public static double[] squaredNorms(float[] rows, int n, int d) {
        return SquaredNorms.of(rows, n, d);
    }

    /**
     * The squared distances of each row to each point.
     *
     * @param rows n x d, row-major
     * @return n x m, row-major, none negative
     */
    public float[] of(float[] rows) {
        int d = points.dimension();
        int m = points.rows();
        int n = rows.length / d;
        double[] rowNorms = squaredNorms(rows, n, d);
        float[] distances = new float[Math.multiplyExact(n, m)];
        products.of(-2, rows, distances);
        for (int i = 0; i < n; i++) {
            SquaredNorms.complete(distances, i * m, rowNorms[i], squaredNorms);
        }
        return distances;
    }
}
