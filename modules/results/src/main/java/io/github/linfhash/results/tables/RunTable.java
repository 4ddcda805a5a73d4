package io.github.linfhash.results.tables;

import static tech.tablesaw.aggregate.AggregateFunctions.count;
import static tech.tablesaw.aggregate.AggregateFunctions.sum;

import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The numbers of all runs, one a row: protocol, method, configuration, search, bits, seed, kind of number, metric and value. The searches of
 * one configuration are numbered; one that stands alone has number 1.
 * {@link #summary} selects and groups its rows.
 */
final class RunTable {
    /** The kind of a metric. */
    static final String METRIC = "metric";

    /** The kind of a wall-clock time in seconds, whose metric is the phase. */
    static final String SECONDS = "seconds";

    /** The kind of the row that every run has: 1 if it failed and so has no other row, else 0. */
    static final String FAILED = "failed";

    private record RunNumber(RunKey key, String kind, String metric, double value) {}

    private RunTable() {}

    static Table of(Results results) {
        String protocol = results.protocol().name();
        Map<String, MethodSummary> methods = results.protocol().methods().stream()
                .collect(Collectors.toMap(MethodSummary::entry, Function.identity()));
        List<RunNumber> numbers = new ArrayList<>();
        for (RunResult run : results.runs()) {
            numbers.add(new RunNumber(run.key(), FAILED, FAILED, run.failed() ? 1 : 0));
            if (!run.failed()) {
                run.metrics().forEach((metric, value) -> numbers.add(new RunNumber(run.key(), METRIC, metric, value)));
                run.seconds().forEach((phase, value) -> numbers.add(new RunNumber(run.key(), SECONDS, phase, value)));
            }
        }
        return Table.create(
                StringColumn.create("protocol", numbers.stream().map(number -> protocol)),
                StringColumn.create(
                        "method", numbers.stream().map(number -> number.key().method())),
                StringColumn.create(
                        "configuration",
                        numbers.stream()
                                .map(number -> RunKey.rowOf(Objects.requireNonNull(
                                                methods.get(number.key().entry()))
                                        .configuration()))),
                IntColumn.create(
                        "search",
                        numbers.stream()
                                .mapToInt(number -> Objects.requireNonNull(methods.get(
                                                                number.key().entry()))
                                                        .replicates()
                                                == null
                                        ? 1
                                        : CellValues.search(number.key().row()))),
                IntColumn.create(
                        "bits", numbers.stream().mapToInt(number -> number.key().bits())),
                LongColumn.create(
                        "seed",
                        numbers.stream().mapToLong(number -> number.key().seed())),
                StringColumn.create("kind", numbers.stream().map(RunNumber::kind)),
                StringColumn.create("metric", numbers.stream().map(RunNumber::metric)),
                DoubleColumn.create("value", numbers.stream().mapToDouble(RunNumber::value)));
    }

    /** The statistics of one kind of numbers, for each group of rows that agree in some columns; empty if there are none. */
    static Table summary(Table runs, String kind, String... columns) {
        Table numbers = runs.where(runs.stringColumn("kind").isEqualTo(kind));
        return numbers.isEmpty()
                ? numbers
                : numbers.summarize("value", count, sum).by(columns);
    }

    /** What a comparison calls the method and configuration of a row: {@code METHOD} or {@code METHOD:ROW}. */
    static String entry(Row row) {
        return RunKey.entry(row.getString("method"), row.getString("configuration"));
    }
}
