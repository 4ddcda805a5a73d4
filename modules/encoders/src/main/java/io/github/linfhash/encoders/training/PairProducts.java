package io.github.linfhash.encoders.training;

import io.github.linfhash.encoders.algebra.FloatMatrix;

/**
 * The products of the vectors of a batch with each other, and sums of the vectors by B x B weights: all pairs in two matrix products. Where
 * c_ij is the slope of a pair's loss with respect to the product of its vectors, the gradient of vector i is the sum of c_ij v_j over j,
 * the vectors times c; where it is that of half the squared distance, the sum of c_ij (v_i - v_j), the vectors times the Laplacian of c.
 */
final class PairProducts {
    private final int vectors;
    private final FloatMatrix matrix;
    private final FloatMatrix square;
    private final FloatMatrix sums;
    private final float[] values;

    /** Buffers for batches of one size: B vectors of N values. */
    PairProducts(int units, int vectors) {
        this.vectors = vectors;
        this.matrix = FloatMatrix.zeros(units, vectors);
        this.square = FloatMatrix.zeros(vectors, vectors);
        this.sums = FloatMatrix.zeros(units, vectors);
        this.values = new float[vectors * vectors];
    }

    /**
     * Takes vectors.
     *
     * @param columns N x B, column-major
     * @return their products, B x B; a buffer, to be replaced by weights
     */
    float[] of(float[] columns) {
        matrix.copyFrom(columns);
        square.setTransposedProduct(matrix, matrix);
        square.copyTo(values);
        return values;
    }

    /** Sets {@code target}, N x B, to the vectors times the weights that the buffer now has. */
    void weigh(float[] target) {
        square.copyFrom(values);
        sums.setProduct(1, matrix, square);
        sums.copyTo(target);
    }

    /**
     * The same for a Laplacian.
     *
     * @param degrees what is added to the diagonal of the weights, which are -c off it
     */
    void weighDifferences(float[] degrees, float[] target) {
        for (int i = 0; i < vectors; i++) {
            values[i * vectors + i] += degrees[i];
        }
        weigh(target);
    }
}
