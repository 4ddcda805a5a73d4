package io.github.linfhash.codes;

/**
 * Squared Euclidean distances of single vectors to m fixed points: |x|^2 + |p|^2 - 2 x.p, the products by {@link AffineMap}; immutable and
 * safe for threads.
 */
final class PointDistances {
    private final AffineMap products;
    private final double[] squaredNorms;

    /** Distances to points, m x d, row-major. */
    PointDistances(float[] points, int d) {
        float[] weights = points.clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= -2;
        }
        this.products = AffineMap.of(weights, d, null, null);
        this.squaredNorms = SquaredNorms.of(points, points.length / d, d);
    }

    /** The squared distances of a vector, in a new array. */
    float[] of(float[] x) {
        float[] values = new float[products.outputs()];
        products.apply(x, 0, 1, values, 0);
        SquaredNorms.complete(values, 0, VectorSimilarity.squaredLength(x, 0, x.length), squaredNorms);
        return values;
    }
}
