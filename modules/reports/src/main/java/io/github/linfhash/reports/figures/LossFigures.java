package io.github.linfhash.reports.figures;

import io.github.linfhash.reports.charts.ChartAxis;
import io.github.linfhash.reports.charts.LineChart;
import io.github.linfhash.reports.charts.LinePoint;
import io.github.linfhash.reports.charts.LineSeries;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The training loss over the epochs. Methods minimise different things, so each is shown relative to its first epoch. */
final class LossFigures {
    private static final String CURVE = "loss";

    private LossFigures() {}

    /** The losses at one code length; empty if no method recorded any. */
    static Optional<LineChart> of(Results results, int bits) {
        MethodLines lines = new MethodLines(results);
        List<LineSeries> series = new ArrayList<>();
        for (MethodSummary method : lines.methods()) {
            List<LinePoint> points = points(MethodLines.curves(results, method.entry(), bits, CURVE));
            if (points.size() > 1) {
                series.add(lines.line(method, points));
            }
        }
        int epochs =
                series.stream().mapToInt(line -> line.points().size()).max().orElse(0);
        return series.isEmpty()
                ? Optional.empty()
                : Optional.of(new LineChart(
                        "loss-" + bits,
                        "Training loss, " + bits + " bits",
                        "Relative to the loss of the first epoch, as methods minimise different things; means over seeds.",
                        ChartAxis.over("epoch", 0, epochs),
                        ChartAxis.over(
                                "loss / loss of the first epoch", MethodLines.bottom(series), MethodLines.top(series)),
                        series));
    }

    private static List<LinePoint> points(List<double[]> curves) {
        List<double[]> comparable =
                curves.stream().filter(curve -> curve[0] > 0).toList();
        List<LinePoint> points = new ArrayList<>();
        for (int epoch = 0; epoch < MethodLines.commonLength(comparable); epoch++) {
            int e = epoch;
            points.add(MethodLines.point(
                    epoch + 1.0,
                    comparable.stream()
                            .mapToDouble(curve -> curve[e] / curve[0])
                            .toArray()));
        }
        return points;
    }
}
