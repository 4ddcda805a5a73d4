package io.github.linfhash.results.tables;

import io.github.linfhash.results.schema.Results;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
        return of(RunTable.of(results), RunTable.METRIC);
    }

    /** Summaries of the wall-clock times, in seconds, of the runs that did not fail. */
    public static SeedSummaries ofSeconds(Results results) {
        return of(RunTable.of(results), RunTable.SECONDS);
    }

    /** Summaries of one kind of numbers in a {@link RunTable}. */
    static SeedSummaries of(Table runs, String kind) {
        Map<Key, Summary> summaries = new LinkedHashMap<>();
        RunTable.summary(runs, kind, "method", "configuration", "bits", "metric")
                .forEach(row -> summaries.put(key(row), summary(row)));
        return new SeedSummaries(Collections.unmodifiableMap(summaries));
    }

    /** The summary of one number; empty if no run has it. */
    public Optional<Summary> find(String method, int bits, String name) {
        return Optional.ofNullable(summaries.get(new Key(method, bits, name)));
    }

    private static Key key(Row row) {
        return new Key(RunTable.entry(row), row.getInt("bits"), row.getString("metric"));
    }

    private static Summary summary(Row row) {
        int n = (int) row.getDouble("Count [value]");
        // Of a single number, Tablesaw gives a deviation of zero; nothing is known of it.
        OptionalDouble spread =
                n > 1 ? OptionalDouble.of(row.getDouble("Std. Deviation [value]")) : OptionalDouble.empty();
        return new Summary(row.getDouble("Mean [value]"), spread, n);
    }
}
