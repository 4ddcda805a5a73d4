package io.github.linfhash.core.method;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import java.util.stream.IntStream;

/**
 * What a method may learn from.
 *
 * @param labelled features of the labelled training images, l x d
 * @param labels their ground truth, l entries
 * @param unlabelled features of all images that may be used without labels, L x d: the database with the training
 *     images included; it holds a query only where the protocol leaves queries in the database
 */
public record TrainingSet(FeatureMatrix labelled, Labels labels, FeatureMatrix unlabelled) {
    public TrainingSet {
        if (labelled.rows() != labels.size()) {
            throw new IllegalArgumentException(labelled.rows() + " training images have " + labels.size() + " labels");
        }
        if (labelled.dimension() != unlabelled.dimension()) {
            throw new IllegalArgumentException("labelled features have dimension " + labelled.dimension()
                    + ", unlabelled ones " + unlabelled.dimension());
        }
        if (labelled.rows() == 0 || unlabelled.rows() == 0) {
            throw new IllegalArgumentException("a training set needs at least one labelled and one unlabelled image");
        }
    }

    /**
     * The same set with altered copies of all labelled images behind them, such as mirrored ones.
     *
     * @param copies features of one copy of each labelled image, in the same order
     */
    public TrainingSet withCopies(FeatureMatrix copies) {
        int rows = labelled.rows();
        if (copies.rows() != rows) {
            throw new IllegalArgumentException(copies.rows() + " copies do not fit " + rows + " training images");
        }
        float[] both = new float[Math.multiplyExact(2 * rows, dimension())];
        labelled.copyRows(0, rows, both, 0);
        copies.copyRows(0, rows, both, rows * dimension());
        int[] twice = IntStream.range(0, 2 * rows).map(row -> row % rows).toArray();
        return new TrainingSet(FeatureMatrix.owning(2 * rows, dimension(), both), labels.select(twice), unlabelled);
    }

    /** The feature dimension d. */
    public int dimension() {
        return labelled.dimension();
    }
}
