package io.github.linfhash.results.schema;

/**
 * How many images each part of a split has.
 *
 * @param training labelled training images
 * @param queries query images
 * @param database database images, training images included where the protocol says so
 */
public record SplitSizes(int training, int queries, int database) {
    public SplitSizes {
        Results.requirePositive("training", training);
        Results.requirePositive("queries", queries);
        Results.requirePositive("database", database);
    }
}
