package io.github.linfhash.reports.figures;

import io.github.linfhash.core.evaluation.CandidateCurves;
import io.github.linfhash.core.evaluation.RadiusCurves;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.reports.charts.ChartAxis;
import io.github.linfhash.reports.charts.LineChart;
import io.github.linfhash.reports.charts.LineChart.LinePoint;
import io.github.linfhash.reports.charts.LineChart.LineSeries;
import io.github.linfhash.reports.charts.LineChart.LineStyle;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All figures of a comparison. */
public final class ResultFigures {
    /** Of fewer code lengths, a line over the length says less than the table. */
    private static final int FEWEST_LENGTHS = 3;

    private ResultFigures() {}

    /** The figures that the results have numbers for, in the order in which they are shown. */
    public static List<Figure> of(Results results) {
        RadiusFigures radius = new RadiusFigures(results);
        List<Integer> lengths = results.protocol().bits().stream().sorted().toList();
        List<Figure> figures = new ArrayList<>();
        add(figures, "bytes", "What codes keep, by their bytes", LengthFigures.ofNeighbors(results).stream());
        add(
                figures,
                "precision-recall",
                "Precision and recall",
                lengths.stream().flatMap(bits -> radius.precisionRecall(bits).stream()));
        add(
                figures,
                "by-radius",
                "Precision and recall by Hamming radius",
                lengths.stream()
                        .flatMap(bits -> Stream.of(RadiusCurves.PRECISION, RadiusCurves.RECALL)
                                .flatMap(name -> radius.byRadius(name, bits).stream())));
        add(
                figures,
                "by-candidates",
                "Precision and recall by number of candidates",
                lengths.stream()
                        .flatMap(bits -> Stream.of(CandidateCurves.PRECISION, CandidateCurves.RECALL)
                                .flatMap(name -> radius.byCandidates(name, bits).stream())));
        if (lengths.size() >= FEWEST_LENGTHS) {
            add(figures, "code-length", "Precision and recall by code length", LengthFigures.of(results).stream());
        }
        add(
                figures,
                OutputFigures.ID,
                "Outputs and codes of the encoders",
                lengths.stream().flatMap(bits -> OutputFigures.of(results, bits).stream()));
        add(figures, "loss", "Training", lengths.stream().flatMap(bits -> LossFigures.of(results, bits).stream()));
        return figures;
    }

    private static void add(List<Figure> figures, String id, String title, Stream<LineChart> charts) {
        List<LineChart> list = charts.toList();
        if (!list.isEmpty()) {
            figures.add(new Figure(id, title, list));
        }
    }

    /** The training loss over the epochs. Methods minimize different things, so each is shown relative to its first epoch. */
    private static final class LossFigures {
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
                            "Relative to the loss of the first epoch, as methods minimize different things; means over seeds.",
                            ChartAxis.over("epoch", 0, epochs),
                            ChartAxis.over(
                                    "loss / loss of the first epoch",
                                    MethodLines.bottom(series),
                                    MethodLines.top(series)),
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

    /** Precision and recall of Hamming balls of every radius. */
    private static final class RadiusFigures {
        private static final List<Double> PERCENT = List.of(0.0, 20.0, 40.0, 60.0, 80.0, 100.0);
        private static final String MEANS =
                "Means over queries and seeds; a query whose ball is empty counts as precision 0.";
        private final Results results;
        private final MethodLines lines;

        RadiusFigures(Results results) {
            this.results = results;
            this.lines = new MethodLines(results);
        }

        /** Precision over recall, with a point for each radius. */
        Optional<LineChart> precisionRecall(int bits) {
            List<LineSeries> series = new ArrayList<>();
            for (MethodSummary method : lines.methods()) {
                List<double[]> precision = curves(method, bits, RadiusCurves.PRECISION);
                List<double[]> recall = curves(method, bits, RadiusCurves.RECALL);
                List<LinePoint> points = IntStream.range(0, MethodLines.commonLength(precision))
                        .mapToObj(radius -> LinePoint.of(
                                MethodLines.percent(0, at(recall, radius)).y(),
                                MethodLines.percent(0, at(precision, radius)).y()))
                        .toList();
                if (!points.isEmpty()) {
                    series.add(lines.line(method, points));
                }
            }
            return chart(
                    "precision-recall-" + bits,
                    "Precision over recall, " + bits + " bits",
                    MEANS + " One point for each Hamming radius from 0 to " + bits + ".",
                    new ChartAxis("recall, %", ChartAxis.Scale.LINEAR, PERCENT),
                    "precision, %",
                    series);
        }

        /** Precision or recall over the radius. */
        Optional<LineChart> byRadius(String name, int bits) {
            String what = name.substring(RadiusCurves.PREFIX.length());
            return chart(
                    what + "-radius-" + bits,
                    capital(what) + " by Hamming radius, " + bits + " bits",
                    MEANS,
                    radii(bits),
                    what + ", %",
                    series(name, bits, radius -> radius));
        }

        /** Precision or recall over the number of codes that a search looks at. */
        Optional<LineChart> byCandidates(String name, int bits) {
            String what = name.substring(CandidateCurves.PREFIX.length());
            List<LineSeries> series = series(name, bits, CandidateCurves.COUNTS::get);
            double most = series.stream()
                    .flatMap(line -> line.points().stream())
                    .mapToDouble(LinePoint::x)
                    .max()
                    .orElse(1);
            List<Double> ticks = CandidateCurves.COUNTS.stream()
                    .map(Integer::doubleValue)
                    .filter(count -> count <= most)
                    .filter(count -> count == most || Math.log10(count) == Math.rint(Math.log10(count)))
                    .toList();
            return ticks.size() < 2
                    ? Optional.empty()
                    : chart(
                            what + "-candidates-" + bits,
                            capital(what) + " of the first codes, " + bits + " bits",
                            "Means over queries and seeds, in expectation over all orders of equal distances.",
                            new ChartAxis("candidates (logarithmic)", ChartAxis.Scale.LOG, ticks),
                            what + ", %",
                            series);
        }

        private List<LineSeries> series(String name, int bits, IntToDoubleFunction x) {
            List<LineSeries> series = new ArrayList<>();
            for (MethodSummary method : lines.methods()) {
                List<double[]> curves = curves(method, bits, name);
                List<LinePoint> points = IntStream.range(0, MethodLines.commonLength(curves))
                        .mapToObj(k -> MethodLines.percent(x.applyAsDouble(k), at(curves, k)))
                        .toList();
                if (!points.isEmpty()) {
                    series.add(lines.line(method, points));
                }
            }
            return series;
        }

        private static String capital(String word) {
            return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
        }

        private static Optional<LineChart> chart(
                String id, String title, String note, ChartAxis x, String height, List<LineSeries> series) {
            return series.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new LineChart(
                            id, title, note, x, ChartAxis.over(height, 0, MethodLines.top(series)), series));
        }

        private List<double[]> curves(MethodSummary method, int bits, String name) {
            return MethodLines.curves(results, method.entry(), bits, name);
        }

        private static double[] at(List<double[]> curves, int radius) {
            return curves.stream().mapToDouble(curve -> curve[radius]).toArray();
        }

        private static ChartAxis radii(int bits) {
            String title = "Hamming radius";
            return bits % 8 == 0
                    ? new ChartAxis(
                            title,
                            ChartAxis.Scale.LINEAR,
                            IntStream.rangeClosed(0, 8)
                                    .mapToObj(k -> k * bits / 8.0)
                                    .toList())
                    : ChartAxis.over(title, 0, bits);
        }
    }

    /**
     * Charts that belong together.
     *
     * @param id its name in links
     * @param title what it shows
     * @param charts its charts; at least one
     */
    public record Figure(String id, String title, List<LineChart> charts) {
        public Figure {
            charts = List.copyOf(charts);
        }
    }

    /** The lines of the methods of a comparison: each has its looks in all figures, and bands come from its seeds. */
    static final class MethodLines {
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
            return new LineSeries(
                    method.label(), new LineStyle(place, method.name().equals(PROPOSED)), points);
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
}
