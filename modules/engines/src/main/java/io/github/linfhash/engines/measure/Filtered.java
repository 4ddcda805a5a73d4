package io.github.linfhash.engines.measure;

import io.github.linfhash.core.statistics.CrossedMean;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
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
    public static final String PARTIAL = "partial ";

    /** Between what the engine did, such as {@code Seq Scan}, and the method that it should have used. */
    static final String INSTEAD = " instead of ";

    /** Whether an index of all rows was searched. */
    private boolean ofAllRows() {
        return !method.equals(EXACT) && !method.startsWith(PARTIAL) && !method.contains(INSTEAD);
    }

    /** The name of the method with its iterative scan. */
    public String name() {
        return iterativeScan == null ? method : method + ", " + iterativeScan;
    }

    /**
     * The largest of the selectivities, counted from the smallest one on, at which an exact scan has a smaller p95 than every index of all rows
     * that reaches a recall, or no index reaches it; empty if an index is faster at the smallest one already, or if none reaches the recall
     * before an index is faster.
     */
    public static OptionalDouble exactWinsFrom(List<Filtered> all, double target) {
        List<Double> unreached = unreached(all, target);
        List<Double> won = all.stream()
                .filter(one -> one.method.equals(EXACT))
                .sorted(Comparator.comparingDouble(Filtered::selectivity))
                .takeWhile(exact -> reaching(all, exact.selectivity, target).allMatch(one -> one.p95 > exact.p95))
                .map(Filtered::selectivity)
                .toList();
        return unreached.containsAll(won) ? OptionalDouble.empty() : OptionalDouble.of(won.get(won.size() - 1));
    }

    /** The selectivities of exact scans, ascending, at which no index of all rows reaches a recall. */
    public static List<Double> unreached(List<Filtered> all, double target) {
        return all.stream()
                .filter(one -> one.method.equals(EXACT))
                .map(Filtered::selectivity)
                .filter(selectivity ->
                        reaching(all, selectivity, target).findAny().isEmpty())
                .sorted()
                .toList();
    }

    private static Stream<Filtered> reaching(List<Filtered> all, double selectivity, double target) {
        return all.stream()
                .filter(one -> one.selectivity == selectivity && one.ofAllRows() && one.recall.mean() >= target);
    }
}
