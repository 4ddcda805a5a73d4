package io.github.linfhash.results.tables;

import static tech.tablesaw.aggregate.AggregateFunctions.count;
import static tech.tablesaw.aggregate.AggregateFunctions.sum;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.OutputFormat;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.ProtocolSummary;
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
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The measurements of a comparison in short, one row for each method and code length, for consoles and programs.
 *
 * <p>The text for people is in percent, as the paper publishes; CSV and JSON keep fractions, as results.json does.
 */
public final class SummaryTable {
    private final Evidence evidence;
    private final Results results;

    private SummaryTable(Evidence evidence) {
        this.evidence = evidence;
        this.results = evidence.results();
    }

    /** The table of all runs of the results, without values of single queries. */
    public static SummaryTable of(Results results) {
        return new SummaryTable(Evidence.without(results));
    }

    /** The table of all runs of the results. */
    public static SummaryTable of(Evidence evidence) {
        return new SummaryTable(evidence);
    }

    /** The table in one of the formats. */
    public String render(OutputFormat format) {
        return switch (format) {
            case TABLE -> text();
            case JSON -> json();
            case CSV -> csv();
        };
    }

    /** The table for people: the means in percent, with the half width of their 95% interval where there is more than one seed. */
    public String text() {
        List<Quantity> columns =
                TableLayout.of(List.of(), results.protocol().headline()).columns();
        Listing.OfRows<SummaryRow> table = Listing.of(SummaryRow.allOf(
                        evidence, columns.stream().map(Quantity::key).toList()))
                .head("method", SummaryRow::method)
                .number("bits", SummaryRow::bits)
                .number("runs", SummaryRow::runs);
        columns.forEach(column -> table.number(column.key(), row -> row.cell(column)));
        String synthetic = synthetic()
                ? "SYNTHETIC: the features were generated. These numbers say nothing about the real data set.\n"
                : "";
        return synthetic + table.text() + note(columns);
    }

    private String note(List<Quantity> columns) {
        String spread = results.protocol().seeds().size() > 1 ? " \u00b1 half width of the 95% interval" : "";
        String others = columns.stream()
                .filter(column -> column.kind() != Quantity.Kind.FRACTION)
                .map(column -> "; " + column.key() + " is a " + column.kind().unit())
                .collect(Collectors.joining());
        String failed = results.runs().stream()
                .filter(run -> run.failed())
                .map(run -> "failed: " + run.key() + ": " + run.failure() + "\n")
                .collect(Collectors.joining());
        return "Means in percent" + spread + others + ".\n" + failed;
    }

    /**
     * CSV with a header: method, bits, measured and failed runs, then for every metric its mean and, in a column that
     * ends in {@code .sd}, its sample standard deviation; empty where there is none; at last, whether the
     * features are synthetic.
     */
    public String csv() {
        Listing.OfRows<SummaryRow> table = Listing.of(SummaryRow.allOf(Evidence.without(results), metrics()))
                .head("method", SummaryRow::method)
                .number("bits", SummaryRow::bits)
                .number("measured", SummaryRow::measured)
                .number("failed", SummaryRow::failed);
        for (String metric : metrics()) {
            table.number(
                            metric,
                            row -> row.numbers(metric).map(JsonNumbers::mean).orElse(null))
                    .number(
                            metric + ".sd",
                            row -> row.numbers(metric).map(JsonNumbers::sd).orElse(null));
        }
        return OutputFormat.CSV.render(table.words("synthetic", row -> synthetic()));
    }

    /** A JSON list with an object for each row: method, bits, measured, failed, synthetic, and mean, sd and n of every metric. */
    public String json() {
        return StrictReader.toJsonFile(Listing.of(SummaryRow.allOf(Evidence.without(results), metrics()))
                .head("method", SummaryRow::method)
                .number("bits", SummaryRow::bits)
                .number("measured", SummaryRow::measured)
                .number("failed", SummaryRow::failed)
                .words("synthetic", row -> synthetic())
                .words("metrics", row -> {
                    Map<String, JsonNumbers> numbers = new LinkedHashMap<>();
                    row.summaries().forEach((key, summary) -> numbers.put(key, JsonNumbers.of(summary)));
                    return numbers;
                })
                .objects());
    }

    private record JsonNumbers(double mean, @Nullable Double sd, int n) {
        static JsonNumbers of(Summary summary) {
            return new JsonNumbers(
                    summary.mean(),
                    summary.spread().isPresent() ? summary.spread().getAsDouble() : null,
                    summary.n());
        }
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

    /**
     * The measurements of one method at one code length.
     *
     * @param method the method's name, or {@code METHOD:VARIANT}
     * @param bits the code length N
     * @param measured how many runs did not fail
     * @param failed how many runs did
     * @param summaries the measured metrics by key
     */
    private record SummaryRow(String method, int bits, int measured, int failed, Map<String, Summary> summaries) {
        String runs() {
            int runs = measured + failed;
            return failed == 0 ? Integer.toString(runs) : measured + " of " + runs;
        }

        String cell(Quantity column) {
            Summary summary = summaries.get(column.key());
            return summary == null ? "-" : QuantityText.both(column, summary, " \u00b1");
        }

        Optional<JsonNumbers> numbers(String metric) {
            return Optional.ofNullable(summaries.get(metric)).map(JsonNumbers::of);
        }

        /** The rows of all methods and code lengths that were run, in the order of the results. */
        static List<SummaryRow> allOf(Evidence evidence, List<String> metrics) {
            Table runs = RunTable.of(evidence.results());
            List<SummaryRow> rows = new ArrayList<>();
            RunTable.ofKind(runs, RunTable.FAILED)
                    .summarize("value", count, sum)
                    .by("entry", "bits")
                    .forEach(row -> {
                        String method = row.getString("entry");
                        int bits = row.getInt("bits");
                        int failed = (int) row.getDouble("Sum [value]");
                        Map<String, Summary> summaries = new LinkedHashMap<>();
                        metrics.forEach(key -> CellValues.summary(evidence, method, bits, StandardMetrics.quantity(key))
                                .ifPresent(summary -> summaries.put(key, summary)));
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
     * @param interval the mean's interval; empty for a single seed, where nothing is known of the spread, and where tuning runs fall into
     *     two groups
     * @param groups the mean of each tuning run where these fall into {@linkplain TwoGroups two groups}, else empty
     * @param ranks the two-sided p by ranks of a difference whose tuning runs fall into two groups
     */
    public record Summary(
            double mean,
            OptionalDouble spread,
            int n,
            int searches,
            Optional<CrossedMean> interval,
            List<Double> groups,
            OptionalDouble ranks) {
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
                    interval,
                    List.of(),
                    OptionalDouble.empty());
        }

        Summary withoutInterval() {
            return new Summary(mean, spread, n, searches, Optional.empty(), groups, OptionalDouble.empty());
        }

        Summary ofGroups(List<Double> runs, OptionalDouble p) {
            return new Summary(mean, spread, n, searches, Optional.empty(), runs, p);
        }

        /** How far the 95% interval of the mean reaches, to the side where it reaches farther; empty where there is none. */
        public OptionalDouble halfWidth() {
            return interval.stream().mapToDouble(CrossedMean::reach).findFirst();
        }

        /** The two-sided p of the mean being this value, by ranks where tuning runs fall into two groups; empty where there is neither. */
        public OptionalDouble p(double expected) {
            if (expected == 0 && ranks.isPresent()) {
                return ranks;
            }
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
        /** The method, code length and name that a summary belongs to. */
        private record Key(String method, int bits, String name) {}

        private final Map<Key, Summary> summaries;

        private SeedSummaries(Map<Key, Summary> summaries) {
            this.summaries = summaries;
        }

        /** Summaries of the metrics of the runs that did not fail. */
        public static SeedSummaries ofMetrics(Results results) {
            return of(RunTable.of(results), RunTable.METRIC, results.protocol());
        }

        /** Summaries of the wall-clock times, in seconds, of the runs that did not fail. */
        public static SeedSummaries ofSeconds(Results results) {
            return of(RunTable.of(results), RunTable.SECONDS, null);
        }

        /** Summaries of one kind of numbers in a {@link RunTable}; null where they are no means over queries. */
        static SeedSummaries of(Table runs, String kind, @Nullable ProtocolSummary protocol) {
            Map<Key, Map<Integer, Map<Long, Double>>> values = new LinkedHashMap<>();
            RunTable.ofKind(runs, kind)
                    .forEach(row -> values.computeIfAbsent(key(row), unused -> new TreeMap<>())
                            .computeIfAbsent(row.getInt("search"), unused -> new TreeMap<>())
                            .put(row.getLong("seed"), row.getDouble("value")));
            Map<Key, Summary> summaries = new LinkedHashMap<>();
            values.forEach((key, cells) -> summaries.put(
                    key,
                    CellValues.ofMetric(cells, StandardMetrics.quantity(key.name()), protocol)
                            .summary()));
            return new SeedSummaries(Collections.unmodifiableMap(summaries));
        }

        /** The summary of one number; empty if no run has it. */
        public Optional<Summary> find(String method, int bits, String name) {
            return Optional.ofNullable(summaries.get(new Key(method, bits, name)));
        }

        private static Key key(Row row) {
            return new Key(row.getString("entry"), row.getInt("bits"), row.getString("metric"));
        }
    }

    /**
     * The numbers of all runs, one a row: configuration, search, bits, seed, kind of number, metric and value. The searches of one
     * configuration are numbered; one that stands alone has number 1.
     */
    private static final class RunTable {
        /** The kind of a metric. */
        static final String METRIC = "metric";

        /** The kind of a wall-clock time in seconds, whose metric is the phase. */
        static final String SECONDS = "seconds";

        /** The kind of the row that every run has: 1 if it failed and so has no other row, else 0. */
        static final String FAILED = "failed";

        private final Table table = Table.create(
                StringColumn.create("entry"),
                IntColumn.create("search"),
                IntColumn.create("bits"),
                LongColumn.create("seed"),
                StringColumn.create("kind"),
                StringColumn.create("metric"),
                DoubleColumn.create("value"));

        static Table of(Results results) {
            RunTable runs = new RunTable();
            Map<String, Configuration> methods = results.protocol().methods().stream()
                    .collect(Collectors.toMap(Configuration::entry, Function.identity()));
            for (RunResult run : results.runs()) {
                Configuration method =
                        Objects.requireNonNull(methods.get(run.key().entry()));
                runs.add(run, method, FAILED, Map.of(FAILED, run.failed() ? 1.0 : 0.0));
                if (!run.failed()) {
                    runs.add(run, method, METRIC, run.metrics());
                    runs.add(run, method, SECONDS, run.seconds());
                }
            }
            return runs.table;
        }

        private void add(RunResult run, Configuration method, String kind, Map<String, Double> numbers) {
            int search = method.replicates() == null
                    ? 1
                    : CellValues.search(run.key().variant());
            numbers.forEach((metric, value) -> {
                Row row = table.appendRow();
                row.setString("entry", method.configuration());
                row.setInt("search", search);
                row.setInt("bits", run.key().bits());
                row.setLong("seed", run.key().seed());
                row.setString("kind", kind);
                row.setString("metric", metric);
                row.setDouble("value", value);
            });
        }

        /** The rows of one kind of numbers. */
        static Table ofKind(Table runs, String kind) {
            return runs.where(runs.stringColumn("kind").isEqualTo(kind));
        }
    }
}
