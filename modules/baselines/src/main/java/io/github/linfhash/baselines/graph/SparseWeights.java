package io.github.linfhash.baselines.graph;

/** The matrix Z of n rows to m anchors, with s entries a row (Liu et al. 2011, equation 2); each row sums to 1. */
final class SparseWeights {
    private final int perRow;
    private final int[] anchors;
    private final double[] weights;

    /** Takes n * s anchors and their weights, row after row. */
    SparseWeights(int perRow, int[] anchors, double[] weights) {
        this.perRow = perRow;
        this.anchors = anchors;
        this.weights = weights;
    }

    /** The number of rows n. */
    int rows() {
        return anchors.length / perRow;
    }

    /** The number of entries of a row, s. */
    int perRow() {
        return perRow;
    }

    /** The anchor of entry k of row i. */
    int anchor(int i, int k) {
        return anchors[i * perRow + k];
    }

    /** The weight of entry k of row i. */
    double weight(int i, int k) {
        return weights[i * perRow + k];
    }

    /** Row i of Z W, added up into {@code target}, for a W of m rows. */
    void addProduct(int i, double[][] matrix, double[] target) {
        for (int k = 0; k < perRow; k++) {
            double weight = weight(i, k);
            double[] row = matrix[anchor(i, k)];
            for (int column = 0; column < target.length; column++) {
                target[column] += weight * row[column];
            }
        }
    }

    /** The sum of each of the m columns, Lambda. */
    double[] columnSums(int m) {
        double[] sums = new double[m];
        for (int entry = 0; entry < anchors.length; entry++) {
            sums[anchors[entry]] += weights[entry];
        }
        return sums;
    }

    /** Z'Z, m x m, row-major. */
    double[] gram(int m) {
        double[] gram = new double[m * m];
        for (int i = 0; i < rows(); i++) {
            for (int k = 0; k < perRow; k++) {
                double weight = weight(i, k);
                int row = anchor(i, k) * m;
                for (int other = 0; other < perRow; other++) {
                    gram[row + anchor(i, other)] += weight * weight(i, other);
                }
            }
        }
        return gram;
    }
}
