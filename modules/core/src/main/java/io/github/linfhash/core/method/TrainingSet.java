package io.github.linfhash.core.method;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;

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

    /** The feature dimension d. */
    public int dimension() {
        return labelled.dimension();
    }
}
