package io.github.linfhash.baselines.graph;

import io.github.linfhash.baselines.graph.AnchorSearch.Neighbors;
import io.github.linfhash.codes.AnchorFunctions;
import io.github.linfhash.codes.AnchorWeights;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.ModelArray;
import io.github.linfhash.core.method.ModelState;
import io.github.linfhash.core.method.StateReader;
import java.util.List;
import java.util.Locale;
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
    static AnchorGraph of(FeatureMatrix data, FeatureMatrix anchors, Agh.Options options) {
        AnchorGraph graph = withAll(data, anchors, options);
        int[] used = graph.usedAnchors();
        while (used.length < graph.anchors()) {
            if (used.length < options.nearest()) {
                throw new InputException("AGH joins each row to " + options.nearest() + " anchors, but only "
                        + used.length + " of " + anchors.rows()
                        + " anchors get any weight from the unlabeled rows; set nearest to at most " + used.length
                        + ".");
            }
            graph = withAll(data, graph.extension.anchors().select(used), options);
            used = graph.usedAnchors();
        }
        return graph;
    }

    private static AnchorGraph withAll(FeatureMatrix data, FeatureMatrix anchors, Agh.Options options) {
        AnchorSearch search = new AnchorSearch(anchors, options.nearest());
        Neighbors neighbors = search.findAll(data);
        double sigma = neighbors.meanFurthestDistance();
        if (sigma <= 0) {
            throw new InputException("AGH needs rows that differ: each of the " + data.rows()
                    + " unlabeled rows equals its " + options.nearest() + " nearest anchors; remove equal rows.");
        }
        AnchorExtension extension = new AnchorExtension(search, options.weights(), sigma);
        return new AnchorGraph(extension, extension.weigh(neighbors));
    }

    private int[] usedAnchors() {
        return IntStream.range(0, anchors()).filter(j -> columnSums[j] != 0).toArray();
    }

    /** The number of anchors that get weight. */
    int anchors() {
        return columnSums.length;
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

    /** The matrix Z of n rows to m anchors, with s entries a row (Liu et al. 2011, equation 2); each row sums to 1. */
    static final class SparseWeights {
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
            AnchorFunctions.addProduct(anchors, weights, i * perRow, perRow, matrix, target);
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

    /**
     * How any rows, in the graph's data or not, are joined to its anchors; it does not hold the data's own Z. Safe for
     * threads.
     */
    static final class AnchorExtension {
        private final AnchorSearch search;
        private final AnchorWeights weights;
        private final double sigma;
        private final AnchorWeights.Rule rule;

        /** Takes the search of the anchors, how weights are found, and the bandwidth, a distance greater than 0. */
        AnchorExtension(AnchorSearch search, AnchorWeights weights, double sigma) {
            this.search = search;
            this.weights = weights;
            this.sigma = sigma;
            this.rule = weights.fit(anchors().toArray(), anchors().dimension(), sigma);
        }

        /** The m x d anchors. */
        FeatureMatrix anchors() {
            return search.anchors();
        }

        /** Z of k x d values, row-major. */
        SparseWeights of(float[] rows) {
            return weigh(search.find(rows));
        }

        SparseWeights weigh(Neighbors neighbors) {
            return neighbors.weigh(rule);
        }

        ModelState addTo(ModelState state) {
            FeatureMatrix anchors = anchors();
            return state.with("nearest", search.nearest())
                    .with("sigma", sigma)
                    .with("weights", weights.name().toLowerCase(Locale.ROOT))
                    .with("anchors", ModelArray.floats(anchors.toArray(), anchors.rows(), anchors.dimension()));
        }

        static AnchorExtension read(StateReader in) {
            int m = in.rows("anchors");
            FeatureMatrix anchors = FeatureMatrix.owning(m, in.inputs(), in.floats("anchors", m, in.inputs()));
            String rule = in.word("weights", List.of("gaussian", "lae"));
            return new AnchorExtension(
                    new AnchorSearch(anchors, in.count("nearest", 1, m)),
                    AnchorWeights.valueOf(rule.toUpperCase(Locale.ROOT)),
                    in.number("sigma", Double.MIN_NORMAL, Double.MAX_VALUE));
        }
    }
}
