package io.github.linfhash.spark.search;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.HammingNeighbors;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.spark.blocks.CodeSource;
import io.github.linfhash.spark.blocks.PackedCodes;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Finds nearest neighbors in a database that is spread over files: each task keeps the k nearest of its part for every
 * query, and these are merged in a tree. Of codes at the same distance those with the lower ids stay, so the result does
 * not depend on how the database is cut.
 */
public final class DistributedSearch {
    private DistributedSearch() {}

    /**
     * The k nearest codes of each query.
     *
     * @throws InputException if k is not within 1 and the number of codes
     */
    public static HammingNeighbors nearest(JavaSparkContext context, BinaryCodes queries, CodeSource database, int k) {
        long rows = database.rows();
        if (k < 1 || k > rows) {
            throw new InputException(
                    "--k: expected from 1 to " + rows + " neighbors, the number of database codes, found " + k);
        }
        PartSearch search = new PartSearch(context.broadcast(PackedCodes.of(queries)), k);
        return database.blocks()
                .map(search::nearest)
                .mapPartitions(found -> PartialNeighbors.of(found, k))
                .treeReduce((some, others) -> some.merge(others, k))
                .toNeighbors();
    }
}
