package io.github.linfhash.engines.watch;

import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.charts.ChartAxis;
import io.github.linfhash.html.charts.LineChart;
import io.github.linfhash.html.charts.LineChart.LinePoint;
import io.github.linfhash.html.charts.LineChart.LineSeries;
import io.github.linfhash.html.page.ChartFigure;
import io.github.linfhash.html.page.PageShell;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.io.listings.Listing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The looks of a watch as a page: one HTML file that needs nothing else, and no network. */
public final class WatchPage {
    private static final double MILLIS_OF_HOUR = 3_600_000;

    private WatchPage() {}

    /**
     * Returns the page of a watch with at least one look.
     *
     * @param table that is watched
     * @param command that watches it, without paths
     * @param version of the program
     */
    public static String render(String table, WatchState state, String command, String version) {
        List<Seen> seen = state.seen();
        Seen last = seen.get(seen.size() - 1);
        Map<String, List<LinePoint>> lines = new LinkedHashMap<>();
        lines.put("last looks", points(seen, Seen::now));
        lines.put("since the last change", points(seen, Seen::sinceChange));
        lines.put("target", points(seen, look -> new Interval(look.target(), look.target(), look.target(), 0)));
        List<LineSeries> series = LineChart.lines(lines);
        LineChart chart = new LineChart(
                "recall",
                "Recall over time",
                "Last looks: the last 10 to 20. The bands hold at all looks together.",
                LineChart.OF_MEAN,
                ChartAxis.between("hours since " + seen.get(0).time(), 0, Math.max(0.01, hours(seen, last))),
                ChartAxis.percentOf("recall, %", series),
                series);
        Element looks = Section.of("looks", "Looks")
                .add(Section.table(
                        "Looks",
                        "sortable",
                        "The last looks, newest first. Recall is that of the look alone.",
                        listing(seen)));
        return PageShell.render(
                "Recall of " + table,
                List.of(Section.lead(last.line())),
                List.of(
                        Section.of("time", "Recall")
                                .add(Element.of("div").with("class", "plots").add(ChartFigure.html(chart, List.of()))),
                        looks,
                        Section.of("provenance", "Provenance")
                                .add(Section.terms(List.<Html>of(Section.code("Command", command))))),
                true,
                version);
    }

    private static double hours(List<Seen> seen, Seen look) {
        return Math.max(
                0,
                Duration.between(Instant.parse(seen.get(0).time()), Instant.parse(look.time()))
                                .toMillis()
                        / MILLIS_OF_HOUR);
    }

    private static List<LinePoint> points(List<Seen> seen, Function<Seen, Interval> interval) {
        return seen.stream()
                .map(look -> {
                    Interval one = interval.apply(look);
                    return new LinePoint(hours(seen, look), 100 * one.mean(), 100 * one.low(), 100 * one.high());
                })
                .toList();
    }

    private static Listing listing(List<Seen> seen) {
        List<Seen> newest = new ArrayList<>(seen.subList(Math.max(0, seen.size() - 200), seen.size()));
        Collections.reverse(newest);
        return Listing.of(newest)
                .head("time", Seen::time)
                .number("queries", Seen::queries)
                .number("recall, %", look -> percent(look.recall()))
                .number(
                        "now, %",
                        look -> percent(look.now().low()) + " to "
                                + percent(look.now().high()))
                .number("rows, %", look -> percent(look.returned()))
                .number("loss of graph, points", look -> percent(look.loss().graph()))
                .words(
                        "alarms",
                        look -> String.join(
                                ", ",
                                look.alarms().stream()
                                        .map(on -> on.cause().toString())
                                        .distinct()
                                        .toList()));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
