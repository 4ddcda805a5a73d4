package io.github.linfhash.reports.figures;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.html.charts.ChartAxis;
import io.github.linfhash.html.charts.LineChart;
import io.github.linfhash.html.charts.LineChart.LinePoint;
import io.github.linfhash.html.charts.LineChart.LineSeries;
import io.github.linfhash.reports.figures.ResultFigures.MethodLines;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
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
    public static List<LineChart> of(Evidence evidence) {
        List<LineChart> charts = new ArrayList<>();
        chart(evidence, StandardMetrics.PRECISION_2.quantity()).ifPresent(charts::add);
        chart(evidence, StandardMetrics.RECALL_2.quantity()).ifPresent(charts::add);
        return charts;
    }

    /**
     * Recall of neighbors without and with oversampling, and mAP, over the bytes of a code; none for fewer than two lengths, or
     * where nothing was measured of neighbors.
     */
    static List<LineChart> ofNeighbors(Evidence evidence) {
        List<Quantity> recalls = StandardMetrics.NEIGHBOR_RECALLS;
        if (evidence.results().runs().stream()
                .noneMatch(run -> run.metrics().containsKey(recalls.get(0).key()))) {
            return List.of();
        }
        return Stream.of(recalls.get(0), recalls.get(2), StandardMetrics.MAP.quantity())
                .flatMap(metric -> overBytes(evidence, metric).stream())
                .toList();
    }

    private static Optional<LineChart> overBytes(Evidence evidence, Quantity metric) {
        return chart(
                evidence,
                metric,
                Byte.SIZE,
                metric.key().replace('@', '-').toLowerCase(Locale.ROOT) + "-bytes",
                metric.title(),
                "Means over seeds. Each point lies at the size limit that its code fits in, including per-vector metadata.",
                "maximum bytes per code (logarithmic)");
    }

    private static Optional<LineChart> chart(Evidence evidence, Quantity metric) {
        return chart(
                evidence,
                metric,
                1,
                metric.nameInSentence() + "-code-length",
                metric.words().name() + " within Hamming radius 2",
                "Means over seeds; a query with no code within the radius counts as precision 0.",
                "code length N, bits (logarithmic)");
    }

    private static Optional<LineChart> chart(
            Evidence evidence, Quantity metric, int unit, String id, String title, String note, String axis) {
        Results results = evidence.results();
        List<LineSeries> series = new MethodLines(results)
                .series(results.protocol().configurations(), method -> points(evidence, method, metric, unit));
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
                        LineChart.OF_MEAN,
                        new ChartAxis(axis, ChartAxis.Scale.LOG, lengths),
                        metric.nameInSentence() + metric.kind().axisUnit(),
                        series);
    }

    private static List<LinePoint> points(Evidence evidence, String method, Quantity metric, int unit) {
        List<LinePoint> points = new ArrayList<>();
        for (int bits : evidence.results().protocol().bits().stream().sorted().toList()) {
            CellValues.summary(evidence, method, bits, metric)
                    .ifPresent(summary -> points.add(MethodLines.percent((double) bits / unit, summary)));
        }
        return points;
    }
}
