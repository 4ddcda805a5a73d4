package io.github.linfhash.spark.blocks;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a feature set; stays in its task.
 *
 * @param labels their ground truth, if it is read along
 */
public record FeatureBlock(
        RowIds ids, FeatureMatrix features, @Nullable Labels labels) {}
