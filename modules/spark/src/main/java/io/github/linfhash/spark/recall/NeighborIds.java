package io.github.linfhash.spark.recall;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpzFile;
import io.github.linfhash.spark.search.ScoredNeighbors;
import java.nio.file.Path;
import java.util.Arrays;

/** The k true neighbors of each of m queries by their ids, nearest first; immutable. */
public final class NeighborIds {
    private final String name;
    private final int perQuery;
    private final long[] ids;

    private NeighborIds(String name, int perQuery, long[] ids) {
        this.name = name;
        this.perQuery = perQuery;
        this.ids = ids;
    }

    /** Those that a search found. */
    public static NeighborIds of(ScoredNeighbors found) {
        return new NeighborIds("the exact search", found.perQuery(), found.toIds());
    }

    /**
     * The first k of those that a file has.
     *
     * @param file FILE.npz with the array {@code ids}, such as {@code spark neighbors} writes
     * @param queries m
     * @throws InputException if the file is no such archive, has other numbers of queries or fewer neighbors, or a query has one
     *     twice
     */
    public static NeighborIds read(Path file, int queries, int k) {
        NpyArray array = NpzFile.of(file).ids();
        if (array.rows() != queries) {
            throw new InputException(
                    file + ": expected neighbors of the " + queries + " queries, found those of " + array.rows());
        }
        if (array.columns() < k) {
            throw new InputException(
                    file + ": expected at least " + k + " neighbors of each query, found " + array.columns());
        }
        long[] ids = new long[Math.multiplyExact(queries, k)];
        for (int q = 0; q < queries; q++) {
            for (int rank = 0; rank < k; rank++) {
                ids[q * k + rank] = array.integer(q * array.columns() + rank);
            }
            if (Arrays.stream(ids, q * k, (q + 1) * k).distinct().count() < k) {
                throw new InputException(
                        file + ": expected each neighbor of a query once, found one twice in row " + q);
            }
        }
        return new NeighborIds(file.toString(), k, ids);
    }

    /** Returns their name in messages. */
    String name() {
        return name;
    }

    /** The number of neighbors of each query, k. */
    int perQuery() {
        return perQuery;
    }

    /** How many there are, m * k. */
    int count() {
        return ids.length;
    }

    /** The id at a place, query after query. */
    long id(int place) {
        return ids[place];
    }
}
