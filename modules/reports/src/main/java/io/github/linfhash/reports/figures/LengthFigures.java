package io.github.linfhash.reports.figures;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.reports.charts.ChartAxis;
import io.github.linfhash.reports.charts.LineChart;
import io.github.linfhash.reports.charts.LineChart.LinePoint;
import io.github.linfhash.reports.charts.LineChart.LineSeries;
import io.github.linfhash.reports.figures.ResultFigures.MethodLines;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.QueryValues;
import io.github.linfhash.results.tables.CellValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Figure 6 of the paper: precision and recall within Hamming radius 2 over the code length. */
public final class LengthFigures {
    private LengthFigures() {}

    /** Both charts; none if fewer than two code lengths were measured. */
    public static List<LineChart> of(Results results) {
        List<LineChart> charts = new ArrayList<>();
        chart(results, StandardMetrics.PRECISION_2.quantity()).ifPresent(charts::add);
        chart(results, StandardMetrics.RECALL_2.quantity()).ifPresent(charts::add);
        return charts;
    }

    /**
     * Recall of neighbors without and with oversampling, and mAP, over the bytes of a code; none for fewer than two lengths, or
     * where nothing was measured of neighbors.
     */
    static List<LineChart> ofNeighbors(Results results) {
        List<Quantity> recalls = StandardMetrics.NEIGHBOR_RECALLS;
        if (results.runs().stream()
                .noneMatch(run -> run.metrics().containsKey(recalls.get(0).key()))) {
            return List.of();
        }
        return Stream.of(recalls.get(0), recalls.get(2), StandardMetrics.MAP.quantity())
                .flatMap(metric -> overBytes(results, metric).stream())
                .toList();
    }

    private static Optional<LineChart> overBytes(Results results, Quantity metric) {
        return chart(
                results,
                metric,
                Byte.SIZE,
                metric.key().replace('@', '-').toLowerCase(Locale.ROOT) + "-bytes",
                metric.title(),
                "Means over seeds. Each point lies at the size limit that its code fits in, including per-vector metadata.",
                "maximum bytes per code (logarithmic)");
    }

    private static Optional<LineChart> chart(Results results, Quantity metric) {
        return chart(
                results,
                metric,
                1,
                metric.nameInSentence() + "-code-length",
                metric.words().name() + " within Hamming radius 2",
                "Means over seeds; a query with no code within the radius counts as precision 0.",
                "code length N, bits (logarithmic)");
    }

    private static Optional<LineChart> chart(
            Results results, Quantity metric, int unit, String id, String title, String note, String axis) {
        List<LineSeries> series = new MethodLines(results)
                .series(results.protocol().configurations(), method -> points(results, method, metric.key(), unit));
        List<Double> lengths = LineChart.numbers(series, LinePoint::x)
                .distinct()
                .sorted()
                .boxed()
                .toList();
        return lengths.size() < 2
                ? Optional.empty()
                : MethodLines.chart(
                        id,
                        title,
                        note,
                        new ChartAxis(axis, ChartAxis.Scale.LOG, lengths),
                        metric.nameInSentence() + metric.kind().axisUnit(),
                        series);
    }

    private static List<LinePoint> points(Results results, String method, String metric, int unit) {
        List<LinePoint> points = new ArrayList<>();
        for (int bits : results.protocol().bits().stream().sorted().toList()) {
            CellValues values = CellValues.ofMetric(
                    results.runs(method, bits),
                    metric,
                    results.protocol().sizes().queries(),
                    QueryValues.NONE);
            if (!values.isEmpty()) {
                points.add(MethodLines.percent((double) bits / unit, values.summary()));
            }
        }
        return points;
    }
}
