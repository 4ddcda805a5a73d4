package io.github.linfhash.reports.figures;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.reports.charts.LinePoint;
import io.github.linfhash.reports.charts.LineSeries;
import io.github.linfhash.reports.charts.LineStyle;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The lines of the methods of a comparison: each has its looks in all figures, and bands come from its seeds. */
final class MethodLines {
    /** The method that the comparison is about, drawn thicker than the others. */
    private static final String PROPOSED = "deep-linf";

    private static final double LARGEST_PERCENT = 100;
    private final List<MethodSummary> methods;

    MethodLines(Results results) {
        this.methods = results.protocol().methods();
    }

    List<MethodSummary> methods() {
        return methods;
    }

    /** The line of a row, or of a configuration that is several searches, which looks like that of the first. */
    LineSeries line(MethodSummary method, List<LinePoint> points) {
        int place = 0;
        while (!methods.get(place).equals(method)
                && !methods.get(place).configuration().equals(method.entry())) {
            place++;
        }
        return new LineSeries(method.label(), new LineStyle(place, method.name().equals(PROPOSED)), points);
    }

    /** The runs of a method at one code length that have a curve. */
    static List<double[]> curves(Results results, String method, int bits, String name) {
        List<double[]> curves = new ArrayList<>();
        for (RunResult run : results.runs(method, bits)) {
            double[] curve = run.curves().get(name);
            if (curve != null && curve.length > 0) {
                curves.add(curve);
            }
        }
        return curves;
    }

    /** The length that all curves have. */
    static int commonLength(List<double[]> curves) {
        return curves.stream().mapToInt(curve -> curve.length).min().orElse(0);
    }

    /** A point at the mean of some values, with the 95 % interval of the mean where there are several. */
    static LinePoint point(double x, double... values) {
        return point(x, Summary.of(values));
    }

    private static LinePoint point(double x, Summary summary) {
        OptionalDouble half = summary.halfWidth();
        double reach = half.orElse(0);
        return new LinePoint(x, summary.mean(), summary.mean() - reach, summary.mean() + reach);
    }

    /** A point of a fraction, in percent; the interval ends at 0 and 100. */
    static LinePoint percent(double x, double... fractions) {
        return percent(x, Summary.of(fractions));
    }

    /** The same of a summary. */
    static LinePoint percent(double x, Summary summary) {
        LinePoint point = point(x, summary);
        return new LinePoint(
                x,
                Math.min(LARGEST_PERCENT, 100 * point.y()),
                Math.max(0, 100 * point.low()),
                Math.min(LARGEST_PERCENT, 100 * point.high()));
    }

    /** The largest height of lines, their bands included. */
    static double top(List<LineSeries> lines) {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(LinePoint::high)
                .max()
                .orElse(0);
    }

    /** The smallest height of lines, their bands included. */
    static double bottom(List<LineSeries> lines) {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(LinePoint::low)
                .min()
                .orElse(0);
    }
}
