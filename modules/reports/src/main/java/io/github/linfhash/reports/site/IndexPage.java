package io.github.linfhash.reports.site;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.reports.page.MeanDots;
import io.github.linfhash.reports.page.PageParts.Count;
import io.github.linfhash.reports.page.PageParts.PageTitle;
import io.github.linfhash.reports.ranking.Leaderboard;
import io.github.linfhash.reports.ranking.Leaderboards;
import io.github.linfhash.reports.ranking.Ranking;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The first page: the protocols, and who leads in each. */
final class IndexPage {
    private static final String PATH = "index.html";
    private static final int MOST_NAMES = 3;

    private final Site site;
    private final SiteShell shell;
    private final SiteNames names;

    IndexPage(Site site, SiteShell shell, SiteNames names) {
        this.site = site;
        this.shell = shell;
        this.names = names;
    }

    String html() {
        Leaderboards board = site.board();
        long methods = board.standings().stream()
                .flatMap(standing -> standing.participants().stream())
                .map(participant -> List.of(
                        participant.given().source(participant.method()),
                        participant.method().name()))
                .distinct()
                .count();
        Html lead = Section.lead(
                "Compact codes for search, measured under fixed rules: " + Count.of(methods, "method") + ", "
                        + Count.of(board.protocols().size(), "protocol")
                        + ". All methods get the same features, splits and evaluation. Means have 95% intervals, and a method is"
                        + " never in the same group as one that is significantly better. See {} and {}.",
                SiteShell.link(PATH, "what-is-measured.html", "what is measured"),
                SiteShell.link(PATH, "limits.html", "what the numbers do not show"));
        List<Html> sections = new ArrayList<>();
        table("hashing", "Learning to hash", false).ifPresent(sections::add);
        table("embeddings", "Quantizing embeddings", true).ifPresent(sections::add);
        Element cite = Section.of("cite", "Cite")
                .add(Element.of("pre").with("tabindex", "0").add(Element.of("code", site.citation())))
                .add(Section.p(
                        "Cite a ranking by its protocol and rules, which its page states, and each method by its own"
                                + " publication. The BibTeX files contain both. Do not compare numbers of two versions of the"
                                + " rules, which the page of a protocol lists."));
        sections.add(cite);
        return shell.page(PATH, "Rankings of compact codes", List.of(lead), sections);
    }

    /** The rankings of hashing methods, or of codes that are judged by the neighbors that they find. */
    private Optional<Element> table(String id, String title, boolean ofNeighbors) {
        List<Leaderboard> standings = site.board().protocols().stream()
                .map(Leaderboards.Entry::latest)
                .filter(standing -> MeanDots.ofNeighbors(standing.protocol()) == ofNeighbors)
                .toList();
        return standings.isEmpty()
                ? Optional.empty()
                : Optional.of(Section.of(id, title).add(table(title, ofNeighbors, standings)));
    }

    private Element table(String title, boolean ofNeighbors, List<Leaderboard> standings) {
        return Section.table(
                title + ", rankings",
                "ranking sortable",
                "One ranking per protocol, under the latest rules that have results",
                Listing.of(standings)
                        .head(
                                "Protocol",
                                standing -> Html.words(
                                        "{} {}{}",
                                        names.link(PATH, standing, PageTitle.of(standing.first())),
                                        Element.of("code", standing.version().protocol()),
                                        Html.text(site.board().isOfOtherRules(standing) ? SiteShell.OTHER_RULES : "")))
                        .words(
                                "Data set",
                                standing -> standing.protocol().dataset().title())
                        .number(
                                "Configurations",
                                standing -> standing.participants().size())
                        .number(
                                ofNeighbors ? "Bytes" : "Bits",
                                standing -> Element.of(
                                                "td",
                                                standing.bits().stream()
                                                        .map(bits -> Count.of(ofNeighbors ? bits / Byte.SIZE : bits))
                                                        .collect(Collectors.joining(", ")))
                                        .with("class", "lengths"))
                        .number("Seeds", standing -> standing.protocol().seeds().size())
                        .words(
                                "First group",
                                standing -> Element.of("td", leaders(standing)).with("class", "words wide")));
    }

    /** The first group of the first number that ranks, at the code length at which most were measured, the shortest of these. */
    private static String leaders(Leaderboard standing) {
        Optional<Quantity> first =
                standing.quantities().stream().filter(Quantity::ranked).findFirst();
        Optional<Ranking> ranking = standing.rankings().stream()
                .filter(found -> first.isPresent() && found.quantity().equals(first.get()))
                .min(Comparator.comparingInt((Ranking found) -> -found.places().size())
                        .thenComparingInt(Ranking::bits));
        return ranking.map(found -> found.quantity().title() + " at "
                        + MeanDots.length(standing.protocol(), found.bits()) + ": " + found.leaders(MOST_NAMES))
                .orElse("");
    }
}
