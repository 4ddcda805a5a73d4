package io.github.linfhash.results.tables;

import io.github.linfhash.results.schema.Results;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** The named numbers of all runs, summarized over seeds for every method and code length. */
public final class SeedSummaries {
    /** What one summary is of. */
    private record Key(String method, int bits, String name) {}

    private final Map<Key, Summary> summaries;

    private SeedSummaries(Map<Key, Summary> summaries) {
        this.summaries = summaries;
    }

    /** Summaries of the metrics of the runs that did not fail. */
    public static SeedSummaries ofMetrics(Results results) {
        return of(
                RunTable.of(results),
                RunTable.METRIC,
                results.protocol().sizes().queries());
    }

    /** Summaries of the wall-clock times, in seconds, of the runs that did not fail. */
    public static SeedSummaries ofSeconds(Results results) {
        return of(RunTable.of(results), RunTable.SECONDS, 0);
    }

    /** Summaries of one kind of numbers in a {@link RunTable}, of so many queries a seed. */
    static SeedSummaries of(Table runs, String kind, int queries) {
        Map<Key, Map<Integer, Map<Long, Double>>> values = new LinkedHashMap<>();
        runs.where(runs.stringColumn("kind").isEqualTo(kind))
                .forEach(row -> values.computeIfAbsent(key(row), unused -> new TreeMap<>())
                        .computeIfAbsent(row.getInt("search"), unused -> new TreeMap<>())
                        .put(row.getLong("seed"), row.getDouble("value")));
        Map<Key, Summary> summaries = new LinkedHashMap<>();
        values.forEach((key, cells) -> summaries.put(
                key, CellValues.ofMetric(cells, key.name(), queries).summary()));
        return new SeedSummaries(Collections.unmodifiableMap(summaries));
    }

    /** The summary of one number; empty if no run has it. */
    public Optional<Summary> find(String method, int bits, String name) {
        return Optional.ofNullable(summaries.get(new Key(method, bits, name)));
    }

    private static Key key(Row row) {
        return new Key(RunTable.entry(row), row.getInt("bits"), row.getString("metric"));
    }
}
