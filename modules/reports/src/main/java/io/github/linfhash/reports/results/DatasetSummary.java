package io.github.linfhash.reports.results;

/**
 * The data set of a comparison.
 *
 * @param name its name in the program
 * @param title its name for people
 * @param hash SHA-256 that identifies the images and labels that were read
 * @param images how many images were read
 * @param reproducesPaper whether the paper measured on these data, so that its numbers may be compared with ours
 */
public record DatasetSummary(String name, String title, String hash, int images, boolean reproducesPaper) {}
