package io.github.linfhash.baselines.kernel;

import io.github.linfhash.codes.AffineMap;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.StateReader;
import io.github.linfhash.linalg.Matrices;

/**
 * Linear ridge regression to C targets at once: f(x) = W x with W = Y'(X X' + lambda I)^-1 X over the l training rows X, which is
 * {@link KernelRidge} with the kernel x'x_i. There is no intercept, as protocols center features. Safe for threads.
 */
final class LinearRidge implements Regressor {
    private final int dimension;
    private final int targets;
    private final float[] weights;
    private final AffineMap products;

    /** Takes C x d weights, row-major. */
    private LinearRidge(float[] weights, int targets) {
        this.dimension = weights.length / targets;
        this.targets = targets;
        this.weights = weights;
        this.products = AffineMap.of(weights, dimension, null, null);
    }

    /**
     * Solves for the weights.
     *
     * @param rows l x d
     * @param columns Y, C columns of l values one after another; is overwritten
     * @throws NonFiniteException if the matrix X X' + lambda I has no Cholesky factor
     */
    static LinearRidge fit(FeatureMatrix rows, double[] columns, double lambda) {
        int l = rows.rows();
        int d = rows.dimension();
        float[] x = rows.toArray();
        float[] products = AffineMap.of(x, d, null, null).apply(x);
        double[] matrix = new double[products.length];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = products[i];
        }
        for (int i = 0; i < l; i++) {
            matrix[i * l + i] += lambda;
        }
        KernelRidge.solve(matrix, l, columns);
        int targets = columns.length / l;
        double[] weights = new double[targets * d];
        for (int c = 0; c < targets; c++) {
            for (int i = 0; i < l; i++) {
                for (int j = 0; j < d; j++) {
                    weights[c * d + j] += columns[c * l + i] * x[i * d + j];
                }
            }
        }
        return new LinearRidge(Matrices.toFloats(weights), targets);
    }

    /** The regression that {@link #addTo} saved. */
    static LinearRidge read(StateReader in, int targets) {
        return new LinearRidge(in.floats("weights", targets, in.inputs()), targets);
    }

    @Override
    public ModelState addTo(ModelState state) {
        return state.with("weights", ModelArray.floats(weights, targets, dimension));
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public long parameters() {
        return weights.length;
    }

    @Override
    public float[] of(float[] features) {
        return products.apply(features);
    }
}
