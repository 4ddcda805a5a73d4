package io.github.linfhash.spark.search;

import io.github.linfhash.codes.HammingNeighbors;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.spark.blocks.RowIds;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Neighbors in a part of the database, as they travel between machines. */
final class PartialNeighbors implements Serializable {
    private final int queries;
    private final int perQuery;
    private final long[] ids;
    private final int[] distances;

    private PartialNeighbors(HammingNeighbors neighbors) {
        this.queries = neighbors.queries();
        this.perQuery = neighbors.perQuery();
        this.ids = neighbors.toIds();
        this.distances = neighbors.toDistances();
    }

    /**
     * The k nearest of a part, or nothing where it is empty.
     *
     * @param ofBlocks those of each block, by ids
     */
    static Iterator<PartialNeighbors> of(Iterator<HammingNeighbors> ofBlocks, int k) {
        @Nullable HammingNeighbors nearest = null;
        while (ofBlocks.hasNext()) {
            HammingNeighbors found = ofBlocks.next();
            nearest = nearest == null ? found : merge(nearest, found, k);
        }
        return nearest == null
                ? List.<PartialNeighbors>of().iterator()
                : List.of(new PartialNeighbors(nearest)).iterator();
    }

    /** The k nearest of two parts together. */
    PartialNeighbors merge(PartialNeighbors other, int k) {
        return new PartialNeighbors(merge(toNeighbors(), other.toNeighbors(), k));
    }

    HammingNeighbors toNeighbors() {
        return HammingNeighbors.owning(queries, perQuery, ids, distances);
    }

    private static HammingNeighbors merge(HammingNeighbors some, HammingNeighbors others, int k) {
        try {
            return some.merge(others, k);
        } catch (IllegalArgumentException e) {
            throw new InputException(RowIds.TWICE, e);
        }
    }
}
