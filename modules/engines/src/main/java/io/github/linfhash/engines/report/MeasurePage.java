package io.github.linfhash.engines.report;

import io.github.linfhash.engines.measure.Filtered;
import io.github.linfhash.engines.measure.IndexType;
import io.github.linfhash.engines.measure.Measurement;
import io.github.linfhash.engines.measure.Measurement.Answer;
import io.github.linfhash.engines.measure.Measurement.Measured;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.charts.ChartAxis;
import io.github.linfhash.html.charts.LineChart;
import io.github.linfhash.html.charts.LineChart.LinePoint;
import io.github.linfhash.html.page.ChartFigure;
import io.github.linfhash.html.page.PageShell;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.io.program.ProgramVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A measurement as a page: one HTML file that needs nothing else, and no network. */
public final class MeasurePage {
    private static final String RECALL = "recall, %";
    private static final double MEGA = 1e6;

    private MeasurePage() {}

    /**
     * Where a measurement comes from.
     *
     * @param command that gives it again
     * @param date when, as year, month and day
     * @param program the version and commit
     */
    public record Provenance(String command, String date, ProgramVersion program) {
        private Html terms(Measurement measurement) {
            return Section.terms(List.of(
                    Section.code("Command", command),
                    Section.term("Date", date),
                    Section.term("Duration", MeasureListing.format("%.0f s", measurement.seconds())),
                    Section.term("Program", "linfhash " + program.version() + ", commit " + program.commit())));
        }
    }

    /**
     * The page as a text in HTML.
     *
     * @param price of a gigabyte of memory; null for none
     */
    public static String render(Measurement measurement, @Nullable Double price, Provenance provenance) {
        return PageShell.render(
                "Indexes for these vectors",
                List.of(Section.lead((measurement.complete()
                                ? ""
                                : "This measurement is not complete; the list below the settings says why. ")
                        + MeasureListing.caption(measurement))),
                List.of(
                        answers(measurement, price),
                        curves(measurement),
                        filters(measurement),
                        settings(measurement),
                        Section.of("provenance", "Provenance").add(provenance.terms(measurement))),
                true,
                provenance.program().version());
    }

    private static Html answers(Measurement measurement, @Nullable Double price) {
        Element section = Section.of("answer", "Answer")
                .add(Section.table(
                        "Answer",
                        "",
                        "The smallest index that reaches the target, of equally large ones the one with the smallest p95.",
                        MeasureListing.answers(measurement)));
        for (String sentence : MeasureListing.sentences(measurement, price)) {
            section = section.add(Element.of("p", sentence));
        }
        for (Answer answer : measurement.answers()) {
            section = section.add(
                    Element.of("p", MeasureListing.heading(measurement, answer)),
                    Element.of("pre")
                            .with("tabindex", "0")
                            .add(Element.of(
                                    "code",
                                    answer.snippet().create() + answer.snippet().search())));
        }
        return section;
    }

    private static Html curves(Measurement measurement) {
        Map<String, List<LinePoint>> latency = new LinkedHashMap<>();
        Map<String, List<LinePoint>> bytes = new LinkedHashMap<>();
        for (IndexType type : measurement.types()) {
            List<LinePoint> points = measurement.frontier(type).stream()
                    .map(one -> point(one, measured -> measured.latency().p50()))
                    .toList();
            if (!points.isEmpty()) {
                latency.put(type.toString(), points);
                if (!type.exact()) {
                    bytes.put(type.toString(), byBytes(measurement, type));
                }
            }
        }
        Element plots = Element.of("div")
                .with("class", "plots")
                .add(ChartFigure.html(
                        chart(
                                "recall-latency",
                                "Recall by latency",
                                "Each line shows the settings of a type that no other one of it beats in both.",
                                "median latency of one client, ms",
                                latency),
                        List.of()));
        if (!bytes.isEmpty()) {
            plots = plots.add(ChartFigure.html(
                    chart(
                            "recall-bytes",
                            "Recall by size of the index",
                            "The highest recall of each build of all rows.",
                            "index, MB",
                            bytes),
                    List.of()));
        }
        return Section.of("curves", "Recall by latency and by size").add(plots);
    }

    private static Html filters(Measurement measurement) {
        if (measurement.filters().all().isEmpty()) {
            return Html.text("");
        }
        Map<String, List<LinePoint>> lines = new LinkedHashMap<>();
        measurement.filters().all().stream()
                .sorted(Comparator.comparingDouble(Filtered::selectivity))
                .forEach(one -> lines.computeIfAbsent(one.name(), key -> new ArrayList<>())
                        .add(new LinePoint(
                                100 * one.selectivity(),
                                100 * one.recall().mean(),
                                100 * one.recall().low(),
                                100 * one.recall().high())));
        return Section.of("filters", "Filters")
                .add(
                        Element.of("div")
                                .with("class", "plots")
                                .add(ChartFigure.html(
                                        chart(
                                                "recall-selectivity",
                                                "Recall by selectivity of a filter",
                                                "Recall of the neighbors among the rows that match.",
                                                "rows that match, %",
                                                lines),
                                        List.of())),
                        Element.of(
                                "p",
                                MeasureListing.verdict(measurement) + " " + MeasureListing.filterNote(measurement)),
                        Element.of("pre")
                                .with("tabindex", "0")
                                .add(Element.of("code", measurement.filters().exactScan())),
                        Section.table(
                                "Filters",
                                "sortable",
                                "rows, of: rows that a search returned, and those it could return. Worst group: the lowest mean of a"
                                        + " group with at least 5 queries. Worst tenth: the mean of the tenth of queries with the lowest recall.",
                                MeasureListing.filters(measurement)));
    }

    private static List<LinePoint> byBytes(Measurement measurement, IndexType type) {
        Map<Long, Measured> best = new TreeMap<>();
        measurement.points().stream()
                .filter(one -> one.type().equals(type))
                .forEach(one -> best.merge(
                        one.indexBytes(),
                        one,
                        (a, b) -> a.recall().mean() >= b.recall().mean() ? a : b));
        return best.values().stream()
                .map(one -> point(one, measured -> measured.indexBytes() / MEGA))
                .toList();
    }

    private static LinePoint point(Measured one, ToDoubleFunction<Measured> x) {
        return new LinePoint(
                x.applyAsDouble(one),
                100 * one.recall().mean(),
                100 * one.recall().low(),
                100 * one.recall().high());
    }

    private static LineChart chart(
            String id, String title, String note, String axis, Map<String, List<LinePoint>> lines) {
        return new LineChart(
                id,
                title,
                note,
                LineChart.OF_MEAN,
                logarithmic(axis, lines),
                ChartAxis.percentOf(RECALL, LineChart.lines(lines)),
                LineChart.lines(lines));
    }

    /** A logarithmic axis around all points, with ticks at 1, 2 and 5 times powers of ten. */
    static ChartAxis logarithmic(String title, Map<String, List<LinePoint>> lines) {
        List<LinePoint> points = lines.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingDouble(LinePoint::x))
                .toList();
        double least = points.get(0).x();
        double most = points.get(points.size() - 1).x();
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(least)) - 1; ; power++) {
            for (int factor : new int[] {1, 2, 5}) {
                double tick = power < 0 ? factor / Math.pow(10, -power) : factor * Math.pow(10, power);
                if (tick <= least) {
                    ticks.clear();
                }
                ticks.add(tick);
                if (tick >= most && ticks.size() > 1) {
                    return new ChartAxis(title, ChartAxis.Scale.LOG, ticks);
                }
            }
        }
    }

    private static Html settings(Measurement measurement) {
        Element section = Section.of("settings", "All settings")
                .add(Section.table(
                        "All settings",
                        "sortable",
                        MeasureListing.legend(measurement),
                        MeasureListing.settings(measurement, true)));
        return measurement.leftOut().isEmpty()
                ? section
                : section.add(Section.list(
                        "", measurement.leftOut().stream().map(Html::text).toList()));
    }
}
