package io.github.linfhash.engines.measure;

import io.github.linfhash.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Groups that rows belong to, and the group that each query asks for: a filter by one value.
 *
 * @param columns of the groups
 * @param cases queries whose groups are about equally large
 */
public record FilterGroups(List<Column> columns, List<Case> cases) {
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
    record Column(String name, int[] ofRows, int[] ofQueries) {}

    /**
     * Queries with filters of about one selectivity.
     *
     * @param column of the filter
     * @param queries their numbers
     * @param selectivity the share of the rows that match, on average
     */
    record Case(Column column, List<Integer> queries, double selectivity) {}

    public FilterGroups {
        columns = List.copyOf(columns);
        cases = List.copyOf(cases);
    }

    /** Random groups that have nothing to do with the vectors; those of fewer rows than neighbors are left out. */
    static FilterGroups made(int rows, int queries, int neighbors, long seed) {
        UniformRandomProvider ofRows = new RandomStreams(seed).stream("filters");
        UniformRandomProvider ofQueries = new RandomStreams(seed).stream("filters of queries");
        List<Column> columns = new ArrayList<>();
        List<Case> cases = new ArrayList<>();
        for (int groups : MADE) {
            if (rows / groups >= neighbors) {
                int[] row = new int[rows];
                int[] query = new int[queries];
                Arrays.setAll(row, i -> ofRows.nextInt(groups));
                Arrays.setAll(query, i -> ofQueries.nextInt(groups));
                Column column = new Column("f" + columns.size(), row, query);
                columns.add(column);
                cases.add(new Case(column, IntStream.range(0, queries).boxed().toList(), 1.0 / groups));
            }
        }
        return new FilterGroups(columns, cases);
    }

    /**
     * Groups by given values.
     *
     * @param ofRows the value of each row
     * @param ofQueries the value of each query; empty if each asks for that of a random row
     */
    static FilterGroups of(List<String> ofRows, List<String> ofQueries, int queries, long seed) {
        Map<String, Integer> numbers = new HashMap<>();
        int[] row = ofRows.stream()
                .mapToInt(value -> numbers.computeIfAbsent(value, key -> numbers.size()))
                .toArray();
        int[] counts = new int[numbers.size()];
        for (int group : row) {
            counts[group]++;
        }
        UniformRandomProvider random = new RandomStreams(seed).stream("filters of queries");
        int[] query = IntStream.range(0, queries)
                .map(q -> {
                    // The value of a query may be that of no row.
                    Integer own = ofQueries.isEmpty() ? null : numbers.get(ofQueries.get(q));
                    return own == null ? row[random.nextInt(row.length)] : own;
                })
                .toArray();
        Column column = new Column("f0", row, query);
        // Half decades of the selectivity.
        Map<Long, List<Integer>> bins = new TreeMap<>();
        for (int q = 0; q < queries; q++) {
            double share = (double) counts[query[q]] / row.length;
            bins.computeIfAbsent(Math.round(-2 * Math.log10(share)), key -> new ArrayList<>())
                    .add(q);
        }
        return new FilterGroups(
                List.of(column),
                bins.values().stream()
                        .filter(of -> of.size() > 1)
                        .map(of -> new Case(
                                column,
                                of,
                                of.stream()
                                                .mapToInt(q -> counts[query[q]])
                                                .average()
                                                .orElseThrow()
                                        / row.length))
                        .toList());
    }
}
