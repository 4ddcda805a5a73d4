package io.github.linfhash.reports.site;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.reports.charts.ChartAxis;
import io.github.linfhash.reports.charts.LineChart;
import io.github.linfhash.reports.charts.LineChart.LinePoint;
import io.github.linfhash.reports.charts.LineChart.LineSeries;
import io.github.linfhash.reports.charts.LineChart.LineStyle;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.reports.page.ChartFigure;
import io.github.linfhash.reports.page.Section;
import io.github.linfhash.reports.site.RankingTable.NumberCell;
import io.github.linfhash.results.board.Leaderboard;
import io.github.linfhash.results.board.Leaderboards;
import io.github.linfhash.results.board.Ranking;
import io.github.linfhash.results.listings.Listing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
        Html lead = Section.lead(
                "Any change that affects the numbers creates a new version of the rules: a change of the protocol, the data, the"
                        + " features or the evaluator. Methods are ranked only within a version.");
        List<Html> sections = new ArrayList<>();
        sections.add(Section.of("versions", "Versions").add(versions()));
        int number = 0;
        for (Leaderboards.Entry entry : board.protocols()) {
            if (entry.standings().size() > 1) {
                sections.add(protocol(entry, number++));
            }
        }
        return shell.page(PATH, "History", List.of(lead), sections, number > 0);
    }

    private Html versions() {
        Listing table = Listing.of(board.standings())
                .head(
                        "Protocol",
                        standing ->
                                names.link(PATH, standing, standing.protocol().title()))
                .words("Version", standing -> board.isLatest(standing) ? "latest" : "older")
                .number(
                        "Rules",
                        standing -> Element.of("code", standing.version().shortName()))
                .number("Evaluator", standing -> standing.version().evaluator())
                .number(
                        "Protocol hash",
                        standing ->
                                Element.of("code", standing.version().rules().substring(0, 12)))
                .number("Configurations", standing -> standing.participants().size())
                .words(
                        "Commit",
                        standing -> standing.given().stream()
                                .map(one -> one.results().environment().commit())
                                .distinct()
                                .collect(Collectors.joining(", ")));
        return Section.table(
                "All versions", "ranking", "All versions with results, the latest of each protocol first", table);
    }

    private Html protocol(Leaderboards.Entry entry, int number) {
        Optional<Quantity> quantity = entry.latest().quantities().stream().findFirst();
        String title = entry.latest().protocol().title();
        if (quantity.isEmpty()) {
            return Element.of("p", title + ": no results under the latest rules.");
        }
        Listing.OfRows<Line> table = Listing.of(List.copyOf(lines(entry)))
                .head("Method", Line::label)
                .number("Bits", Line::bits);
        for (Leaderboard standing : entry.standings()) {
            table.number(
                    standing.version().shortName(),
                    line -> place(standing, quantity.get(), line)
                            .map(place -> NumberCell.of(
                                    quantity.get(),
                                    place,
                                    SiteShell.link(PATH, names.runs(place.participant(), line.bits()))))
                            .orElse(null));
        }
        Element section = Section.of("protocol-" + number, title);
        Optional<LineChart> chart = chart(entry, quantity.get(), "history-" + number);
        if (chart.isPresent()) {
            section =
                    section.add(Element.of("div").with("class", "plots").add(ChartFigure.html(chart.get(), List.of())));
        }
        return section.add(Section.table(
                "Versions of " + title,
                "ranking",
                quantity.get().title()
                        + " under each version of the rules, the latest first. Compare numbers only within a column.",
                table));
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
        return Optional.of(new LineChart(
                id,
                quantity.title() + " by version of the rules",
                "Means over seeds under each version, the oldest first, of the configurations with the best values. A step between"
                        + " versions is an effect of the rules, not of the method.",
                new ChartAxis(
                        "version",
                        ChartAxis.Scale.LINEAR,
                        IntStream.rangeClosed(1, oldestFirst.size())
                                .mapToObj(Double::valueOf)
                                .toList()),
                ChartAxis.around(quantity.nameInSentence() + quantity.kind().axisUnit(), styled),
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
}
