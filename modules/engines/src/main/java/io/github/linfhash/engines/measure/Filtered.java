package io.github.linfhash.engines.measure;

import io.github.linfhash.core.statistics.CrossedMean;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Searches with filters of about one selectivity.
 *
 * @param method such as {@code hnsw-bit}, {@code partial hnsw-bit} or {@code exact}
 * @param iterativeScan {@code off}, {@code strict_order} or {@code relaxed_order}; null where there is no such choice
 * @param selectivity the share of the rows that match
 * @param queries how many were asked
 * @param recall of the neighbors among the rows that match
 * @param worstGroup the mean of the worst group with at least {@value #LEAST_OF_GROUP} queries; null without such a group
 * @param worstTenth the mean of the tenth of queries with the lowest recall
 * @param returned rows, on average
 * @param wanted rows, on average: k, or all that match
 * @param p50 milliseconds
 * @param p95 milliseconds
 */
public record Filtered(
        String method,
        @Nullable String iterativeScan,
        double selectivity,
        int queries,
        CrossedMean recall,
        @Nullable Double worstGroup,
        double worstTenth,
        double returned,
        double wanted,
        double p50,
        double p95) {
    static final int LEAST_OF_GROUP = 5;

    /** The method of an exact scan. */
    public static final String EXACT = "exact";

    /** The beginning of the method of an index of the rows that match. */
    static final String PARTIAL = "partial ";

    /** Whether an index of all rows was searched. */
    private boolean ofAllRows() {
        return !method.equals(EXACT) && !method.startsWith(PARTIAL);
    }

    /** The name of the method with its iterative scan. */
    public String name() {
        return iterativeScan == null ? method : method + ", " + iterativeScan;
    }

    /**
     * The largest selectivity at which an exact scan has a smaller p95 than every index of all rows that reaches a recall; empty where there is
     * none.
     */
    public static OptionalDouble exactWinsFrom(List<Filtered> all, double target) {
        return all.stream()
                .filter(one -> one.method.equals(EXACT))
                .filter(exact -> all.stream()
                        .filter(one ->
                                one.selectivity == exact.selectivity && one.ofAllRows() && one.recall.mean() >= target)
                        .allMatch(one -> one.p95 > exact.p95))
                .mapToDouble(Filtered::selectivity)
                .max();
    }
}
