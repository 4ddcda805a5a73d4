package io.github.linfhash.results.tables;

import static tech.tablesaw.aggregate.AggregateFunctions.count;
import static tech.tablesaw.aggregate.AggregateFunctions.mean;
import static tech.tablesaw.aggregate.AggregateFunctions.stdDev;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.Results;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
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
        return of(results, RunResult::metrics);
    }

    /** Summaries of the wall-clock times, in seconds, of the runs that did not fail. */
    public static SeedSummaries ofSeconds(Results results) {
        return of(results, RunResult::seconds);
    }

    /** The summary of one number; empty if no run has it. */
    public Optional<Summary> find(String method, int bits, String name) {
        return Optional.ofNullable(summaries.get(new Key(method, bits, name)));
    }

    private static SeedSummaries of(Results results, Function<RunResult, Map<String, Double>> numbers) {
        Map<Key, Summary> summaries = new LinkedHashMap<>();
        Table table = table(results, numbers);
        if (!table.isEmpty()) {
            Table grouped = table.summarize("value", mean, stdDev, count).by("method", "bits", "name");
            grouped.forEach(row -> summaries.put(key(row), summary(row)));
        }
        return new SeedSummaries(Collections.unmodifiableMap(summaries));
    }

    private static Table table(Results results, Function<RunResult, Map<String, Double>> numbers) {
        StringColumn method = StringColumn.create("method");
        IntColumn bits = IntColumn.create("bits");
        StringColumn name = StringColumn.create("name");
        DoubleColumn value = DoubleColumn.create("value");
        for (RunResult run : results.runs()) {
            if (!run.failed()) {
                numbers.apply(run).forEach((key, number) -> {
                    method.append(run.key().entry());
                    bits.append(run.key().bits());
                    name.append(key);
                    value.append(number);
                });
            }
        }
        return Table.create(method, bits, name, value);
    }

    private static Key key(Row row) {
        return new Key(row.getString("method"), row.getInt("bits"), row.getString("name"));
    }

    private static Summary summary(Row row) {
        int n = (int) row.getDouble("Count [value]");
        // Of a single number, Tablesaw gives a deviation of zero; nothing is known of it.
        OptionalDouble spread =
                n > 1 ? OptionalDouble.of(row.getDouble("Std. Deviation [value]")) : OptionalDouble.empty();
        return new Summary(row.getDouble("Mean [value]"), spread, n);
    }
}
