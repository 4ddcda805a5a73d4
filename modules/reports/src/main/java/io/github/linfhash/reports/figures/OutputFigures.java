package io.github.linfhash.reports.figures;

import io.github.linfhash.core.evaluation.OutputCurves;
import io.github.linfhash.reports.charts.ChartAxis;
import io.github.linfhash.reports.charts.LineChart;
import io.github.linfhash.reports.charts.LineChart.LinePoint;
import io.github.linfhash.reports.charts.LineChart.LineSeries;
import io.github.linfhash.reports.figures.ResultFigures.MethodLines;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How far the outputs of encoders are from their codes, over all queries: figure 5 of the paper shows one of them. */
public final class OutputFigures {
    /** The figure's name in links. */
    public static final String ID = "outputs";

    private static final List<Double> SHARES = List.of(0.0, 20.0, 40.0, 60.0, 80.0, 100.0);

    private OutputFigures() {}

    /** The errors at one code length; empty if no method has real outputs. */
    static Optional<LineChart> of(Results results, int bits) {
        MethodLines lines = new MethodLines(results);
        List<LineSeries> series = new ArrayList<>();
        for (MethodSummary method : lines.methods()) {
            List<double[]> curves = MethodLines.curves(results, method.entry(), bits, OutputCurves.QUANTIZATION);
            List<LinePoint> points = new ArrayList<>();
            int length = MethodLines.commonLength(curves);
            for (int i = 0; i < length && length > 1; i++) {
                int at = i;
                points.add(MethodLines.percent(
                        100.0 * i / (length - 1),
                        curves.stream().mapToDouble(curve -> curve[at]).toArray()));
            }
            if (!points.isEmpty()) {
                series.add(lines.line(method, points));
            }
        }
        return series.isEmpty()
                ? Optional.empty()
                : Optional.of(new LineChart(
                        "quantization-" + bits,
                        "Quantization error of the queries, " + bits + " bits",
                        "Relative error of an output vector x whose signs are taken, ||x - mean|x| sign(x)||\u00b2 / ||x||\u00b2:"
                                + " the given share of the queries has at most this error. 0: all entries have one magnitude;"
                                + " 36 %: normally distributed entries. Means over seeds.",
                        new ChartAxis("share of queries, %", ChartAxis.Scale.LINEAR, SHARES),
                        ChartAxis.over("quantization error, %", 0, MethodLines.top(series)),
                        series));
    }
}
