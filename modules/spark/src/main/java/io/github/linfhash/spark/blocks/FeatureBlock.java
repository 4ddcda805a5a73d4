package io.github.linfhash.spark.blocks;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.quantizers.PreparedVectors;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a feature set; stays in its task.
 *
 * @param labels their ground truth, if it is read along
 */
public record FeatureBlock(
        RowIds ids, FeatureMatrix features, @Nullable Labels labels) {
    /**
     * Returns these rows in the order of their ids.
     *
     * @throws io.github.linfhash.core.errors.InputException if two rows have one id
     */
    public FeatureBlock inOrder() {
        if (ids.areAscending()) {
            return this;
        }
        return select(ids.ascendingOrder());
    }

    /** The chosen rows, in the order of the indices. */
    public FeatureBlock select(int[] rows) {
        return new FeatureBlock(ids.select(rows), features.select(rows), labels == null ? null : labels.select(rows));
    }

    /**
     * The vectors as the exact search and quantizers take them.
     *
     * @param name what the feature set is called in messages
     */
    public FeatureMatrix prepared(Similarity similarity, String name) {
        return PreparedVectors.of(similarity, features, name, row -> "the row of id " + ids.get(row));
    }
}
