package io.github.linfhash.core.evaluation;

import java.io.Serializable;
import java.util.Arrays;

/**
 * For each query, how many database codes lie at each Hamming distance 0..N, and how many of those are relevant.
 *
 * <p>Every metric of {@link BallMetrics} and {@link RankMetrics} follows from these counts; memory is 2 (N + 1) ints a
 * query, whatever the size of the database.
 */
public final class DistanceHistograms implements Serializable {
    private final int queries;
    private final int bits;
    private final int[] all;
    private final int[] relevant;

    /**
     * Takes the arrays over; the caller must not write to them again.
     *
     * @param all queries * (N + 1) counts: entry {@code q * (N + 1) + d} for query q and distance d
     * @param relevant the relevant ones among them, in the same layout
     * @throws IllegalArgumentException if the sizes do not agree, a relevant count is not within 0..all, or not every
     *     query counts the same number of codes
     */
    public DistanceHistograms(int queries, int bits, int[] all, int[] relevant) {
        int entries = Math.multiplyExact(queries, bits + 1);
        if (all.length != entries || relevant.length != entries) {
            throw new IllegalArgumentException(queries + " queries of " + bits + " bits need " + entries
                    + " counts, not " + all.length + " and " + relevant.length);
        }
        for (int k = 0; k < entries; k++) {
            if (relevant[k] < 0 || relevant[k] > all[k]) {
                throw new IllegalArgumentException("query " + k / (bits + 1) + " counts " + relevant[k]
                        + " relevant of " + all[k] + " codes at distance " + k % (bits + 1));
            }
        }
        this.queries = queries;
        this.bits = bits;
        this.all = all;
        this.relevant = relevant;
        requireSameDatabase();
    }

    private void requireSameDatabase() {
        for (int q = 1; q < queries; q++) {
            if (allWithin(q, bits) != databaseSize()) {
                throw new IllegalArgumentException("query " + q + " counts " + allWithin(q, bits) + " codes, query 0 "
                        + databaseSize() + ": every query needs the same database");
            }
        }
    }

    public int queries() {
        return queries;
    }

    /** The code length N: distances run from 0 to N. */
    public int bits() {
        return bits;
    }

    /** The number of database codes at a distance from a query. */
    public int all(int query, int distance) {
        return all[query * (bits + 1) + distance];
    }

    /** The number of relevant database codes at a distance from a query. */
    public int relevant(int query, int distance) {
        return relevant[query * (bits + 1) + distance];
    }

    /** The number of database codes within a radius of a query: the size of its Hamming ball. */
    public int allWithin(int query, int radius) {
        return sum(all, query, radius);
    }

    /** The number of relevant database codes within a radius of a query. */
    public int relevantWithin(int query, int radius) {
        return sum(relevant, query, radius);
    }

    /** The number of database codes. */
    public int databaseSize() {
        return queries == 0 ? 0 : allWithin(0, bits);
    }

    /** The number of database codes that are relevant to a query. */
    public int relevantTotal(int query) {
        return relevantWithin(query, bits);
    }

    /** All counts, in the layout of the constructor, as a new array. */
    public int[] toAll() {
        return all.clone();
    }

    /** The counts of relevant codes, in the layout of the constructor, as a new array. */
    public int[] toRelevant() {
        return relevant.clone();
    }

    /**
     * The histograms of the same queries over two databases together.
     *
     * @param other histograms of the same queries over another part of the database
     * @throws IllegalArgumentException if the other has another number of queries or bits
     * @throws ArithmeticException if the databases together have 2^31 codes or more
     */
    public DistanceHistograms plus(DistanceHistograms other) {
        if (queries != other.queries || bits != other.bits) {
            throw new IllegalArgumentException("histograms of " + queries + " queries of " + bits
                    + " bits cannot be added to " + other.queries + " of " + other.bits);
        }
        if (queries > 0) {
            Math.addExact(databaseSize(), other.databaseSize());
        }
        return new DistanceHistograms(queries, bits, sums(all, other.all), sums(relevant, other.relevant));
    }

    private static int[] sums(int[] some, int[] others) {
        int[] sums = new int[some.length];
        for (int k = 0; k < sums.length; k++) {
            sums[k] = some[k] + others[k];
        }
        return sums;
    }

    /**
     * The histograms of a list of codes scanned against itself, without each code's match with itself.
     *
     * @throws IllegalArgumentException if a query has no relevant code at distance 0
     */
    public DistanceHistograms withoutSelf() {
        boolean[] relevantToItself = new boolean[queries];
        Arrays.fill(relevantToItself, true);
        return withoutSelf(relevantToItself);
    }

    /**
     * The histograms of queries that are codes of the database, without each query's match with itself.
     *
     * @param relevantToItself for each query, whether it is relevant to itself; one without any label is not
     * @throws IllegalArgumentException if a query has no code at distance 0, or no relevant one but is relevant itself
     */
    DistanceHistograms withoutSelf(boolean[] relevantToItself) {
        int[] others = all.clone();
        int[] relevantOthers = relevant.clone();
        for (int q = 0; q < queries; q++) {
            others[q * (bits + 1)]--;
            relevantOthers[q * (bits + 1)] -= relevantToItself[q] ? 1 : 0;
        }
        return new DistanceHistograms(queries, bits, others, relevantOthers);
    }

    private int sum(int[] counts, int query, int radius) {
        int first = query * (bits + 1);
        int total = 0;
        for (int d = 0; d <= Math.min(radius, bits); d++) {
            total += counts[first + d];
        }
        return total;
    }
}
