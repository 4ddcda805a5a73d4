package io.github.linfhash.embeddings.cli;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written.
 *
 * @param labels one entry for each vector; null if nothing says any
 */
record EmbeddedRows(FeatureMatrix vectors, @Nullable Labels labels) {}
