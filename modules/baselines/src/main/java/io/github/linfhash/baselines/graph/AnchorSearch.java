package io.github.linfhash.baselines.graph;

import io.github.linfhash.codes.AnchorFunctions;
import io.github.linfhash.codes.AnchorWeights;
import io.github.linfhash.codes.PointDistances;
import io.github.linfhash.codes.SquaredNorms;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.linalg.Matrices;
import io.github.linfhash.linalg.RowBlocks;
import java.util.Arrays;

/** Finds the s nearest of m anchors by exhaustive search; safe for threads. */
final class AnchorSearch {
    private final FeatureMatrix anchors;
    private final PointDistances distances;
    private final int nearest;

    /** Takes m x d anchors and s, at most m. */
    AnchorSearch(FeatureMatrix anchors, int nearest) {
        this.anchors = anchors;
        this.distances = new PointDistances(anchors.toArray(), anchors.dimension());
        this.nearest = nearest;
    }

    /** The m x d anchors. */
    FeatureMatrix anchors() {
        return anchors;
    }

    /** The number s of neighbors that it finds. */
    int nearest() {
        return nearest;
    }

    /** The neighbors of k x d values, row-major. */
    Neighbors find(float[] rows) {
        int m = anchors.rows();
        int n = rows.length / anchors.dimension();
        float[] squared = distances.of(rows);
        double[] norms = SquaredNorms.of(rows, n, anchors.dimension());
        Neighbors neighbors = new Neighbors(n, nearest);
        for (int i = 0; i < n; i++) {
            neighbors.find(i, norms[i], squared, i * m, m);
        }
        return neighbors;
    }

    /** The neighbors of all rows of the features. */
    Neighbors findAll(FeatureMatrix features) {
        Neighbors all = new Neighbors(features.rows(), nearest);
        int row = 0;
        RowBlocks blocks = RowBlocks.ofWidth(features.rows(), Math.max(anchors.rows(), anchors.dimension()));
        for (Neighbors part : blocks.map(block -> find(Matrices.rows(features, block)))) {
            all.put(row, part);
            row += part.rows();
        }
        return all;
    }

    /** The s nearest anchors of each of n rows, nearest first, with their squared distances. */
    static final class Neighbors {
        private final int perRow;
        private final int[] anchors;
        private final double[] squaredDistances;
        private final double[] squaredNorms;

        /** Room for n rows. */
        Neighbors(int rows, int perRow) {
            this.perRow = perRow;
            this.anchors = new int[Math.multiplyExact(rows, perRow)];
            this.squaredDistances = new double[anchors.length];
            this.squaredNorms = new double[rows];
        }

        /** The number of rows n. */
        int rows() {
            return squaredNorms.length;
        }

        /** Sets a row from its squared distances to all anchors, m values from {@code at} on. */
        void find(int row, double squaredNorm, float[] toAnchors, int at, int m) {
            squaredNorms[row] = squaredNorm;
            AnchorFunctions.nearest(toAnchors, at, m, perRow, anchors, squaredDistances, row * perRow);
        }

        /** Copies all rows of a part to the rows from {@code row} on. */
        void put(int row, Neighbors part) {
            System.arraycopy(part.anchors, 0, anchors, row * perRow, part.anchors.length);
            System.arraycopy(part.squaredDistances, 0, squaredDistances, row * perRow, part.anchors.length);
            System.arraycopy(part.squaredNorms, 0, squaredNorms, row, part.rows());
        }

        /** The mean over all rows of the distance to the s-th nearest anchor. */
        double meanFurthestDistance() {
            double sum = 0;
            for (int i = 0; i < rows(); i++) {
                sum += Math.sqrt(squaredDistances[(i + 1) * perRow - 1]);
            }
            return sum / rows();
        }

        /** Z with these neighbors. */
        AnchorGraph.SparseWeights weigh(AnchorWeights.Rule rule) {
            double[] weights = new double[anchors.length];
            for (int i = 0; i < rows(); i++) {
                int from = i * perRow;
                double[] ofRow = rule.of(
                        squaredNorms[i],
                        Arrays.copyOfRange(anchors, from, from + perRow),
                        Arrays.copyOfRange(squaredDistances, from, from + perRow));
                System.arraycopy(ofRow, 0, weights, from, perRow);
            }
            return new AnchorGraph.SparseWeights(perRow, anchors, weights);
        }
    }
}
