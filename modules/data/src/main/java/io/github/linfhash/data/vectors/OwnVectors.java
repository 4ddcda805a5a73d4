package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import java.nio.file.Path;

/** A user's feature vectors and labels as a data set. */
public final class OwnVectors {
    private OwnVectors() {}

    /**
     * Reads a file of features and a file of labels, which may be one and the same.
     *
     * @throws InputException if one of them is not right, or they do not have equally many rows
     */
    public static LabelledFeatures read(Path features, Path labels, Progress progress) {
        NamedLabels named = LabelFiles.read(labels, progress);
        FeatureMatrix vectors = FeatureFiles.read(features, progress);
        if (vectors.rows() != named.labels().size()) {
            throw new InputException(labels + " does not belong to " + features + ": expected labels of "
                    + vectors.rows() + " rows, found " + named.labels().size());
        }
        return new LabelledFeatures(vectors, named.labels(), named.names(), false);
    }
}
