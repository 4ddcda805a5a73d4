package io.github.linfhash.codes;

import java.util.Objects;
import java.util.function.LongUnaryOperator;

/**
 * The k nearest database codes of each query, nearest first, equally distant ones by ascending id; immutable.
 *
 * <p>{@link #merge} combines the neighbors in parts of a database into those in the whole database.
 */
public final class HammingNeighbors {
    private final int queries;
    private final int perQuery;
    private final long[] ids;
    private final int[] distances;

    private HammingNeighbors(int queries, int perQuery, long[] ids, int[] distances) {
        this.queries = queries;
        this.perQuery = perQuery;
        this.ids = ids;
        this.distances = distances;
    }

    /**
     * Takes n * k ids and distances, query after query; the caller must not write to the arrays again.
     *
     * @throws IllegalArgumentException if the sizes do not agree, or a query's neighbors are not in ascending order of
     *     distance and id
     */
    public static HammingNeighbors owning(int queries, int perQuery, long[] ids, int[] distances) {
        int entries = Math.multiplyExact(queries, perQuery);
        if (ids.length != entries || distances.length != entries) {
            throw new IllegalArgumentException(queries + " queries with " + perQuery + " neighbors need " + entries
                    + " entries, not " + ids.length + " and " + distances.length);
        }
        for (int at = 0; at < entries; at++) {
            if (at % perQuery > 0 && !before(distances[at - 1], ids[at - 1], distances[at], ids[at])) {
                throw new IllegalArgumentException("neighbor " + at % perQuery + " of query " + at / perQuery
                        + " is out of order, or there twice");
            }
        }
        return new HammingNeighbors(queries, perQuery, ids, distances);
    }

    private static boolean before(int distance, long id, int otherDistance, long otherId) {
        return distance < otherDistance || (distance == otherDistance && id < otherId);
    }

    /** The number of queries, n. */
    public int queries() {
        return queries;
    }

    /** The number of neighbors of each query, k. */
    public int perQuery() {
        return perQuery;
    }

    /**
     * Returns the id of neighbor {@code rank} of a query in the database, such as its row; both are counted from 0.
     *
     * @throws IndexOutOfBoundsException if there is no such query or neighbor
     */
    public long id(int query, int rank) {
        return ids[query * perQuery + Objects.checkIndex(rank, perQuery)];
    }

    /**
     * Returns the Hamming distance of neighbor {@code rank} of a query.
     *
     * @throws IndexOutOfBoundsException if there is no such query or neighbor
     */
    public int distance(int query, int rank) {
        return distances[query * perQuery + Objects.checkIndex(rank, perQuery)];
    }

    /** All ids, query after query, as a new array of n * k. */
    public long[] toIds() {
        return ids.clone();
    }

    /** All distances, query after query, as a new array of n * k. */
    public int[] toDistances() {
        return distances.clone();
    }

    /**
     * Returns these neighbors with other ids.
     *
     * @param change maps ids; it must be increasing, so that equally distant neighbors keep their order
     * @throws IllegalArgumentException if it does not
     */
    public HammingNeighbors renumbered(LongUnaryOperator change) {
        long[] changed = new long[ids.length];
        for (int at = 0; at < ids.length; at++) {
            changed[at] = change.applyAsLong(ids[at]);
        }
        return owning(queries, perQuery, changed, distances);
    }

    /**
     * Returns the nearest of these and the other neighbors, as a search of both databases at once would find them.
     *
     * @param other neighbors of the same queries in another database, none of whose ids is in this one
     * @param most k: how many to keep of each query, fewer if both together have fewer
     * @throws IllegalArgumentException if the other has another number of queries, or one of these ids
     */
    public HammingNeighbors merge(HammingNeighbors other, int most) {
        if (queries != other.queries) {
            throw new IllegalArgumentException(
                    "neighbors of " + queries + " queries cannot be merged with those of " + other.queries);
        }
        int kept = Math.min(most, perQuery + other.perQuery);
        long[] mergedIds = new long[Math.multiplyExact(queries, kept)];
        int[] mergedDistances = new int[mergedIds.length];
        for (int q = 0; q < queries; q++) {
            int here = q * perQuery;
            int there = q * other.perQuery;
            for (int at = q * kept; at < (q + 1) * kept; at++) {
                boolean fromHere = there == (q + 1) * other.perQuery
                        || (here < (q + 1) * perQuery
                                && before(distances[here], ids[here], other.distances[there], other.ids[there]));
                mergedIds[at] = fromHere ? ids[here] : other.ids[there];
                mergedDistances[at] = fromHere ? distances[here++] : other.distances[there++];
            }
        }
        return owning(queries, kept, mergedIds, mergedDistances);
    }
}
