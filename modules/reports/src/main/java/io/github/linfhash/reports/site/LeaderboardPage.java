package io.github.linfhash.reports.site;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.reports.page.MeanDots;
import io.github.linfhash.reports.page.MeanDots.Mean;
import io.github.linfhash.reports.page.PageParts.Count;
import io.github.linfhash.reports.page.PageParts.PageTitle;
import io.github.linfhash.reports.page.Warnings;
import io.github.linfhash.reports.ranking.Leaderboard;
import io.github.linfhash.reports.ranking.Leaderboards;
import io.github.linfhash.reports.ranking.SubmittedResults;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.tables.Leads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rankings of one version of a protocol: the numbers that it shows, and on a second page all others. */
final class LeaderboardPage {
    private static final int MOST_NAMES = 6;

    private final SiteShell shell;
    private final SiteNames names;
    private final Leaderboards.Entry entry;
    private final Leaderboard standing;
    private final String name;
    private final String citation;

    /** @param citation of the benchmark, in BibTeX */
    LeaderboardPage(SiteShell shell, SiteNames names, Leaderboards.Entry entry, Leaderboard standing, String citation) {
        this.shell = shell;
        this.names = names;
        this.entry = entry;
        this.standing = standing;
        this.name = names.standing(standing);
        this.citation = citation;
    }

    /** The page of the numbers that the protocol shows. */
    String main() {
        String path = name + ".html";
        List<Html> sections = new ArrayList<>();
        List<Quantity> columns = columns();
        sections.add(dots(columns));
        sections.add(leaders());
        standing.bits().forEach(bits -> sections.add(ranking(columns, bits)));
        sections.add(enter());
        sections.add(rules());
        sections.add(cite());
        sections.add(history(path));
        return shell.page(path, title(""), header(path, true), sections);
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
        return shell.page(path, title(", all other metrics"), header(path, false), sections);
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
            header.add(Warnings.note("warn", "Older rules.", " Do not compare these numbers with those of the ")
                    .add(names.link(path, entry.latest(), "latest rules"))
                    .add("."));
        } else if (entry.isOfOtherRules(standing)) {
            header.add(Warnings.note(
                    "warn",
                    "Not today\u2019s rules.",
                    " The protocol or the evaluator has changed since these numbers were measured. Do not compare them with"
                            + " numbers that today\u2019s rules give."));
        }
        header.add(Warnings.of(standing.first()));
        header.add(main ? downloads(path) : back(path));
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

    /** All methods by the first metric that ranks. */
    private Html dots(List<Quantity> columns) {
        Optional<Quantity> first = columns.stream().filter(Quantity::ranked).findFirst();
        Map<String, List<Mean>> byLength = new LinkedHashMap<>();
        standing.rankings().stream()
                .filter(ranking -> first.isPresent() && ranking.quantity().equals(first.get()))
                .forEach(ranking -> byLength.put(
                        MeanDots.length(standing.protocol(), ranking.bits()),
                        ranking.places().stream()
                                .map(place -> new Mean(
                                        place.participant().source() + " "
                                                + place.participant().method().name(),
                                        place.participant().label(),
                                        place.summary(),
                                        place.group()))
                                .toList()));
        return first.map(quantity -> MeanDots.section(quantity, byLength, false))
                .orElse(Html.fragment(List.of()));
    }

    /** The commands that measure a method of one's own by this protocol. */
    private Html enter() {
        String protocol = standing.protocol().name();
        return Section.of("enter", "Enter your method")
                .add(
                        Section.p(
                                "Write your program in any language. linfhash provides the features and measures your codes like"
                                        + " those of the methods above. {} describes the files.",
                                Element.of("a", "Enter your own method")
                                        .with("href", SiteShell.DOCS + "entering.html")),
                        Element.of("pre")
                                .with("tabindex", "0")
                                .add(
                                        Element.of(
                                                "code",
                                                "./linfhash task create --protocol " + protocol
                                                        + " --out task\n"
                                                        + "python3 task/example.py my-submission\n"
                                                        + "./linfhash task score my-submission --task task --out my-results\n")),
                        Section.p(
                                "To see your method in this ranking, write it anew with {}.",
                                Element.of(
                                        "code",
                                        "./linfhash results rank --protocol " + protocol
                                                + " --results reports/results my-results --out site")));
    }

    private Html cite() {
        return Section.of("cite", "Cite")
                .add(
                        Element.of("pre").with("tabindex", "0").add(Element.of("code", citation)),
                        Section.p(
                                "Name the protocol {} and the rules {}, and cite each method by its own publication: the BibTeX file"
                                        + " above contains all of them.",
                                Element.of("code", standing.protocol().name()),
                                Element.of("code", standing.version().shortName())));
    }

    /** The first groups, for each number that ranks. */
    private Html leaders() {
        List<Quantity> ranked = columns().stream().filter(Quantity::ranked).toList();
        List<Html> parts = new ArrayList<>();
        if (ranked.isEmpty()) {
            parts.add(Element.of("p", "None of these metrics ranks methods."));
        } else {
            parts.add(leaders(ranked));
        }
        parts.add(Element.of(
                "p",
                "The table shows the first group for each metric and code length. Going down the ranking, each configuration"
                        + " joins the group unless a member is significantly better. Tests are over tuning runs, seeds and queries,"
                        + " with Holm\u2019s correction. Configurations with fewer than "
                        + Leads.FEWEST_SEEDS
                        + " seeds have no group."));
        return Section.folding("leaders", "Who leads in each metric", false, parts);
    }

    private Html leaders(List<Quantity> quantities) {
        return Section.table(
                "Who leads in each metric",
                "leaders",
                "",
                Listing.of(quantities.stream()
                                .flatMap(quantity -> standing.rankings().stream()
                                        .filter(ranking -> ranking.quantity().equals(quantity)))
                                .toList())
                        .head("Metric", ranking -> ranking.quantity().title())
                        .number(
                                "Codes",
                                ranking -> Element.of("a", MeanDots.length(standing.protocol(), ranking.bits()))
                                        .with("href", "#bits-" + ranking.bits()))
                        .words("First group, best mean first", ranking -> {
                            String names = ranking.leaders(MOST_NAMES);
                            return names.isEmpty() ? "too few seeds" : names;
                        }));
    }

    private Html ranking(List<Quantity> columns, int bits) {
        return Section.of("bits-" + bits, MeanDots.length(standing.protocol(), bits))
                .add(RankingTable.html(standing, columns, bits));
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
