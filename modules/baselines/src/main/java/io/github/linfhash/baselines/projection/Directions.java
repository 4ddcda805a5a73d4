package io.github.linfhash.baselines.projection;

import io.github.linfhash.baselines.linalg.SymmetricEigen;

/** Picks directions by their eigenvalues. */
final class Directions {
    private Directions() {}

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
