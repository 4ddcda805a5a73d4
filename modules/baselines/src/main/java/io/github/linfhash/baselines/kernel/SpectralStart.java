package io.github.linfhash.baselines.kernel;

import io.github.linfhash.baselines.linalg.Matrices;
import io.github.linfhash.baselines.linalg.SymmetricEigen;
import io.github.linfhash.baselines.linalg.Whitening;
import smile.math.matrix.Matrix;

/**
 * The start of each bit: the a that maximises a' K'S K a subject to a' K'K a = l (Liu et al. 2012, equations 9 and 10),
 * that is the generalised eigenvector of (K'S K, K'K) with the algebraically largest eigenvalue.
 *
 * <p>It is found in coordinates in which K'K + ridge is the identity. K'S K is formed once; taking the bit y away from S
 * takes (K'y)(K'y)' away from it. Power iteration would not do: S is indefinite. Not safe for threads.
 */
final class SpectralStart {
    private final Whitening whitening;
    private final double[] kernel;
    private final double[] product;
    private final int rows;
    private final int anchors;

    /**
     * Forms the product for the first bit.
     *
     * @param kernel K, l x m, row-major
     * @param target N S0
     * @param ridge share of the mean diagonal of K'K that is added to it
     */
    SpectralStart(double[] kernel, ResidualSimilarity target, double ridge) {
        this.rows = target.size();
        this.anchors = kernel.length / rows;
        Matrix k = Matrices.view(kernel, rows, anchors);
        double[] gram = Matrices.transposedProduct(k, k);
        this.whitening = Whitening.of(Whitening.ridged(gram, anchors, ridge), anchors);
        this.kernel = Matrices.product(k, Matrices.view(whitening.transform(), anchors, anchors));
        this.product = Matrices.transposedProduct(
                Matrices.view(this.kernel, rows, anchors), Matrices.view(similarColumns(target), rows, anchors));
    }

    private double[] similarColumns(ResidualSimilarity target) {
        double[] result = new double[kernel.length];
        double[] column = new double[rows];
        for (int j = 0; j < anchors; j++) {
            for (int i = 0; i < rows; i++) {
                column[i] = kernel[i * anchors + j];
            }
            double[] similar = target.times(column);
            for (int i = 0; i < rows; i++) {
                result[i * anchors + j] = similar[i];
            }
        }
        return result;
    }

    /** The start of the next bit, a0 of m values. */
    double[] solve() {
        double[] a = whitening.apply(SymmetricEigen.leading(product, anchors));
        double scale = Math.sqrt(rows);
        for (int j = 0; j < a.length; j++) {
            a[j] *= scale;
        }
        return a;
    }

    /** Takes a found bit, l entries of +1 or -1, away from the target. */
    void deflate(double[] bit) {
        double[] sums = new double[anchors];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < anchors; j++) {
                sums[j] += bit[i] * kernel[i * anchors + j];
            }
        }
        for (int i = 0; i < anchors; i++) {
            for (int j = 0; j < anchors; j++) {
                product[i * anchors + j] -= sums[i] * sums[j];
            }
        }
    }
}
