package io.github.linfhash.reports.results;

/**
 * The features that the images were turned into.
 *
 * @param name their name in the program
 * @param hash SHA-256 of the raw features, see {@code FeatureMatrix.sha256}
 * @param dimension the dimension d
 */
public record FeatureSummary(String name, String hash, int dimension) {}
