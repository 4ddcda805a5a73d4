package io.github.linfhash.engines.measure;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Groups that rows belong to, and the group that each query asks for: a filter by one value.
 *
 * @param columns of the groups
 * @param cases queries whose groups are about equally large
 * @param leftOut sentences about filters that are not measured, as too few rows match
 */
public record FilterGroups(List<Column> columns, List<Case> cases, List<String> leftOut) {
    /** The numbers of groups of made columns: they stand for 50, 10, 1 and 0.1% of the rows. */
    private static final List<Integer> MADE = List.of(2, 10, 100, 1000);

    /**
     * A column of whole numbers.
     *
     * @param name of the column
     * @param ofRows the group of each row
     * @param ofQueries the group that each query asks for
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Column(String name, int[] ofRows, int[] ofQueries) {}

    /**
     * Queries with filters of about one selectivity.
     *
     * @param column of the filter
     * @param queries their numbers
     * @param selectivity the share of the rows that match, on average
     */
    public record Case(Column column, List<Integer> queries, double selectivity) {}

    public FilterGroups {
        columns = List.copyOf(columns);
        cases = List.copyOf(cases);
        leftOut = List.copyOf(leftOut);
    }

    /** Random groups that have nothing to do with the vectors. Queries ask for those with at least as many rows as neighbors. */
    static FilterGroups made(int rows, int queries, int neighbors, long seed) {
        UniformRandomProvider ofRows = new RandomStreams(seed).stream("filters");
        UniformRandomProvider ofQueries = new RandomStreams(seed).stream("filters of queries");
        List<Column> columns = new ArrayList<>();
        List<Case> cases = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (int groups : MADE) {
            int[] row =
                    IntStream.range(0, rows).map(i -> ofRows.nextInt(groups)).toArray();
            int[] counts = counts(row, groups);
            int[] kept = IntStream.range(0, groups)
                    .filter(group -> counts[group] >= neighbors)
                    .toArray();
            if (kept.length == 0) {
                leftOut.add(String.format(
                        Locale.ROOT,
                        "filters that %.2g%% of the rows match: of %d rows, none of these groups has the %d that are searched for.",
                        100.0 / groups,
                        rows,
                        neighbors));
                continue;
            }
            int[] query = IntStream.range(0, queries)
                    .map(q -> kept[ofQueries.nextInt(kept.length)])
                    .toArray();
            Column column = new Column("f" + columns.size(), row, query);
            columns.add(column);
            double inKept = IntStream.of(kept).mapToLong(group -> counts[group]).sum();
            cases.add(new Case(
                    column, IntStream.range(0, queries).boxed().toList(), 1.0 / kept.length * (inKept / rows)));
        }
        return new FilterGroups(columns, cases, leftOut);
    }

    private static int[] counts(int[] ofRows, int groups) {
        int[] counts = new int[groups];
        for (int group : ofRows) {
            counts[group]++;
        }
        return counts;
    }

    /**
     * Groups by given values. A query whose value fewer rows have than neighbors are searched for is left out.
     *
     * @param ofRows the value of each row
     * @param ofQueries the value of each query; empty if each asks for that of a random row
     * @throws InputException if no queries are left
     */
    static FilterGroups of(List<String> ofRows, List<String> ofQueries, int queries, int neighbors, long seed) {
        Map<String, Integer> numbers = new HashMap<>();
        int[] row = ofRows.stream()
                .mapToInt(value -> numbers.computeIfAbsent(value, key -> numbers.size()))
                .toArray();
        int[] counts = counts(row, numbers.size());
        int[] rowsOfLarge =
                IntStream.of(row).filter(group -> counts[group] >= neighbors).toArray();
        if (rowsOfLarge.length == 0) {
            throw new InputException("--filter-values: expected a value that at least " + neighbors
                    + " rows of the table have, as many as are searched for, found none among " + row.length
                    + " rows. Pass a smaller --k, or coarser values");
        }
        UniformRandomProvider random = new RandomStreams(seed).stream("filters of queries");
        int[] query = IntStream.range(0, queries)
                .map(q -> {
                    // The value of a query may be that of no row.
                    Integer own = ofQueries.isEmpty() ? null : numbers.get(ofQueries.get(q));
                    return own == null ? rowsOfLarge[random.nextInt(rowsOfLarge.length)] : own;
                })
                .toArray();
        Column column = new Column("f0", row, query);
        // Half decades of the selectivity.
        Map<Long, List<Integer>> bins = new TreeMap<>();
        for (int q = 0; q < queries; q++) {
            if (counts[query[q]] >= neighbors) {
                double share = (double) counts[query[q]] / row.length;
                bins.computeIfAbsent(Math.round(-2 * Math.log10(share)), key -> new ArrayList<>())
                        .add(q);
            }
        }
        List<Case> cases = bins.values().stream()
                .filter(of -> of.size() > 1)
                .map(of -> new Case(
                        column,
                        of,
                        of.stream().mapToInt(q -> counts[query[q]]).average().orElseThrow() / row.length))
                .toList();
        int asked = cases.stream().mapToInt(one -> one.queries().size()).sum();
        if (asked == 0) {
            throw new InputException(
                    "--filter-values: expected at least two queries of a value that at least " + neighbors
                            + " rows have, as many as are searched for, found fewer among " + queries
                            + ". Pass more vectors, or coarser values");
        }
        return new FilterGroups(
                List.of(column),
                cases,
                asked == queries
                        ? List.of()
                        : List.of(
                                "filters of " + (queries - asked) + " of " + queries
                                        + " queries: fewer than " + neighbors
                                        + " rows have their value, or no other query has a value that about as many rows have."));
    }
}
