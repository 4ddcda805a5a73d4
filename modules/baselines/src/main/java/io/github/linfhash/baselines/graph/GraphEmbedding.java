package io.github.linfhash.baselines.graph;

import io.github.linfhash.baselines.linalg.SymmetricEigen;
import io.github.linfhash.core.errors.InputException;

/**
 * The smoothest functions on an anchor graph as Y = Z W (Liu et al. 2011, equations 5 and 6): with M = Lambda^-1/2 Z'Z
 * Lambda^-1/2 and its eigenpairs (v, sigma), column k of W is sqrt(n) Lambda^-1/2 v sigma^-1/2, so that Y'Y = n I.
 */
final class GraphEmbedding {
    /** The eigenvalue 1 belongs to functions that are constant on a component; the released code drops down to here. */
    private static final double LARGEST = 1 - 1e-3;

    /** Zero eigenvalues come out of the decomposition as rounding errors of either sign. */
    private static final double SMALLEST = 1e-10;

    private GraphEmbedding() {}

    /**
     * Finds W for the largest admissible eigenvalues.
     *
     * @param columns how many
     * @return m x columns
     * @throws InputException if fewer eigenvalues lie between 0 and 0.999
     */
    static double[][] of(AnchorGraph graph, int columns) {
        int m = graph.anchors();
        double[] sums = graph.columnSums();
        SymmetricEigen eigen = SymmetricEigen.of(normalised(graph.weights().gram(m), sums), m);
        int first = 0;
        while (first < m && eigen.value(first) >= LARGEST) {
            first++;
        }
        int last = first;
        while (last < m && eigen.value(last) > SMALLEST) {
            last++;
        }
        if (last - first < columns) {
            throw new InputException("AGH needs " + columns + " eigenvalues between 0 and 0.999, but the graph of " + m
                    + " anchors has " + (last - first) + "; use more anchors or fewer bits.");
        }
        double[][] w = new double[m][columns];
        for (int k = 0; k < columns; k++) {
            double[] vector = eigen.vector(first + k);
            double scale = Math.sqrt(graph.weights().rows() / eigen.value(first + k));
            for (int j = 0; j < m; j++) {
                w[j][k] = scale * vector[j] / Math.sqrt(sums[j]);
            }
        }
        return w;
    }

    private static double[] normalised(double[] gram, double[] sums) {
        int m = sums.length;
        double[] result = new double[gram.length];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                result[i * m + j] = gram[i * m + j] / Math.sqrt(sums[i] * sums[j]);
            }
        }
        return result;
    }
}
