package io.github.linfhash.tasks.site;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.charts.ChartAxis;
import io.github.linfhash.html.charts.LineChart;
import io.github.linfhash.html.charts.LineChart.LinePoint;
import io.github.linfhash.html.charts.LineChart.LineSeries;
import io.github.linfhash.html.charts.LineChart.LineStyle;
import io.github.linfhash.html.page.ChartFigure;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.reports.page.Banner;
import io.github.linfhash.reports.page.PageParts.Count;
import io.github.linfhash.reports.page.PageParts.PageTitle;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.tables.Leads;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import io.github.linfhash.tasks.ranking.Leaderboard;
import io.github.linfhash.tasks.ranking.Leaderboards;
import io.github.linfhash.tasks.ranking.RankedConfiguration;
import io.github.linfhash.tasks.ranking.SubmittedResults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rankings of one version of a protocol: the numbers that it shows, and on a second page all others. */
final class LeaderboardPage {
    private static final int MOST_NAMES = 6;
    private static final int MOST_LINES = 8;

    /** How many times as long a code length is at least as the one whose label stands before its own. */
    private static final double ROOM = 1.3;

    private final SiteShell shell;
    private final SiteNames names;
    private final Leaderboards.Entry entry;
    private final Leaderboard standing;
    private final String name;

    LeaderboardPage(SiteShell shell, SiteNames names, Leaderboards.Entry entry, Leaderboard standing) {
        this.shell = shell;
        this.names = names;
        this.entry = entry;
        this.standing = standing;
        this.name = names.standing(standing);
    }

    /** The page of the numbers that the protocol shows. */
    String main() {
        String path = name + ".html";
        List<Html> sections = new ArrayList<>();
        sections.add(leaders());
        List<Quantity> columns = columns();
        chart(columns.get(0)).ifPresent(sections::add);
        standing.bits().forEach(bits -> sections.add(ranking(columns, bits)));
        sections.add(rules());
        sections.add(history(path));
        return shell.page(path, title(""), header(path, true), sections, true);
    }

    /** The second page, from the root of the site. */
    String othersPath() {
        return "metrics/" + name.substring(name.indexOf('/') + 1) + ".html";
    }

    /** The page of all other numbers. */
    String others() {
        String path = othersPath();
        List<Quantity> shown = columns();
        List<Quantity> columns = standing.quantities().stream()
                .filter(quantity -> !shown.contains(quantity))
                .toList();
        List<Html> sections = new ArrayList<>();
        if (columns.isEmpty()) {
            sections.add(Element.of("p", "There are no other metrics."));
        } else {
            standing.bits().forEach(bits -> sections.add(ranking(columns, bits)));
        }
        return shell.page(path, title(", all other metrics"), header(path, false), sections, false);
    }

    /** The numbers of the first page: those that the protocol shows, or all where nobody has one of these. */
    private List<Quantity> columns() {
        List<Quantity> headline = standing.headline();
        return headline.isEmpty() ? standing.quantities() : headline;
    }

    private String title(String more) {
        return PageTitle.of(standing.first()) + more;
    }

    private List<Html> header(String path, boolean main) {
        List<Html> header = new ArrayList<>();
        ProtocolSummary protocol = standing.protocol();
        header.add(Section.lead(
                "Protocol {}, rules {}, on {}: "
                        + Count.of(standing.participants().size(), "configuration") + ", "
                        + Count.of(protocol.sizes().queries(), "query").replace("querys", "queries")
                        + " and a database of " + Count.of(protocol.sizes().database(), "vector") + " for each of "
                        + Count.of(seeds(), "seed")
                        + ".",
                Element.of("code", protocol.name()),
                Element.of("code", standing.version().shortName()),
                Html.text(protocol.dataset().title())));
        if (!entry.isLatest(standing)) {
            header.add(Banner.note("warn", "Older rules.", " Do not compare these numbers with those of the ")
                    .add(names.link(path, entry.latest(), "latest rules"))
                    .add("."));
        } else if (entry.isOfOtherRules(standing)) {
            header.add(Banner.note(
                    "warn",
                    "Not today\u2019s rules.",
                    " The protocol or the evaluator has changed since these numbers were measured. Do not compare them with"
                            + " numbers that today\u2019s rules give."));
        }
        header.add(Banner.warnings(standing.first()));
        header.add(main ? downloads(path) : back(path));
        header.add(contents());
        return header;
    }

    private long seeds() {
        return standing.given().stream()
                .flatMap(one -> one.results().protocol().seeds().stream())
                .distinct()
                .count();
    }

    private Html back(String path) {
        return Section.p(
                "{}. Only metrics that rank methods have groups.", names.link(path, standing, "The main metrics"));
    }

    private Html downloads(String path) {
        String file = name.substring(name.indexOf('/') + 1) + ".";
        Element links = Section.p(
                "Download: {}, {}, {}, {}. {}.",
                download(file + "csv", "CSV"),
                download(file + "json", "JSON"),
                download(file + "tex", "LaTeX"),
                download(file + "bib", "BibTeX"),
                SiteShell.link(path, othersPath(), "All other metrics"));
        return links.with("class", "downloads");
    }

    private static Element download(String file, String kind) {
        return Element.of("a", kind).with("href", file).with("download", "");
    }

    private Html contents() {
        List<Element> links = standing.bits().stream()
                .map(bits -> Element.of("a", bits + " bits").with("href", "#bits-" + bits))
                .toList();
        return links.size() < 2
                ? Html.fragment(List.of())
                : Section.p("Code lengths: {" + "}, {".repeat(links.size() - 1) + "}.", links.toArray(new Html[0]))
                        .with("class", "downloads");
    }

    /** The first groups, for each number that ranks. */
    private Html leaders() {
        Element section = Section.of("leaders", "Who leads")
                .add(Element.of(
                        "p",
                        "The table shows the first group for each metric and code length. It starts with the configuration that has the best"
                                + " mean. In order of their means, the next configurations join it until one is significantly worse than"
                                + " a member of the group. Each configuration is tested against all with a lower mean, over searches, seeds"
                                + " and queries, with Holm\u2019s correction. Configurations with fewer than "
                                + Leads.FEWEST_SEEDS
                                + " seeds have no group."));
        List<Quantity> ranked = columns().stream().filter(Quantity::ranked).toList();
        if (ranked.isEmpty()) {
            return section.add(Element.of("p", "None of these metrics ranks methods."));
        }
        section = section.add(leaders(ranked.subList(0, 1)));
        return ranked.size() == 1
                ? section
                : section.add(Section.folded("The other metrics", leaders(ranked.subList(1, ranked.size()))));
    }

    private Html leaders(List<Quantity> quantities) {
        return Section.table(
                "Who leads in " + quantities.get(0).title(),
                "leaders",
                "",
                Listing.of(quantities.stream()
                                .flatMap(quantity -> standing.rankings().stream()
                                        .filter(ranking -> ranking.quantity().equals(quantity)))
                                .toList())
                        .head("Metric", ranking -> ranking.quantity().title())
                        .number(
                                "Bits",
                                ranking -> Element.of("a", Integer.toString(ranking.bits()))
                                        .with("href", "#bits-" + ranking.bits()))
                        .words("First group, best mean first", ranking -> {
                            String names = ranking.leaders(MOST_NAMES);
                            return names.isEmpty() ? "too few seeds" : names;
                        }));
    }

    private Html ranking(List<Quantity> columns, int bits) {
        String bytes = bits % 8 == 0 ? " (" + Count.of(bits / 8, "byte") + ")" : "";
        return Section.of("bits-" + bits, bits + " bits" + bytes).add(RankingTable.html(standing, columns, bits));
    }

    /** The first number over the code length, of those that are best somewhere. */
    private Optional<Html> chart(Quantity quantity) {
        List<Integer> lengths = standing.bits();
        if (lengths.size() < 2) {
            return Optional.empty();
        }
        Comparator<RankedConfiguration> byBest =
                Comparator.comparingDouble(participant -> -best(participant, quantity));
        List<RankedConfiguration> shown = standing.participants().stream()
                .filter(participant -> line(participant, quantity).size() > 1)
                .sorted(byBest)
                .limit(MOST_LINES)
                .toList();
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        List<LineSeries> lines = new ArrayList<>();
        for (RankedConfiguration participant : shown) {
            lines.add(new LineSeries(
                    participant.label(), new LineStyle(lines.size(), false), line(participant, quantity)));
        }
        LineChart chart = new LineChart(
                "over-length",
                quantity.title() + " by code length",
                "Means over seeds of the " + shown.size() + " configurations with the best values at any code length.",
                LineChart.OF_MEAN,
                new ChartAxis("code length, bits (logarithmic)", ChartAxis.Scale.LOG, ticks(lengths)),
                ChartAxis.around(quantity.nameInSentence() + quantity.kind().axisUnit(), lines),
                lines);
        return Optional.of(Section.of("chart", "By code length")
                .add(Element.of("div").with("class", "plots").add(ChartFigure.html(chart, List.of()))));
    }

    /** The lengths that have room for their label beside the one before; the first and the last have. */
    private static List<Double> ticks(List<Integer> lengths) {
        double last = lengths.get(lengths.size() - 1);
        List<Double> ticks = new ArrayList<>(List.of((double) lengths.get(0)));
        for (double length : lengths) {
            boolean room = length >= ROOM * ticks.get(ticks.size() - 1);
            if (room && (length == last || last >= ROOM * length)) {
                ticks.add(length);
            }
        }
        if (ticks.get(ticks.size() - 1) < last) {
            ticks.add(last);
        }
        return ticks;
    }

    private double best(RankedConfiguration participant, Quantity quantity) {
        return participant.bits().stream()
                .map(bits -> participant.metric(quantity.key(), bits))
                .filter(values -> !values.isEmpty())
                .mapToDouble(
                        values -> quantity.direction().gain(values.summary().mean()))
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    private List<LinePoint> line(RankedConfiguration participant, Quantity quantity) {
        List<LinePoint> points = new ArrayList<>();
        for (int bits : participant.bits()) {
            if (!participant.metric(quantity.key(), bits).isEmpty()) {
                points.add(point(bits, participant.metric(quantity.key(), bits).summary(), quantity));
            }
        }
        return points;
    }

    /** A mean over seeds with its interval, as charts show it. */
    private static LinePoint point(double x, Summary summary, Quantity quantity) {
        double factor = quantity.kind().factor();
        double half = factor * summary.halfWidth().orElse(0);
        double mean = factor * summary.mean();
        return new LinePoint(x, mean, mean - half, mean + half);
    }

    private Html rules() {
        ProtocolSummary protocol = standing.protocol();
        List<Html> terms = new ArrayList<>(List.of(
                Section.code("Protocol", protocol.name()),
                Section.code("Rules", protocol.hash()),
                Section.term("Evaluator", "version " + standing.version().evaluator()),
                Section.term(
                        "Features",
                        protocol.features().name() + ", dimension "
                                + protocol.features().dimension()),
                Section.term(
                        "Labeled training vectors",
                        Integer.toString(protocol.sizes().training()))));
        protocol.conventions().forEach((key, value) -> terms.add(Section.code("Convention: " + key, value)));
        terms.add(Section.term(
                "Results",
                Section.list(
                        "",
                        standing.given().stream().map(LeaderboardPage::results).toList())));
        return Section.of("rules", "Rules and results").add(Section.terms(terms));
    }

    /** The folder of results, the commit that measured them, and where submitted codes are from. */
    private static Html results(SubmittedResults one) {
        Element commit = Element.of("code", one.results().environment().commit());
        Html measured = Html.words("{}, commit {}", Html.text(one.label()), commit);
        return one.about()
                .<Html>map(card -> {
                    String notes = one.results().protocol().methods().stream()
                            .map(Configuration::note)
                            .filter(Objects::nonNull)
                            .distinct()
                            .map(note -> " " + note)
                            .collect(Collectors.joining());
                    // The address was checked where it was read.
                    Element code = Element.of("a", "their code")
                            .with("href", card.code())
                            .with("rel", "nofollow noopener");
                    return Html.words(
                            "{}; codes by {}, made with {}.{}",
                            measured,
                            Html.text(String.join(", ", card.authors())),
                            code,
                            Html.text(notes));
                })
                .orElse(measured);
    }

    private Html history(String path) {
        Element section = Section.of("history", "History");
        if (entry.standings().size() == 1) {
            return section.add(Element.of("p", "There is one version of these rules."));
        }
        List<Html> versions = new ArrayList<>();
        for (Leaderboard other : entry.standings()) {
            String text = "rules " + other.version().shortName() + (entry.isLatest(other) ? " (latest)" : "");
            versions.add(
                    other.version().equals(standing.version())
                            ? Html.text(text + ", this page")
                            : names.link(path, other, text));
        }
        return section.add(
                Section.p("Versions of these rules, newest first. Do not compare numbers of different versions."),
                Section.list("", versions));
    }
}
