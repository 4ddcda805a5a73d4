package io.github.linfhash.reports.results;

/**
 * The features that the images were turned into.
 *
 * @param name their name in the program
 * @param hash SHA-256 that identifies the features: the images and every parameter of the computation
 * @param dimension the dimension d
 */
public record FeatureSummary(String name, String hash, int dimension) {}
