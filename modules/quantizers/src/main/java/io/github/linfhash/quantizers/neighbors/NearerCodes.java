package io.github.linfhash.quantizers.neighbors;

import java.util.Arrays;

/**
 * How many codes are nearer to each of m queries than each of its k neighbors, and how many as near, by estimated distances: whole
 * numbers, so that those of the parts of a database add up to those of all of it.
 */
public final class NearerCodes {
    private final int perQuery;
    private final float[] distances;
    private final long[] nearer;
    private final long[] equal;

    /**
     * Counts that start at 0.
     *
     * @param perQuery k
     * @param distances m * k, those of the queries to the codes of their neighbors; not copied
     */
    public NearerCodes(int perQuery, float[] distances) {
        this.perQuery = perQuery;
        this.distances = distances;
        this.nearer = new long[distances.length];
        this.equal = new long[distances.length];
    }

    /** The number of neighbors of each query, k. */
    public int perQuery() {
        return perQuery;
    }

    /** The number of queries, m. */
    public int queries() {
        return distances.length / perQuery;
    }

    /** Counts codes of a part of the database by their distances to a query. */
    public void count(int query, float[] ofCodes) {
        float[] ofNeighbors = Arrays.copyOfRange(distances, query * perQuery, (query + 1) * perQuery);
        float furthest = Float.NEGATIVE_INFINITY;
        for (float distance : ofNeighbors) {
            furthest = Math.max(furthest, distance);
        }
        int[] less = new int[perQuery];
        int[] same = new int[perQuery];
        for (float distance : ofCodes) {
            if (distance <= furthest) {
                for (int r = 0; r < perQuery; r++) {
                    less[r] += distance < ofNeighbors[r] ? 1 : 0;
                    same[r] += distance == ofNeighbors[r] ? 1 : 0;
                }
            }
        }
        for (int r = 0; r < perQuery; r++) {
            nearer[query * perQuery + r] += less[r];
            equal[query * perQuery + r] += same[r];
        }
    }

    /**
     * Adds what was counted elsewhere.
     *
     * @param moreNearer m * k counts of {@link #toNearer}
     * @param moreEqual m * k counts of {@link #toEqual}
     */
    public void add(long[] moreNearer, long[] moreEqual) {
        for (int at = 0; at < nearer.length; at++) {
            nearer[at] += moreNearer[at];
            equal[at] += moreEqual[at];
        }
    }

    /** How many codes are nearer than neighbor {@code rank} of a query; both from 0. */
    public long nearer(int query, int rank) {
        return nearer[query * perQuery + rank];
    }

    /** How many codes are as near as it, itself among them. */
    public long equal(int query, int rank) {
        return equal[query * perQuery + rank];
    }

    /** All counts of nearer codes, query after query, as a new array of m * k. */
    public long[] toNearer() {
        return nearer.clone();
    }

    /** All counts of codes that are as near, likewise. */
    public long[] toEqual() {
        return equal.clone();
    }
}
