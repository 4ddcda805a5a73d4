package io.github.linfhash.reports.site;

import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.reports.page.MeanDots;
import io.github.linfhash.reports.ranking.Leaderboard;
import io.github.linfhash.reports.ranking.Leaderboards;
import java.util.List;
import java.util.stream.Collectors;

/** The list of rankings. */
final class IndexPage {
    private static final String PATH = "index.html";

    private IndexPage() {}

    static String html(Leaderboards board, SiteShell shell, SiteNames names) {
        Html lead = Section.lead(
                "Compact codes for search, measured under fixed rules. All methods get the same features, splits and evaluation."
                        + " See {} and {}.",
                SiteShell.link(PATH, SiteShell.DOCS + "what-is-measured.html", "what is measured"),
                SiteShell.link(PATH, SiteShell.DOCS + "limits.html", "what the numbers do not show"));
        Html table = Section.table(
                "Rankings",
                "ranking sortable",
                "One ranking per protocol and version of its rules",
                Listing.of(board.standings())
                        .head(
                                "Protocol",
                                standing -> Html.words(
                                        "{} {}",
                                        SiteShell.link(
                                                PATH,
                                                names.standing(standing) + ".html",
                                                SiteShell.title(board, standing)),
                                        Element.of("code", standing.version().protocol())))
                        .words(
                                "Data set",
                                standing -> standing.protocol().dataset().title())
                        .number(
                                "Configurations",
                                standing -> standing.participants().size())
                        .words("Code lengths", IndexPage::lengths)
                        .words("Rules", standing -> standing.version().shortName()));
        return shell.page(PATH, "Rankings of compact codes", List.of(lead), List.of(table));
    }

    private static Element lengths(Leaderboard standing) {
        return Element.of(
                        "td",
                        standing.bits().stream()
                                .map(bits -> MeanDots.length(standing.protocol(), bits))
                                .collect(Collectors.joining(", ")))
                .with("class", "lengths");
    }
}
