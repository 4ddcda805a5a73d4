package io.github.linfhash.reports.site;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.reports.charts.ChartAxis;
import io.github.linfhash.reports.charts.LineChart;
import io.github.linfhash.reports.charts.LineChart.LinePoint;
import io.github.linfhash.reports.charts.LineChart.LineSeries;
import io.github.linfhash.reports.charts.LineChart.LineStyle;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.reports.page.PageParts;
import io.github.linfhash.reports.site.RankingTable.NumberCell;
import io.github.linfhash.results.board.GivenResults;
import io.github.linfhash.results.board.Leaderboard;
import io.github.linfhash.results.board.Leaderboards;
import io.github.linfhash.results.board.Ranking;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** All versions of the rules of all protocols, and the numbers of methods under each of them side by side. */
final class HistoryOfRules {
    private static final String PATH = "history.html";
    private static final int MOST_LINES = 6;

    private final Leaderboards board;
    private final SiteShell shell;
    private final SiteNames names;

    HistoryOfRules(Leaderboards board, SiteShell shell, SiteNames names) {
        this.board = board;
        this.shell = shell;
        this.names = names;
    }

    /** Of a method at a code length. */
    private record Line(String key, String label, int bits) {}

    String html() {
        Html lead = Element.of(
                        "p",
                        "Rules that move numbers are a new version: other rules of the protocol, other data or features, or another"
                                + " version of the evaluator. Methods are ranked within a version and never across.")
                .with("class", "lead");
        List<Html> sections = new ArrayList<>();
        sections.add(PageParts.section("versions", "Versions").add(versions()));
        int number = 0;
        for (Leaderboards.Entry entry : board.protocols()) {
            if (entry.standings().size() > 1) {
                sections.add(protocol(entry, number++));
            }
        }
        return shell.page(PATH, "History", List.of(lead), sections, number > 0);
    }

    private Html versions() {
        Element body = Element.of("tbody");
        for (Leaderboards.Entry entry : board.protocols()) {
            for (Leaderboard standing : entry.standings()) {
                String commits = standing.given().stream()
                        .map(GivenResults::results)
                        .map(results -> results.environment().commit())
                        .distinct()
                        .collect(Collectors.joining(", "));
                body = body.add(Element.of("tr")
                        .add(
                                Element.of("th")
                                        .with("scope", "row")
                                        .add(SiteShell.link(
                                                PATH,
                                                names.standing(standing) + ".html",
                                                standing.protocol().title())),
                                Element.of("td", entry.isLatest(standing) ? "latest" : "older")
                                        .with("class", "words"),
                                Element.of("td")
                                        .add(Element.of(
                                                "code", standing.version().shortName())),
                                Element.of(
                                        "td",
                                        Integer.toString(standing.version().evaluator())),
                                Element.of("td")
                                        .add(Element.of(
                                                "code",
                                                standing.version().rules().substring(0, 12))),
                                Element.of(
                                        "td",
                                        Integer.toString(standing.participants().size())),
                                Element.of("td", commits).with("class", "words")));
            }
        }
        Element table = Element.of("table")
                .with("class", "ranking")
                .add(PageParts.caption("Every version that there are results of, the latest of a protocol first"))
                .add(Element.of("thead")
                        .add(Element.of("tr")
                                .add(
                                        PageParts.heading("Protocol").with("class", "words"),
                                        PageParts.heading("Version").with("class", "words"),
                                        PageParts.heading("Rules"),
                                        PageParts.heading("Evaluator"),
                                        PageParts.heading("Protocol hash"),
                                        PageParts.heading("Rows"),
                                        PageParts.heading("Measured by commit").with("class", "words"))))
                .add(body);
        return PageParts.scrolling("All versions", table);
    }

    private Html protocol(Leaderboards.Entry entry, int number) {
        Optional<Quantity> quantity = entry.latest().quantities().stream().findFirst();
        String title = entry.latest().protocol().title();
        if (quantity.isEmpty()) {
            return Element.of("p", title + ": nobody has a number under the latest rules.");
        }
        Element head =
                Element.of("tr").add(PageParts.heading("Method").with("class", "words"), PageParts.heading("Bits"));
        for (Leaderboard standing : entry.standings()) {
            head = head.add(PageParts.heading(standing.version().shortName()));
        }
        Element body = Element.of("tbody");
        for (Line line : lines(entry)) {
            Element row = Element.of("tr")
                    .add(
                            Element.of("th", line.label()).with("scope", "row"),
                            Element.of("td", Integer.toString(line.bits())));
            for (Leaderboard standing : entry.standings()) {
                row = row.add(cell(standing, quantity.get(), line));
            }
            body = body.add(row);
        }
        Element table = Element.of("table")
                .with("class", "ranking")
                .add(
                        PageParts.caption(
                                quantity.get().title()
                                        + " under each version of the rules, the latest first: what a column says holds within it alone"))
                .add(Element.of("thead").add(head))
                .add(body);
        Element section = PageParts.section("protocol-" + number, title);
        Optional<LineChart> chart = chart(entry, quantity.get(), "history-" + number);
        if (chart.isPresent()) {
            section = section.add(Element.of("div").with("class", "plots").add(PageParts.chart(chart.get())));
        }
        return section.add(PageParts.scrolling("Versions of " + title, table));
    }

    /** A number over the versions, the oldest first, of the rows that are there most often and reach most. */
    private static Optional<LineChart> chart(Leaderboards.Entry entry, Quantity quantity, String id) {
        List<Leaderboard> oldestFirst = new ArrayList<>(entry.standings());
        Collections.reverse(oldestFirst);
        List<Map.Entry<String, List<LinePoint>>> lines = lines(entry).stream()
                .map(line ->
                        Map.entry(line.label() + ", " + line.bits() + " bits", points(oldestFirst, quantity, line)))
                .filter(line -> line.getValue().size() > 1)
                .sorted(Comparator.comparingDouble(line -> -reach(line.getValue(), quantity)))
                .limit(MOST_LINES)
                .toList();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        List<LineSeries> styled = IntStream.range(0, lines.size())
                .mapToObj(i -> new LineSeries(
                        lines.get(i).getKey(),
                        new LineStyle(i, true),
                        lines.get(i).getValue()))
                .toList();
        DoubleSummaryStatistics ends = styled.stream()
                .flatMap(line -> line.points().stream())
                .flatMapToDouble(point -> DoubleStream.of(point.low(), point.high()))
                .summaryStatistics();
        return Optional.of(new LineChart(
                id,
                quantity.title() + " over the versions",
                "Means over seeds under each version, the oldest first, of the rows that reach most. A step between versions is"
                        + " one of the rules, and says nothing of the method.",
                new ChartAxis(
                        "version",
                        ChartAxis.Scale.LINEAR,
                        IntStream.rangeClosed(1, oldestFirst.size())
                                .mapToObj(Double::valueOf)
                                .toList()),
                ChartAxis.over(quantity.nameInSentence() + quantity.kind().axisUnit(), ends.getMin(), ends.getMax()),
                styled));
    }

    private static double reach(List<LinePoint> points, Quantity quantity) {
        return quantity.direction().gain(points.get(points.size() - 1).y());
    }

    private static List<LinePoint> points(List<Leaderboard> standings, Quantity quantity, Line line) {
        List<LinePoint> points = new ArrayList<>();
        for (int version = 0; version < standings.size(); version++) {
            int place = version + 1;
            place(standings.get(version), quantity, line)
                    .map(Ranking.Place::summary)
                    .ifPresent(summary -> points.add(LeaderboardPage.point(place, summary, quantity)));
        }
        return points;
    }

    private static Optional<Ranking.Place> place(Leaderboard standing, Quantity quantity, Line line) {
        return standing.at(line.bits()).stream()
                .filter(ranking -> ranking.quantity().equals(quantity))
                .flatMap(ranking -> ranking.places().stream())
                .filter(place -> place.participant().key().equals(line.key()))
                .findFirst();
    }

    private static Set<Line> lines(Leaderboards.Entry entry) {
        Set<Line> lines = new LinkedHashSet<>();
        for (Leaderboard standing : entry.standings()) {
            for (int bits : standing.bits()) {
                standing.runAt(bits)
                        .forEach(participant -> lines.add(new Line(participant.key(), participant.label(), bits)));
            }
        }
        return lines;
    }

    private Element cell(Leaderboard standing, Quantity quantity, Line line) {
        return place(standing, quantity, line)
                .map(place -> NumberCell.of(
                        quantity, place, SiteShell.link(PATH, names.runs(place.participant(), line.bits()))))
                .orElseGet(() -> Element.of("td"));
    }
}
