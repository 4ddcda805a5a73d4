package io.github.linfhash.reports.site;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.reports.page.PageParts;
import io.github.linfhash.results.board.Competitor;
import io.github.linfhash.results.board.Leaderboard;
import io.github.linfhash.results.board.Leaderboards;
import io.github.linfhash.results.board.Ranking;
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
                .map(names::method)
                .distinct()
                .count();
        Html lead = Element.of("p")
                .with("class", "lead")
                .add("Binary codes for search, measured under fixed rules: "
                        + PageParts.count(methods, "method") + ", "
                        + PageParts.count(board.protocols().size(), "protocol")
                        + ". All get the same features, splits and"
                        + " evaluation; every mean has its interval over seeds, and no method is in the group of one"
                        + " that is significantly better. ")
                .add(SiteShell.link(PATH, "what-is-measured.html", "What is measured"))
                .add(", and ")
                .add(SiteShell.link(PATH, "limits.html", "what the numbers do not say"))
                .add(".");
        Element section = PageParts.section("protocols", "Protocols").add(PageParts.scrolling("Protocols", table()));
        Element cite = PageParts.section("cite", "Cite")
                .add(Element.of("pre").with("tabindex", "0").add(Element.of("code", site.citation())))
                .add(Element.of("p")
                        .add(
                                "A ranking is named by its protocol and rules, which its page has, and each method by its own"
                                        + " publication: the BibTeX files of both hold them. Numbers of two versions of the rules must"
                                        + " not be compared: ")
                        .add(SiteShell.link(PATH, "history.html", "history"))
                        .add("."));
        return shell.page(PATH, "Learning to hash, measured", List.of(lead), List.of(section, cite), false);
    }

    private Element table() {
        Element body = Element.of("tbody");
        for (Leaderboards.Entry entry : site.board().protocols()) {
            body = body.add(row(entry));
        }
        return Element.of("table")
                .with("class", "ranking sortable")
                .add(PageParts.caption("One ranking a protocol, by its latest rules"))
                .add(Element.of("thead")
                        .add(Element.of("tr")
                                .add(
                                        PageParts.heading("Protocol").with("class", "words"),
                                        PageParts.heading("Data set").with("class", "words"),
                                        PageParts.heading("Rows"),
                                        PageParts.heading("Bits"),
                                        PageParts.heading("Seeds"),
                                        PageParts.heading("First group").with("class", "words"))))
                .add(body);
    }

    private Element row(Leaderboards.Entry entry) {
        Leaderboard standing = entry.latest();
        String title = PageParts.synthetic(standing.given().get(0).results())
                + standing.protocol().title();
        List<Integer> bits = standing.bits();
        String lengths = bits.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return Element.of("tr")
                .add(
                        Element.of("th")
                                .with("scope", "row")
                                .add(SiteShell.link(PATH, names.standing(standing) + ".html", title))
                                .add(" ")
                                .add(Element.of("code", entry.name())),
                        Element.of("td")
                                .with("class", "words")
                                .add(SiteShell.link(
                                        PATH,
                                        names.dataset(standing.protocol()
                                                        .dataset()
                                                        .name()) + ".html",
                                        standing.protocol().dataset().title())),
                        Element.of(
                                "td", Integer.toString(standing.participants().size())),
                        Element.of("td", lengths).with("class", "lengths"),
                        Element.of(
                                "td",
                                Integer.toString(standing.protocol().seeds().size())),
                        Element.of("td", leaders(standing)).with("class", "words wide"));
    }

    /** The first group of the first number that ranks, at the code length at which most were measured, the shortest of these. */
    private static String leaders(Leaderboard standing) {
        Optional<Quantity> first =
                standing.quantities().stream().filter(Quantity::ranked).findFirst();
        Optional<Ranking> ranking = standing.rankings().stream()
                .filter(found -> first.isPresent() && found.quantity().equals(first.get()))
                .min(Comparator.comparingInt((Ranking found) -> -found.places().size())
                        .thenComparingInt(Ranking::bits));
        if (ranking.isEmpty()) {
            return "";
        }
        List<Ranking.Place> leaders = ranking.get().leaders();
        String shown = leaders.stream()
                .limit(MOST_NAMES)
                .map(Ranking.Place::participant)
                .map(Competitor::label)
                .collect(Collectors.joining("; "));
        int more = leaders.size() - MOST_NAMES;
        return ranking.get().quantity().title() + " at " + ranking.get().bits() + " bits: " + shown
                + (more > 0 ? "; and " + more + " more" : "");
    }
}
