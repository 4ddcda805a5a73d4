package io.github.linfhash.spark.search;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.search.HammingSearch;
import io.github.linfhash.core.search.Neighbours;
import io.github.linfhash.spark.blocks.CodeBlock;
import io.github.linfhash.spark.blocks.PackedCodes;
import io.github.linfhash.spark.blocks.TaskThread;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * Searches a part of the database for all queries, block by block: what a task of a search does.
 *
 * @param k the most neighbours of a query
 */
record PartSearch(Broadcast<PackedCodes> queryCodes, int k) implements Serializable {
    /** The nearest of the part, or nothing where it is empty. */
    Iterator<PartialNeighbours> search(Iterator<CodeBlock> blocks) {
        BinaryCodes queries = queryCodes.value().toCodes();
        @Nullable Neighbours nearest = null;
        while (blocks.hasNext()) {
            Neighbours found = nearest(queries, blocks.next().inOrder());
            nearest = nearest == null ? found : merge(nearest, found);
        }
        return nearest == null
                ? List.<PartialNeighbours>of().iterator()
                : List.of(new PartialNeighbours(nearest)).iterator();
    }

    // A block is in the order of its ids, so that the lower row of two at the same distance has the lower id too.
    private Neighbours nearest(BinaryCodes queries, CodeBlock block) {
        int most = Math.min(k, block.codes().size());
        return TaskThread.run(() -> HammingSearch.nearest(queries, block.codes(), most))
                .renumbered(row -> block.ids().get((int) row));
    }

    /** The nearest of two parts together. */
    PartialNeighbours merge(PartialNeighbours some, PartialNeighbours others) {
        return new PartialNeighbours(merge(some.toNeighbours(), others.toNeighbours()));
    }

    private Neighbours merge(Neighbours some, Neighbours others) {
        try {
            return some.merge(others, k);
        } catch (IllegalArgumentException e) {
            throw new InputException("expected an id of its own for each code of the database, found one twice", e);
        }
    }

    /** Neighbours in a part of the database, as they travel between machines. */
    static final class PartialNeighbours implements Serializable {
        private final int queries;
        private final int perQuery;
        private final long[] ids;
        private final int[] distances;

        PartialNeighbours(Neighbours neighbours) {
            this.queries = neighbours.queries();
            this.perQuery = neighbours.perQuery();
            this.ids = neighbours.toIds();
            this.distances = neighbours.toDistances();
        }

        Neighbours toNeighbours() {
            return Neighbours.owning(queries, perQuery, ids, distances);
        }
    }
}
