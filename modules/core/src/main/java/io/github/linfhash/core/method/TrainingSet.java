package io.github.linfhash.core.method;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import java.util.stream.IntStream;

/**
 * The data that a method may learn from.
 *
 * @param labeled features of the labeled training images, l x d
 * @param labels their ground truth, l entries
 * @param unlabeled features of all images that may be used without labels, L x d: the database with the training
 *     images included; it holds a query only where the protocol leaves queries in the database
 */
public record TrainingSet(FeatureMatrix labeled, Labels labels, FeatureMatrix unlabeled) {
    public TrainingSet {
        if (labeled.rows() != labels.size()) {
            throw new IllegalArgumentException(labeled.rows() + " training images have " + labels.size() + " labels");
        }
        if (labeled.dimension() != unlabeled.dimension()) {
            throw new IllegalArgumentException("labeled features have dimension " + labeled.dimension()
                    + ", unlabeled ones " + unlabeled.dimension());
        }
        if (labeled.rows() == 0 || unlabeled.rows() == 0) {
            throw new IllegalArgumentException("a training set needs at least one labeled and one unlabeled image");
        }
    }

    /**
     * Returns this set with altered copies of all labeled images behind them, such as mirrored ones.
     *
     * @param copies features of one copy of each labeled image, in the same order
     */
    public TrainingSet withCopies(FeatureMatrix copies) {
        int rows = labeled.rows();
        if (copies.rows() != rows) {
            throw new IllegalArgumentException(copies.rows() + " copies do not fit " + rows + " training images");
        }
        float[] both = new float[Math.multiplyExact(2 * rows, dimension())];
        labeled.copyRows(0, rows, both, 0);
        copies.copyRows(0, rows, both, rows * dimension());
        int[] twice = IntStream.range(0, 2 * rows).map(row -> row % rows).toArray();
        return new TrainingSet(FeatureMatrix.owning(2 * rows, dimension(), both), labels.select(twice), unlabeled);
    }

    /** The feature dimension d. */
    public int dimension() {
        return labeled.dimension();
    }
}
