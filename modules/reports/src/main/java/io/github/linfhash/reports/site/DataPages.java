package io.github.linfhash.reports.site;

import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.reports.page.PageShell.PageTitle;
import io.github.linfhash.reports.page.Section;
import io.github.linfhash.results.board.Leaderboard;
import io.github.linfhash.results.listings.Listing;
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
        Listing table = Listing.of(all())
                .head(
                        "Data set",
                        name -> Html.words(
                                "{} {}", names.data(path, standings(name).get(0)), Element.of("code", name)))
                .number("Samples", name -> data(name).images())
                .number("Protocols", name -> protocols(standings(name)))
                .words("License", name -> {
                    Site.DataNote note = site.datasets().get(name);
                    return note == null ? "" : note.license();
                });
        return shell.page(
                path,
                "Data sets",
                List.of(),
                List.of(Section.table("All data sets", "ranking sortable", "Data sets with results", table)),
                false);
    }

    private DatasetSummary data(String name) {
        return standings(name).get(0).protocol().dataset();
    }

    private List<Leaderboard> standings(String name) {
        return byName.getOrDefault(name, List.of());
    }

    private static long protocols(List<Leaderboard> standings) {
        return standings.stream()
                .map(standing -> standing.version().protocol())
                .distinct()
                .count();
    }

    /** The page of a data set. */
    String page(String name) {
        List<Leaderboard> standings = standings(name);
        String path = names.dataset(name) + ".html";
        List<Html> sections = new ArrayList<>();
        Site.DataNote note = site.datasets().get(name);
        if (note != null) {
            sections.add(Section.of("origin", "Origin")
                    .add(Section.terms(List.of(
                            Section.term(
                                    "Official page",
                                    Element.of("a", note.homepage())
                                            .with("href", note.homepage())
                                            .with("rel", "noopener")),
                            Section.term("License", note.license()),
                            Section.term("Published in", note.citation())))));
        }
        int number = 0;
        for (Leaderboard standing : standings) {
            sections.add(protocol(path, standing, number++));
        }
        return shell.page(
                path, PageTitle.synthetic(standings.get(0).first()) + data(name).title(), List.of(), sections, false);
    }

    private Html protocol(String path, Leaderboard standing, int number) {
        DatasetSummary data = standing.protocol().dataset();
        FeatureSummary features = standing.protocol().features();
        List<Html> terms = new ArrayList<>(List.of(
                Section.code("Protocol", standing.version().protocol()),
                Section.code("Rules", standing.version().shortName()),
                Section.term("Samples read", Integer.toString(data.images())),
                Section.term("Features", features.name() + ", dimension " + features.dimension()),
                Section.code("Data hash", data.hash()),
                Section.code("Features hash", features.hash())));
        data.facts().forEach(fact -> terms.add(Section.term("Note", fact)));
        return Section.of("protocol-" + number, standing.protocol().title())
                .add(Section.p("{}.", names.link(path, standing, "The ranking")))
                .add(Section.terms(terms));
    }
}
