package io.github.linfhash.results.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How many images each part of a split has.
 *
 * @param training labeled training images
 * @param queries query images
 * @param database database images, training images included where the protocol says so
 * @param unlabeled how many images methods learn from that need no labels, where these are others than the database; else null
 */
public record SplitSizes(
        int training,
        int queries,
        int database,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer unlabeled) {
    public SplitSizes {
        Results.requirePositive("training", training);
        Results.requirePositive("queries", queries);
        Results.requirePositive("database", database);
        if (unlabeled != null) {
            Results.requirePositive("unlabeled", unlabeled);
        }
    }

    /** Sizes where methods that need no labels learn from the database. */
    public SplitSizes(int training, int queries, int database) {
        this(training, queries, database, null);
    }
}
