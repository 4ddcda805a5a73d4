package io.github.linfhash.spark.search;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.codes.HammingNeighbors;
import io.github.linfhash.codes.HammingSearch;
import io.github.linfhash.spark.blocks.CodeBlock;
import io.github.linfhash.spark.blocks.PackedCodes;
import io.github.linfhash.spark.blocks.TaskThread;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * Searches a part of the database for all queries, block by block: what a task of a search does.
 *
 * @param k the most neighbors of a query
 */
record PartSearch(Broadcast<PackedCodes> queryCodes, int k) implements Serializable {
    // A block is in the order of its ids, so that the lower row of two at the same distance has the lower id too.
    HammingNeighbors nearest(CodeBlock unordered) {
        CodeBlock block = unordered.inOrder();
        BinaryCodes queries = queryCodes.value().toCodes();
        int most = Math.min(k, block.codes().size());
        return TaskThread.run(() -> HammingSearch.nearest(queries, block.codes(), most))
                .renumbered(row -> block.ids().get((int) row));
    }
}
