package io.github.linfhash.reports.site;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.page.Section;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rankings of one version of a protocol, by the metrics of the protocol.
 *
 * @param board all rankings
 * @param standing the ranking of the page
 * @param name the path of the page, without its ending
 * @param shell the frame of the page
 */
record LeaderboardPage(Leaderboards board, Leaderboard standing, String name, SiteShell shell) {
    String html() {
        List<Html> sections = new ArrayList<>();
        List<Quantity> headline = standing.headline();
        // Results from elsewhere may have none of the metrics that the protocol shows.
        List<Quantity> columns = headline.isEmpty() ? standing.quantities() : headline;
        sections.add(dots(columns));
        standing.bits()
                .forEach(bits -> sections.add(Section.of("bits-" + bits, MeanDots.length(standing.protocol(), bits))
                        .add(RankingTable.html(standing, columns, bits))));
        sections.add(rules());
        return shell.page(name + ".html", PageTitle.of(standing.first()), header(), sections);
    }

    private List<Html> header() {
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
        if (board.isOfOtherRules(standing)) {
            header.add(Warnings.note(
                    "warn",
                    "Not today\u2019s rules.",
                    " The protocol or the evaluator has changed since these numbers were measured. Do not compare them with"
                            + " numbers that today\u2019s rules give."));
        }
        header.add(Warnings.of(standing.first()));
        String csv = name.substring(name.indexOf('/') + 1) + ".csv";
        header.add(Section.p(
                        "All metrics: {}.",
                        Element.of("a", "CSV").with("href", csv).with("download", ""))
                .with("class", "downloads"));
        return header;
    }

    private long seeds() {
        return standing.given().stream()
                .flatMap(one -> one.results().protocol().seeds().stream())
                .distinct()
                .count();
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
                                .filter(place -> place.participant().opened(ranking.bits()))
                                .map(place -> new Mean(place.participant().label(), place.summary(), place.group()))
                                .toList()));
        return first.map(quantity -> MeanDots.section(
                        quantity,
                        byLength,
                        standing.participants().stream()
                                .anyMatch(one -> one.bits().stream().anyMatch(bits -> !one.opened(bits))),
                        false))
                .orElse(Html.fragment(List.of()));
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
}
