package io.github.linfhash.reports.history;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.reports.charts.ChartAxis;
import io.github.linfhash.reports.charts.LineChart;
import io.github.linfhash.reports.charts.LinePoint;
import io.github.linfhash.reports.charts.LineSeries;
import io.github.linfhash.reports.charts.LineStyle;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.SameRules;
import io.github.linfhash.results.tables.SeedSummaries;
import io.github.linfhash.results.tables.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A metric of one method at one code length in several results, in the order in which they were given.
 *
 * @param metric the metric's key
 * @param method the method's name
 * @param bits the code length N
 * @param entries one for each results.json
 */
public record MetricHistory(String metric, String method, int bits, List<HistoryEntry> entries) {
    public MetricHistory {
        entries = List.copyOf(entries);
    }

    /**
     * The history of a metric.
     *
     * @param files at least two results by their label, in order
     * @throws InputException if there are fewer than two, the hash of protocol, data or features differs, or none has the
     *     metric
     */
    public static MetricHistory of(Map<String, Results> files, String metric, String method, int bits) {
        if (files.size() < 2) {
            throw new InputException("A history: expected at least two results.json, found " + files.size());
        }
        Results first = files.values().iterator().next();
        List<HistoryEntry> entries = new ArrayList<>();
        files.forEach((label, results) -> {
            SameRules.require(first, results);
            entries.add(new HistoryEntry(
                    label,
                    results.environment(),
                    SeedSummaries.ofMetrics(results).find(method, bits, metric)));
        });
        if (entries.stream().allMatch(entry -> entry.summary().isEmpty())) {
            throw new InputException("A history: expected runs of " + method + " at " + bits + " bits with the metric "
                    + metric + ", found none in " + entries.size() + " files");
        }
        return new MetricHistory(metric, method, bits, entries);
    }

    /** The metric over the files, numbered from 1; files without it leave a gap in the numbers. */
    public LineChart chart() {
        List<LinePoint> points = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            int place = i + 1;
            entries.get(i).summary().ifPresent(summary -> points.add(point(place, summary)));
        }
        List<Double> places = IntStream.rangeClosed(1, entries.size())
                .mapToObj(Double::valueOf)
                .toList();
        double top = points.stream().mapToDouble(LinePoint::high).max().orElseThrow();
        double bottom = points.stream().mapToDouble(LinePoint::low).min().orElseThrow();
        return new LineChart(
                "history",
                metric + " of " + method + ", " + bits + " bits",
                "Means over seeds. The numbers are those of the table.",
                new ChartAxis("results", ChartAxis.Scale.LINEAR, places),
                ChartAxis.over(metric + kind().axisUnit(), bottom, top),
                List.of(new LineSeries(method, new LineStyle(0, true), points)));
    }

    private LinePoint point(int place, Summary summary) {
        double factor = kind().factor();
        double half = summary.halfWidth().orElse(0);
        return new LinePoint(
                place, factor * summary.mean(), factor * (summary.mean() - half), factor * (summary.mean() + half));
    }

    /** What the metric's numbers are. */
    public Quantity.Kind kind() {
        return StandardMetrics.quantity(metric).kind();
    }

    /** Number, file, commit, version, processor, mean, half width of the 95 % interval, seeds. */
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (HistoryEntry entry : entries) {
            rows.add(List.of(
                    Integer.toString(rows.size() + 1),
                    entry.label(),
                    entry.environment().commit(),
                    entry.environment().version(),
                    entry.environment().cpu(),
                    entry.summary().map(summary -> number(summary.mean())).orElse("not run"),
                    entry.summary()
                            .flatMap(summary ->
                                    summary.halfWidth().stream().boxed().findFirst())
                            .map(this::number)
                            .orElse(""),
                    entry.summary()
                            .map(summary -> Integer.toString(summary.n()))
                            .orElse("")));
        }
        return rows;
    }

    private String number(double value) {
        return String.format(Locale.ROOT, "%.4g", kind().factor() * value);
    }
}
