package io.github.linfhash.baselines.graph;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import java.util.stream.IntStream;

/**
 * The anchor graph of n rows: Z joins each row to its s nearest anchors, and Z Lambda^-1 Z' joins the rows (Liu et al.
 * 2011, equation 3). Safe for threads.
 */
final class AnchorGraph {
    private final AnchorExtension extension;
    private final SparseWeights weights;
    private final double[] columnSums;

    private AnchorGraph(AnchorExtension extension, SparseWeights weights) {
        this.extension = extension;
        this.weights = weights;
        this.columnSums = weights.columnSums(extension.anchors().rows());
    }

    /**
     * Builds the graph; anchors to which no row gives weight are dropped, since they have no place in Lambda^-1.
     *
     * @param data n x d
     * @param anchors m x d
     * @throws InputException if the rows do not differ from their anchors, or fewer than s anchors get any weight
     */
    static AnchorGraph of(FeatureMatrix data, FeatureMatrix anchors, AghOptions options) {
        AnchorGraph graph = withAll(data, anchors, options);
        int[] used = graph.usedAnchors();
        while (used.length < graph.anchors()) {
            if (used.length < options.nearest()) {
                throw new InputException("AGH joins each row to " + options.nearest() + " anchors, but only "
                        + used.length + " of " + anchors.rows()
                        + " anchors get any weight from the unlabelled rows.");
            }
            graph = withAll(data, graph.extension.anchors().select(used), options);
            used = graph.usedAnchors();
        }
        return graph;
    }

    private static AnchorGraph withAll(FeatureMatrix data, FeatureMatrix anchors, AghOptions options) {
        AnchorSearch search = new AnchorSearch(anchors, options.nearest());
        Neighbours neighbours = search.findAll(data);
        double sigma = neighbours.meanFurthestDistance();
        if (sigma <= 0) {
            throw new InputException("AGH needs rows that differ: each of the " + data.rows()
                    + " unlabelled rows equals its " + options.nearest() + " nearest anchors.");
        }
        AnchorExtension extension = new AnchorExtension(search, options.weights(), sigma);
        return new AnchorGraph(extension, extension.weigh(neighbours));
    }

    private int[] usedAnchors() {
        return IntStream.range(0, anchors()).filter(j -> columnSums[j] != 0).toArray();
    }

    /** The number of anchors that get weight. */
    int anchors() {
        return columnSums.length;
    }

    /** The dimension d. */
    int dimension() {
        return extension.anchors().dimension();
    }

    /** Z of the data. */
    SparseWeights weights() {
        return weights;
    }

    /** The diagonal of Lambda: the sum of each column of Z, all greater than 0. */
    double[] columnSums() {
        return columnSums.clone();
    }

    /** How any rows, in the data or not, are joined to these anchors. */
    AnchorExtension extension() {
        return extension;
    }
}
