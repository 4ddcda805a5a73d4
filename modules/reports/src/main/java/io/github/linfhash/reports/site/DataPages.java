package io.github.linfhash.reports.site;

import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.reports.page.PageParts;
import io.github.linfhash.results.board.Leaderboard;
import io.github.linfhash.results.schema.ProtocolSummary.DatasetSummary;
import io.github.linfhash.results.schema.ProtocolSummary.FeatureSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A page for each data set: whose it is, what was counted in it, and which protocols measure on it. */
final class DataPages {
    private final Site site;
    private final SiteShell shell;
    private final SiteNames names;
    private final Map<String, List<Leaderboard>> byName = new LinkedHashMap<>();

    DataPages(Site site, SiteShell shell, SiteNames names) {
        this.site = site;
        this.shell = shell;
        this.names = names;
        for (Leaderboard standing : site.board().standings()) {
            byName.computeIfAbsent(standing.protocol().dataset().name(), name -> new ArrayList<>())
                    .add(standing);
        }
    }

    /** The names of the data sets. */
    List<String> all() {
        return List.copyOf(byName.keySet());
    }

    /** The list of all of them. */
    String list() {
        String path = "data/index.html";
        Element body = Element.of("tbody");
        for (String name : all()) {
            List<Leaderboard> standings = byName.getOrDefault(name, List.of());
            DatasetSummary data = standings.get(0).protocol().dataset();
            Site.DataNote note = site.datasets().get(name);
            body = body.add(Element.of("tr")
                    .add(
                            Element.of("th")
                                    .with("scope", "row")
                                    .add(SiteShell.link(path, names.dataset(name) + ".html", data.title()))
                                    .add(" ")
                                    .add(Element.of("code", name)),
                            Element.of("td", Integer.toString(data.images())),
                            Element.of("td", Long.toString(protocols(standings))),
                            Element.of("td", note == null ? "" : note.license()).with("class", "words")));
        }
        Element table = Element.of("table")
                .with("class", "ranking sortable")
                .add(PageParts.caption("Data sets that somebody was measured on"))
                .add(Element.of("thead")
                        .add(Element.of("tr")
                                .add(
                                        PageParts.heading("Data set").with("class", "words"),
                                        PageParts.heading("Rows"),
                                        PageParts.heading("Protocols"),
                                        PageParts.heading("License").with("class", "words"))))
                .add(body);
        return shell.page(path, "Data sets", List.of(), List.of(PageParts.scrolling("All data sets", table)), false);
    }

    private static long protocols(List<Leaderboard> standings) {
        return standings.stream()
                .map(standing -> standing.version().protocol())
                .distinct()
                .count();
    }

    /** The page of a data set. */
    String page(String name) {
        List<Leaderboard> standings = byName.getOrDefault(name, List.of());
        String path = names.dataset(name) + ".html";
        List<Html> sections = new ArrayList<>();
        Site.DataNote note = site.datasets().get(name);
        if (note != null) {
            sections.add(PageParts.section("origin", "Origin")
                    .add(PageParts.terms(List.of(
                            PageParts.term(
                                    "Official page",
                                    Element.of("a", note.homepage())
                                            .with("href", note.homepage())
                                            .with("rel", "noopener")),
                            PageParts.term("License", Html.text(note.license())),
                            PageParts.term("Published in", Html.text(note.citation()))))));
        }
        int number = 0;
        for (Leaderboard standing : standings) {
            sections.add(protocol(path, standing, number++));
        }
        return shell.page(
                path,
                PageParts.synthetic(standings.get(0).given().get(0).results())
                        + standings.get(0).protocol().dataset().title(),
                List.of(),
                sections,
                false);
    }

    private Html protocol(String path, Leaderboard standing, int number) {
        DatasetSummary data = standing.protocol().dataset();
        FeatureSummary features = standing.protocol().features();
        List<Html> terms = new ArrayList<>(List.of(
                PageParts.code("Protocol", standing.version().protocol()),
                PageParts.code("Rules", standing.version().shortName()),
                PageParts.term("Rows read", Html.text(Integer.toString(data.images()))),
                PageParts.term("Features", Html.text(features.name() + ", dimension " + features.dimension())),
                PageParts.code("Data hash", data.hash()),
                PageParts.code("Features hash", features.hash())));
        data.facts().forEach(fact -> terms.add(PageParts.term("Counted", Html.text(fact))));
        return PageParts.section("protocol-" + number, standing.protocol().title())
                .add(Element.of("p")
                        .add(SiteShell.link(path, names.standing(standing) + ".html", "The ranking"))
                        .add("."))
                .add(PageParts.terms(terms));
    }
}
