package io.github.linfhash.harness.experiment;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.reports.results.DatasetSummary;
import io.github.linfhash.reports.results.FeatureSummary;

/**
 * The features of all images of a data set, before any split.
 *
 * @param raw features as extracted, n x d, rows in the order of the files
 * @param labels the class of each image
 * @param dataset what the images are
 * @param features what the features are
 */
public record ImageFeatures(FeatureMatrix raw, ClassLabels labels, DatasetSummary dataset, FeatureSummary features) {}
