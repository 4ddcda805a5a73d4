package io.github.linfhash.codes;

/**
 * Squared Euclidean distances to m fixed points: |x|^2 + |p|^2 - 2 x.p, the products by {@link AffineMap}, so that those of a vector do not
 * depend on the vectors in the same call; immutable and safe for threads.
 */
public final class PointDistances {
    private final AffineMap products;
    private final double[] squaredNorms;

    /**
     * Distances to points.
     *
     * @param points m x d, row-major
     * @param d the dimension
     * @throws NonFiniteException if a coordinate is NaN or infinite
     */
    public PointDistances(float[] points, int d) {
        float[] weights = points.clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= -2;
        }
        this.products = AffineMap.of(weights, d, null, null);
        this.squaredNorms = SquaredNorms.of(points, points.length / d, d);
    }

    /**
     * Returns the squared distance of each vector to each point.
     *
     * @param vectors k x d, row-major, for any k
     * @return k x m, row-major, none negative
     */
    public float[] of(float[] vectors) {
        int d = products.inputs();
        float[] values = products.apply(vectors);
        for (int i = 0; i < vectors.length / d; i++) {
            double norm = Similarity.squaredLength(vectors, i * d, d);
            SquaredNorms.complete(values, i * squaredNorms.length, norm, squaredNorms);
        }
        return values;
    }
}
