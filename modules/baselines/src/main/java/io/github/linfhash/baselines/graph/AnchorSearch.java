package io.github.linfhash.baselines.graph;

import io.github.linfhash.baselines.linalg.Matrices;
import io.github.linfhash.baselines.linalg.RowBlocks;
import io.github.linfhash.baselines.linalg.SquaredDistances;
import io.github.linfhash.core.features.FeatureMatrix;

/** Finds the s nearest of m anchors by exhaustive GEMM; safe for threads. */
final class AnchorSearch {
    private final FeatureMatrix anchors;
    private final SquaredDistances distances;
    private final int nearest;

    /** Takes m x d anchors and s, at most m. */
    AnchorSearch(FeatureMatrix anchors, int nearest) {
        this.anchors = anchors;
        this.distances = new SquaredDistances(anchors);
        this.nearest = nearest;
    }

    /** The m x d anchors. */
    FeatureMatrix anchors() {
        return anchors;
    }

    /** The number s of neighbours that it finds. */
    int nearest() {
        return nearest;
    }

    /** The neighbours of k x d values, row-major. */
    Neighbours find(float[] rows) {
        int m = anchors.rows();
        int n = rows.length / anchors.dimension();
        float[] squared = distances.of(rows);
        double[] norms = SquaredDistances.squaredNorms(rows, n, anchors.dimension());
        Neighbours neighbours = new Neighbours(n, nearest);
        for (int i = 0; i < n; i++) {
            neighbours.find(i, norms[i], squared, i * m, m);
        }
        return neighbours;
    }

    /** The neighbours of all rows of the features. */
    Neighbours findAll(FeatureMatrix features) {
        Neighbours all = new Neighbours(features.rows(), nearest);
        int row = 0;
        RowBlocks blocks = RowBlocks.ofWidth(features.rows(), Math.max(anchors.rows(), anchors.dimension()));
        for (Neighbours part : blocks.map(block -> find(Matrices.rows(features, block)))) {
            all.put(row, part);
            row += part.rows();
        }
        return all;
    }
}
