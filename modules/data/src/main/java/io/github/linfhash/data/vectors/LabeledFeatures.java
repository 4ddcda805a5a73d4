package io.github.linfhash.data.vectors;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import java.util.List;

/**
 * A data set that comes as feature vectors instead of images.
 *
 * @param features n x d, rows in the order of the files
 * @param labels the ground truth of each row
 * @param labelNames the names of the classes or labels; entry i names class or label i; empty where the files have none
 * @param synthetic whether the vectors were generated instead of measured; then every result says so
 */
public record LabeledFeatures(FeatureMatrix features, Labels labels, List<String> labelNames, boolean synthetic) {
    /** @throws IllegalArgumentException if there are not as many labels as rows */
    public LabeledFeatures {
        if (features.rows() != labels.size()) {
            throw new IllegalArgumentException(features.rows() + " rows have " + labels.size() + " labels");
        }
        labelNames = List.copyOf(labelNames);
    }
}
