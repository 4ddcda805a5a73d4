package io.github.linfhash.baselines.projection;

import io.github.linfhash.baselines.linalg.SymmetricEigen;
import io.github.linfhash.core.errors.InputException;

/** Which and how many orthogonal directions a d-dimensional space offers to a code. */
final class Dimensions {
    private Dimensions() {}

    /**
     * Refuses codes longer than the features.
     *
     * @throws InputException if {@code bits} is greater than {@code dimension}
     */
    static void requireAtLeast(int bits, int dimension, String method) {
        if (bits > dimension) {
            throw new InputException(method + ": a code of " + bits + " bits needs features of dimension " + bits
                    + " or more, but these have " + dimension);
        }
    }

    /** The eigenvectors of the smallest eigenvalues, smallest first, as rows. */
    static double[][] smallest(SymmetricEigen eigen, int count) {
        double[][] rows = new double[count][];
        for (int k = 0; k < count; k++) {
            rows[k] = eigen.vector(eigen.order() - 1 - k);
        }
        return rows;
    }

    /** The eigenvectors of the largest eigenvalues, largest first, as rows. */
    static double[][] largest(SymmetricEigen eigen, int count) {
        double[][] rows = new double[count][];
        for (int k = 0; k < count; k++) {
            rows[k] = eigen.vector(k);
        }
        return rows;
    }
}
