package io.github.linfhash.encoders.quantization;

import io.github.linfhash.encoders.algebra.CholeskyFactor;
import io.github.linfhash.encoders.algebra.Matrix;

/** Unconstrained least squares, of smallest norm where there are many solutions. */
final class LeastSquares {
    private LeastSquares() {}

    /**
     * The minimizers of ||D x - y||^2, through the normal equations.
     *
     * @param dictionary D, n x N, of full rank
     * @param signals m x n
     * @return m x N
     * @throws io.github.linfhash.codes.NonFiniteException if D does not have full rank
     */
    static Matrix solve(Matrix dictionary, Matrix signals) {
        Matrix transposed = dictionary.transpose();
        if (dictionary.columns() > dictionary.rows()) {
            Matrix inverse = CholeskyFactor.of(dictionary.times(transposed)).inverse();
            return signals.times(inverse).times(dictionary);
        }
        Matrix inverse = CholeskyFactor.of(transposed.times(dictionary)).inverse();
        return signals.times(dictionary).times(inverse);
    }
}
