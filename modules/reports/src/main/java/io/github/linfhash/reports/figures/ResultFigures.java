package io.github.linfhash.reports.figures;

import io.github.linfhash.core.evaluation.CandidateCurves;
import io.github.linfhash.core.evaluation.OutputCurves;
import io.github.linfhash.core.evaluation.RadiusCurves;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.html.charts.ChartAxis;
import io.github.linfhash.html.charts.ChartColors;
import io.github.linfhash.html.charts.Figure;
import io.github.linfhash.html.charts.LineChart;
import io.github.linfhash.html.charts.LineChart.LinePoint;
import io.github.linfhash.html.charts.LineChart.LineSeries;
import io.github.linfhash.html.charts.LineChart.LineStyle;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All figures of a comparison. */
public final class ResultFigures {
    /** Of fewer code lengths, a line over the length says less than the table. */
    private static final int FEWEST_LENGTHS = 3;

    /** A line of training is at least this part of the width of its chart. */
    private static final int NARROWEST = 4;

    /** The values of single queries are stored of metrics, not of curves. */
    private static final String OVER_SEEDS = "the mean over seeds, without the variation over queries";

    /** The name in links of the figure of outputs and codes. */
    public static final String OUTPUTS = "outputs";

    private ResultFigures() {}

    /** The figures that the results have numbers for, in the order in which they are shown. */
    public static List<Figure> of(Evidence evidence) {
        Results results = evidence.results();
        MethodLines lines = new MethodLines(results);
        RadiusFigures radius = new RadiusFigures(lines);
        List<Integer> lengths = results.protocol().bits().stream().sorted().toList();
        List<Figure> figures = new ArrayList<>();
        add(figures, "bytes", "Retrieval quality by code size", LengthFigures.ofNeighbors(evidence).stream());
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
            add(figures, "code-length", "Precision and recall by code length", LengthFigures.of(evidence).stream());
        }
        add(
                figures,
                OUTPUTS,
                "Outputs and codes of the encoders",
                lengths.stream().flatMap(bits -> outputs(lines, bits).stream()));
        add(figures, "loss", "Training", lengths.stream().flatMap(bits -> losses(lines, bits)));
        return figures;
    }

    private static void add(List<Figure> figures, String id, String title, Stream<LineChart> charts) {
        List<LineChart> list = charts.toList();
        if (!list.isEmpty()) {
            figures.add(new Figure(id, title, list));
        }
    }

    /**
     * The training loss over the epochs at one code length, in several charts where some methods train for many more epochs. Methods minimize
     * different things, so each is relative to its first epoch.
     */
    private static Stream<LineChart> losses(MethodLines lines, int bits) {
        List<LineSeries> left = lines.series(lines.methods(), method -> {
            List<double[]> comparable = lines.curves(method, bits, "loss").stream()
                    .filter(curve -> curve[0] > 0)
                    .toList();
            int epochs = MethodLines.commonLength(comparable);
            return IntStream.range(0, epochs > 1 ? epochs : 0)
                    .mapToObj(epoch -> MethodLines.point(
                            epoch + 1.0,
                            Summary.of(comparable.stream()
                                    .mapToDouble(curve -> curve[epoch] / curve[0])
                                    .toArray())))
                    .toList();
        });
        List<LineChart> charts = new ArrayList<>();
        while (!left.isEmpty()) {
            int epochs =
                    left.stream().mapToInt(line -> line.points().size()).max().orElse(0);
            Predicate<LineSeries> wide = line -> line.points().size() * NARROWEST >= epochs;
            boolean first = charts.isEmpty();
            MethodLines.chart(
                            "loss-" + bits + (first ? "" : "-to-" + epochs),
                            "Training loss, " + bits + " bits" + (first ? "" : ", up to " + epochs + " epochs"),
                            "Relative to the loss of the first epoch, because methods minimize different losses; means over"
                                    + " seeds.",
                            OVER_SEEDS,
                            ChartAxis.over("epoch", 0, epochs),
                            "loss / loss of the first epoch",
                            left.stream().filter(wide).toList())
                    .ifPresent(charts::add);
            left = left.stream().filter(wide.negate()).toList();
        }
        return charts.stream();
    }

    /** How far the outputs of encoders are from their codes, over all queries: figure 5 of the paper shows one of them. */
    private static Optional<LineChart> outputs(MethodLines lines, int bits) {
        List<LineSeries> series = lines.series(lines.methods(), method -> {
            List<double[]> curves = lines.curves(method, bits, OutputCurves.QUANTIZATION);
            int length = MethodLines.commonLength(curves);
            return MethodLines.percents(curves, length > 1 ? length : 0, at -> 100.0 * at / (length - 1));
        });
        return MethodLines.chart(
                "quantization-" + bits,
                "Quantization error of the queries, " + bits + " bits",
                "Relative error of replacing an output vector x by its signs, ||x - mean|x| sign(x)||\u00b2 / ||x||\u00b2."
                        + " The given share of the queries has at most this error. 0: all entries have the same magnitude;"
                        + " 36%: normally distributed entries. Means over seeds.",
                OVER_SEEDS,
                ChartAxis.percent("share of queries, %"),
                "quantization error, %",
                series);
    }

    /** Precision and recall of Hamming balls of every radius. */
    private record RadiusFigures(MethodLines lines) {
        private static final String MEANS =
                "Means over queries and seeds; a query with no code within the radius counts as precision 0.";

        /** Precision over recall, with a point for each radius. */
        Optional<LineChart> precisionRecall(int bits) {
            List<LineSeries> series = lines.series(lines.methods(), method -> {
                List<double[]> precision = lines.curves(method, bits, RadiusCurves.PRECISION);
                List<double[]> recall = lines.curves(method, bits, RadiusCurves.RECALL);
                return IntStream.range(0, MethodLines.commonLength(precision))
                        .mapToObj(radius -> LinePoint.of(
                                MethodLines.percent(0, recall, radius).y(),
                                MethodLines.percent(0, precision, radius).y()))
                        .toList();
            });
            return MethodLines.chart(
                    "precision-recall-" + bits,
                    "Precision-recall curve, " + bits + " bits",
                    MEANS + " One point for each Hamming radius from 0 to " + bits + ".",
                    OVER_SEEDS,
                    ChartAxis.percent("recall, %"),
                    "precision, %",
                    series);
        }

        /** Precision or recall over the radius. */
        Optional<LineChart> byRadius(String name, int bits) {
            String what = name.substring(RadiusCurves.PREFIX.length());
            return MethodLines.chart(
                    what + "-radius-" + bits,
                    capital(what) + " by Hamming radius, " + bits + " bits",
                    MEANS,
                    OVER_SEEDS,
                    radii(bits),
                    what + ", %",
                    series(name, bits, radius -> radius));
        }

        /** Precision or recall over the number of codes that a search looks at. */
        Optional<LineChart> byCandidates(String name, int bits) {
            String what = name.substring(CandidateCurves.PREFIX.length());
            List<LineSeries> series = series(name, bits, CandidateCurves.COUNTS::get);
            double most = LineChart.numbers(series, LinePoint::x).max().orElse(1);
            List<Double> ticks = CandidateCurves.COUNTS.stream()
                    .map(Integer::doubleValue)
                    .filter(count -> count <= most)
                    .filter(count -> count == most || Math.log10(count) == Math.rint(Math.log10(count)))
                    .toList();
            return ticks.size() < 2
                    ? Optional.empty()
                    : MethodLines.chart(
                            what + "-candidates-" + bits,
                            capital(what) + " by number of candidates, " + bits + " bits",
                            "Means over queries and seeds, averaged over all orders of tied distances.",
                            OVER_SEEDS,
                            new ChartAxis("candidates (logarithmic)", ChartAxis.Scale.LOG, ticks),
                            what + ", %",
                            series);
        }

        private List<LineSeries> series(String name, int bits, IntToDoubleFunction x) {
            return lines.series(lines.methods(), method -> {
                List<double[]> curves = lines.curves(method, bits, name);
                return MethodLines.percents(curves, MethodLines.commonLength(curves), x);
            });
        }

        private static String capital(String word) {
            return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
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

    /** The lines of the methods of a comparison: each has its looks in all figures, and bands come from its seeds. */
    static final class MethodLines {
        /** The method that the comparison is about, drawn thicker than the others. */
        private static final String PROPOSED = "deep-linf";

        private static final String CLASSIFIER = "class-codes";

        private static final double LARGEST_PERCENT = 100;

        private final Results results;
        private final List<Configuration> methods;

        MethodLines(Results results) {
            this.results = results;
            this.methods = results.protocol().methods();
        }

        List<Configuration> methods() {
            return methods;
        }

        /** The lines of the methods that have points. */
        List<LineSeries> series(List<Configuration> shown, Function<String, List<LinePoint>> points) {
            List<LineSeries> series = new ArrayList<>();
            for (Configuration method : shown) {
                List<LinePoint> line = points.apply(method.entry());
                if (!line.isEmpty()) {
                    series.add(new LineSeries(
                            method.label(),
                            new LineStyle(
                                    place(method), family(method), method.name().equals(PROPOSED)),
                            line));
                }
            }
            return series;
        }

        /**
         * Lines of a family have one color. With few methods, each is a family with its configurations; with more, families are the proposed
         * kind of encoder, classifiers, other supervised methods, and methods without labels.
         */
        private int family(Configuration method) {
            List<String> names =
                    methods.stream().map(Configuration::name).distinct().toList();
            if (names.size() <= ChartColors.COUNT) {
                return names.indexOf(method.name());
            }
            if (method.options().containsKey("training.pairs")) {
                return 0;
            }
            if (method.name().equals(CLASSIFIER)) {
                return 1;
            }
            return switch (method.supervision()) {
                case SUPERVISED -> 2;
                case UNSUPERVISED -> 3;
                case DATA_INDEPENDENT -> 4;
                case EXTERNAL -> 5;
            };
        }

        /** The number of a row, or of a configuration that is several searches, which looks like the first of these. */
        private int place(Configuration method) {
            int place = 0;
            while (!methods.get(place).equals(method)
                    && !methods.get(place).configuration().equals(method.entry())) {
                place++;
            }
            return place;
        }

        /** The chart of some lines; none where there are none. */
        static Optional<LineChart> chart(
                String id,
                String title,
                String note,
                String bands,
                ChartAxis x,
                String height,
                List<LineSeries> series) {
            return series.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new LineChart(id, title, note, bands, x, ChartAxis.around(height, series), series));
        }

        /** The curves of a name that runs of a method have at one code length. */
        List<double[]> curves(String method, int bits, String name) {
            return results.runs(method, bits).stream()
                    .flatMap(run -> Stream.ofNullable(run.curves().get(name)))
                    .filter(curve -> curve.length > 0)
                    .toList();
        }

        /** The length that all curves have. */
        static int commonLength(List<double[]> curves) {
            return curves.stream().mapToInt(curve -> curve.length).min().orElse(0);
        }

        /** A point at a mean, with its 95% interval where it is known. */
        static LinePoint point(double x, Summary summary) {
            return new LinePoint(
                    x,
                    summary.mean(),
                    summary.interval().map(CrossedMean::low).orElse(summary.mean()),
                    summary.interval().map(CrossedMean::high).orElse(summary.mean()));
        }

        /** Points at the first means of curves of fractions. */
        static List<LinePoint> percents(List<double[]> curves, int count, IntToDoubleFunction x) {
            return IntStream.range(0, count)
                    .mapToObj(k -> percent(x.applyAsDouble(k), curves, k))
                    .toList();
        }

        static LinePoint percent(double x, List<double[]> curves, int at) {
            return percent(
                    x,
                    Summary.of(curves.stream().mapToDouble(curve -> curve[at]).toArray()));
        }

        /** A point at the mean of a fraction, in percent; the interval ends at 0 and 100. */
        static LinePoint percent(double x, Summary summary) {
            LinePoint point = point(x, summary);
            return new LinePoint(
                    x,
                    Math.min(LARGEST_PERCENT, 100 * point.y()),
                    Math.max(0, 100 * point.low()),
                    Math.min(LARGEST_PERCENT, 100 * point.high()));
        }
    }
}
