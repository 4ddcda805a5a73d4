package io.github.linfhash.results.tables;

import static tech.tablesaw.aggregate.AggregateFunctions.count;
import static tech.tablesaw.aggregate.AggregateFunctions.sum;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The measurements of a comparison in short, one row for each method and code length, for consoles and programs.
 *
 * <p>The text for people is in percent, as the paper prints; CSV and JSON keep fractions, as results.json does.
 */
public final class SummaryTable {
    private final Results results;

    private SummaryTable(Results results) {
        this.results = results;
    }

    /** The table of all runs of the results. */
    public static SummaryTable of(Results results) {
        return new SummaryTable(results);
    }

    /** The table for people: the means in percent, with the half width of their 95 % interval where there is more than one seed. */
    public String text() {
        return TextSummary.render(results);
    }

    /**
     * CSV with a header: method, bits, measured and failed runs, then for every metric its mean and, in a column that
     * ends in {@code .sd}, its sample standard deviation; empty where there is none; at last, whether the
     * features are synthetic.
     */
    public String csv() {
        List<SummaryRow> rows = SummaryRow.allOf(results, metrics());
        Table table = Table.create(
                StringColumn.create("method", rows.stream().map(SummaryRow::method)),
                IntColumn.create("bits", rows.stream().mapToInt(SummaryRow::bits)),
                IntColumn.create("measured", rows.stream().mapToInt(SummaryRow::measured)),
                IntColumn.create("failed", rows.stream().mapToInt(SummaryRow::failed)));
        for (String metric : metrics()) {
            table.addColumns(
                    column(metric, rows, metric, summary -> OptionalDouble.of(summary.mean())),
                    column(metric + ".sd", rows, metric, Summary::spread));
        }
        table.addColumns(BooleanColumn.create("synthetic", rows.stream().map(row -> synthetic())));
        return CsvText.of(table);
    }

    private static DoubleColumn column(
            String name, List<SummaryRow> rows, String metric, Function<Summary, OptionalDouble> number) {
        return DoubleColumn.create(
                name,
                rows.stream()
                        .mapToDouble(row -> Optional.ofNullable(row.summaries().get(metric))
                                .map(number)
                                .orElse(OptionalDouble.empty())
                                .orElse(Double.NaN)));
    }

    /** A JSON list with an object for each row: method, bits, measured, failed, synthetic, and mean, sd and n of every metric. */
    public String json() {
        return StrictReader.toJsonFile(SummaryRow.allOf(results, metrics()).stream()
                .map(row -> new JsonRow(
                        row.method(), row.bits(), row.measured(), row.failed(), synthetic(), numbers(row.summaries())))
                .toList());
    }

    private record JsonRow(
            String method, int bits, int measured, int failed, boolean synthetic, Map<String, JsonNumbers> metrics) {}

    private record JsonNumbers(double mean, @Nullable Double sd, int n) {}

    private static Map<String, JsonNumbers> numbers(Map<String, Summary> summaries) {
        Map<String, JsonNumbers> numbers = new LinkedHashMap<>();
        summaries.forEach((key, summary) -> numbers.put(
                key,
                new JsonNumbers(
                        summary.mean(),
                        summary.spread().isPresent() ? summary.spread().getAsDouble() : null,
                        summary.n())));
        return numbers;
    }

    private boolean synthetic() {
        return results.protocol().dataset().synthetic();
    }

    private List<String> metrics() {
        return results.runs().stream()
                .flatMap(run -> run.metrics().keySet().stream())
                .distinct()
                .toList();
    }

    /** Summaries as aligned text for a console. */
    private static final class TextSummary {
        private static final String GAP = "  ";

        private TextSummary() {}

        static String render(Results results) {
            List<Quantity> columns =
                    TableLayout.of(List.of(), results.protocol().headline()).columns();
            List<String> keys = columns.stream().map(Quantity::key).toList();
            List<List<String>> lines = new ArrayList<>();
            lines.add(header(columns));
            SummaryRow.allOf(results, keys).forEach(row -> lines.add(line(row, columns)));
            return synthetic(results) + mirrored(results) + aligned(lines) + note(results, columns);
        }

        private static String synthetic(Results results) {
            return results.protocol().dataset().synthetic()
                    ? "SYNTHETIC: the features were generated; these numbers say nothing about the data set itself.\n"
                    : "";
        }

        private static String mirrored(Results results) {
            return results.protocol().features().mirroredHash() == null
                    ? ""
                    : "Trained on mirror images of the training images, too: not to be set beside results without them.\n";
        }

        private static List<String> header(List<Quantity> columns) {
            List<String> cells = new ArrayList<>(List.of("method", "bits", "runs"));
            columns.forEach(column -> cells.add(column.key()));
            return cells;
        }

        private static List<String> line(SummaryRow row, List<Quantity> columns) {
            int runs = row.measured() + row.failed();
            List<String> cells = new ArrayList<>(List.of(
                    row.method(),
                    Integer.toString(row.bits()),
                    row.failed() == 0 ? Integer.toString(runs) : row.measured() + " of " + runs));
            columns.forEach(column -> cells.add(cell(row, column)));
            return cells;
        }

        private static String cell(SummaryRow row, Quantity column) {
            Summary summary = row.summaries().get(column.key());
            if (summary == null) {
                return "-";
            }
            String half = NumberText.halfWidth(column, summary);
            String mean = NumberText.mean(column, summary);
            return half.isEmpty() ? mean : mean + " \u00b1" + half;
        }

        /** The first column is text and starts at the left; numbers end at the right. */
        private static String aligned(List<List<String>> lines) {
            int[] widths = IntStream.range(0, lines.get(0).size())
                    .map(column -> lines.stream()
                            .mapToInt(line -> line.get(column).length())
                            .max()
                            .orElse(0))
                    .toArray();
            return lines.stream()
                    .map(line -> IntStream.range(0, widths.length)
                            .mapToObj(column -> padded(line.get(column), widths[column], column))
                            .collect(Collectors.joining(GAP))
                            .stripTrailing())
                    .collect(Collectors.joining("\n", "", "\n"));
        }

        private static String padded(String text, int width, int column) {
            String padding = " ".repeat(width - text.length());
            return column == 0 ? text + padding : padding + text;
        }

        private static String note(Results results, List<Quantity> columns) {
            String runs = results.runs().stream()
                    .filter(run -> run.failed())
                    .map(run -> "failed: " + run.key() + ": " + run.failure() + "\n")
                    .collect(Collectors.joining());
            return "Means in percent"
                    + (results.protocol().seeds().size() > 1
                            ? " \u00b1 half width of their 95 % interval over seeds"
                            : "")
                    + others(columns) + ".\n" + runs;
        }

        private static String others(List<Quantity> columns) {
            return columns.stream()
                    .filter(column -> column.kind() != Quantity.Kind.FRACTION)
                    .map(column ->
                            "; " + column.key() + " is a " + column.kind().unit())
                    .collect(Collectors.joining());
        }
    }

    /**
     * What was measured for one method at one code length.
     *
     * @param method the method's name, or {@code METHOD:ROW}
     * @param bits the code length N
     * @param measured how many runs did not fail
     * @param failed how many runs did
     * @param summaries the measured metrics by key
     */
    private record SummaryRow(String method, int bits, int measured, int failed, Map<String, Summary> summaries) {
        /** The rows of all methods and code lengths that were run, in the order of the results. */
        static List<SummaryRow> allOf(Results results, List<String> metrics) {
            Table runs = RunTable.of(results);
            SeedSummaries seeds = SeedSummaries.of(
                    runs, RunTable.METRIC, results.protocol().sizes().queries());
            List<SummaryRow> rows = new ArrayList<>();
            RunTable.summary(runs, RunTable.FAILED, "method", "configuration", "bits")
                    .forEach(row -> {
                        String method = RunTable.entry(row);
                        int bits = row.getInt("bits");
                        int failed = (int) row.getDouble("Sum [value]");
                        Map<String, Summary> summaries = new LinkedHashMap<>();
                        metrics.forEach(key -> seeds.find(method, bits, key).ifPresent(s -> summaries.put(key, s)));
                        rows.add(new SummaryRow(
                                method, bits, (int) row.getDouble("Count [value]") - failed, failed, summaries));
                    });
            return rows;
        }
    }

    /**
     * A number measured with several searches and seeds.
     *
     * @param mean the arithmetic mean
     * @param spread the sample standard deviation of all runs (n - 1 in the denominator); empty for a single one
     * @param n how many seeds
     * @param searches how many searches; with one, the interval is conditional on the options
     * @param interval the mean's interval; empty for a single seed, and where nothing is known of the spread
     */
    public record Summary(double mean, OptionalDouble spread, int n, int searches, Optional<CrossedMean> interval) {
        /** The summary of the values of some seeds; the mean of none is 0. */
        public static Summary of(double... values) {
            return values.length < 2
                    ? without(values, values.length, 1)
                    : with(
                            values,
                            values.length,
                            1,
                            CrossedMean.ofCells(new double[][] {values}, CrossedMean.Range.ANY, 0));
        }

        static Summary without(double[] values, int seeds, int searches) {
            return with(values, seeds, searches, Optional.empty());
        }

        static Summary with(double[] values, int seeds, int searches, Optional<CrossedMean> interval) {
            return new Summary(
                    values.length == 0 ? 0 : StatUtils.mean(values),
                    values.length > 1
                            ? OptionalDouble.of(Math.sqrt(StatUtils.variance(values)))
                            : OptionalDouble.empty(),
                    seeds,
                    searches,
                    interval);
        }

        /** How far the 95 % interval of the mean reaches, to the side where it reaches farther; empty where there is none. */
        public OptionalDouble halfWidth() {
            return interval.stream().mapToDouble(CrossedMean::reach).findFirst();
        }

        /** The two-sided p of the mean being this value; empty where there is no interval. */
        public OptionalDouble p(double expected) {
            return interval.stream().mapToDouble(found -> found.p(expected)).findFirst();
        }

        /**
         * How far from the mean one more run would lie, in 95 of 100 cases at most: what a number from a single run of somebody
         * else is to be compared with; empty where there is no interval.
         */
        public OptionalDouble reachOfOneRun() {
            return interval.stream()
                    .mapToDouble(found -> new TDistribution(null, found.degrees())
                                    .inverseCumulativeProbability((1 + CrossedMean.LEVEL) / 2)
                            * Math.hypot(spread.orElse(0), found.standardError()))
                    .findFirst();
        }
    }

    /** The named numbers of all runs, summarized over seeds for every method and code length. */
    public static final class SeedSummaries {
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

    /**
     * The numbers of all runs, one a row: protocol, method, configuration, search, bits, seed, kind of number, metric and value. The searches of
     * one configuration are numbered; one that stands alone has number 1.
     * {@link #summary} selects and groups its rows.
     */
    private static final class RunTable {
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
                    run.metrics()
                            .forEach((metric, value) -> numbers.add(new RunNumber(run.key(), METRIC, metric, value)));
                    run.seconds()
                            .forEach((phase, value) -> numbers.add(new RunNumber(run.key(), SECONDS, phase, value)));
                }
            }
            return Table.create(
                    StringColumn.create("protocol", numbers.stream().map(number -> protocol)),
                    StringColumn.create(
                            "method",
                            numbers.stream().map(number -> number.key().method())),
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
                            "bits",
                            numbers.stream().mapToInt(number -> number.key().bits())),
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
}
