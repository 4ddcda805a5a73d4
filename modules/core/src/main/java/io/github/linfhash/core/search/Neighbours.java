package io.github.linfhash.core.search;

import java.util.Objects;

/** The k nearest database codes of each query, nearest first, equally distant ones by ascending id; immutable. */
public final class Neighbours {
    private final int queries;
    private final int perQuery;
    private final int[] ids;
    private final int[] distances;

    /** Takes n * k ids and distances, query after query; the arrays must not be written to again. */
    Neighbours(int queries, int perQuery, int[] ids, int[] distances) {
        this.queries = queries;
        this.perQuery = perQuery;
        this.ids = ids;
        this.distances = distances;
    }

    /** The number of queries, n. */
    public int queries() {
        return queries;
    }

    /** The number of neighbours of each query, k. */
    public int perQuery() {
        return perQuery;
    }

    /** The index in the database of neighbour {@code rank} of a query, both counted from 0. */
    public int id(int query, int rank) {
        return ids[query * perQuery + Objects.checkIndex(rank, perQuery)];
    }

    /** Its Hamming distance. */
    public int distance(int query, int rank) {
        return distances[query * perQuery + Objects.checkIndex(rank, perQuery)];
    }
}
