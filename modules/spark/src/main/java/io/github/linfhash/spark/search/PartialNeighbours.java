package io.github.linfhash.spark.search;

import io.github.linfhash.core.search.Neighbours;
import java.io.Serializable;

/** Neighbours in a part of the database, as they travel between machines. */
final class PartialNeighbours implements Serializable {
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
