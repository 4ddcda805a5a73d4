package io.github.linfhash.spark.search;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.search.Neighbours;
import io.github.linfhash.spark.blocks.RowIds;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Neighbours in a part of the database, as they travel between machines. */
final class PartialNeighbours implements Serializable {
    private final int queries;
    private final int perQuery;
    private final long[] ids;
    private final int[] distances;

    private PartialNeighbours(Neighbours neighbours) {
        this.queries = neighbours.queries();
        this.perQuery = neighbours.perQuery();
        this.ids = neighbours.toIds();
        this.distances = neighbours.toDistances();
    }

    /**
     * The k nearest of a part, or nothing where it is empty.
     *
     * @param ofBlocks those of each block, by ids
     */
    static Iterator<PartialNeighbours> of(Iterator<Neighbours> ofBlocks, int k) {
        @Nullable Neighbours nearest = null;
        while (ofBlocks.hasNext()) {
            Neighbours found = ofBlocks.next();
            nearest = nearest == null ? found : merge(nearest, found, k);
        }
        return nearest == null
                ? List.<PartialNeighbours>of().iterator()
                : List.of(new PartialNeighbours(nearest)).iterator();
    }

    /** The k nearest of two parts together. */
    PartialNeighbours merge(PartialNeighbours other, int k) {
        return new PartialNeighbours(merge(toNeighbours(), other.toNeighbours(), k));
    }

    Neighbours toNeighbours() {
        return Neighbours.owning(queries, perQuery, ids, distances);
    }

    private static Neighbours merge(Neighbours some, Neighbours others, int k) {
        try {
            return some.merge(others, k);
        } catch (IllegalArgumentException e) {
            throw new InputException(RowIds.TWICE, e);
        }
    }
}
