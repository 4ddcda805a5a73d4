package io.github.linfhash.encoders.trainings;

import io.github.linfhash.core.features.FeatureMatrix;

/**
 * What trainings learn from. Trainings that share these share them on a device, too, where they hold the same object.
 *
 * @param features n x d; identical rows make no pair
 * @param relation which rows are similar
 */
public record Examples(FeatureMatrix features, Relation relation) {
    /** Whether two different rows are similar, in either order. */
    @FunctionalInterface
    public interface Relation {
        boolean similar(int i, int j);
    }

    /** The number of rows n. */
    public int rows() {
        return features.rows();
    }
}
