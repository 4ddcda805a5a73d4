package io.github.linfhash.reports.site;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.reports.page.PageParts;
import io.github.linfhash.results.board.GivenResults;
import io.github.linfhash.results.board.Leaderboard;
import io.github.linfhash.results.board.SmallQueries;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where numbers come from: one results file with what measured it, by which rules, and each of its runs. */
final class RunsPage {
    private static final int HASH_DIGITS = 12;
    private static final List<Double> SHARES = List.of(0.1, 0.5, 0.9);

    private final SiteShell shell;
    private final SiteNames names;
    private final Leaderboard standing;
    private final GivenResults one;
    private final Results results;
    private final String path;

    RunsPage(SiteShell shell, SiteNames names, Leaderboard standing, GivenResults one) {
        this.shell = shell;
        this.names = names;
        this.standing = standing;
        this.one = one;
        this.results = one.results();
        this.path = names.runs(one) + ".html";
    }

    String html() {
        String file = path.substring(path.indexOf('/') + 1).replaceAll("html$", "json");
        Html lead = Element.of("p")
                .with("class", "lead")
                .add("The runs behind the numbers of ")
                .add(SiteShell.link(
                        path,
                        names.standing(standing) + ".html",
                        standing.protocol().title()))
                .add(". ")
                .add(Element.of("a", "All of this as results.json")
                        .with("href", file)
                        .with("download", ""))
                .add(", without curves.");
        List<Html> sections = new ArrayList<>();
        one.about()
                .ifPresent(about -> sections.add(PageParts.section("submission", "Submission")
                        .add(PageParts.terms(List.of(
                                PageParts.term("Name", Html.text(about.name())),
                                PageParts.term("Authors", Html.text(String.join(", ", about.authors()))),
                                PageParts.code("Code", about.code()))))));
        sections.add(PageParts.section("environment", "What measured it")
                .add(PageParts.terms(PageParts.environmentTerms(results))));
        sections.add(PageParts.section("data", "Data and rules").add(PageParts.terms(PageParts.dataTerms(results))));
        sections.add(PageParts.section("runs", "Runs").add(runs()));
        return shell.page(
                path,
                PageParts.synthetic(results) + "Runs of " + one.label(),
                List.of(lead, PageParts.warnings(results)),
                sections,
                false);
    }

    private Html runs() {
        List<Quantity> columns = results.protocol().headline().stream()
                .map(StandardMetrics::quantity)
                .toList();
        Element head = Element.of("tr")
                .add(
                        PageParts.heading("Method").with("class", "words"),
                        PageParts.heading("Bits"),
                        PageParts.heading("Seed"));
        for (Quantity column : columns) {
            String group = column.words().group();
            Element heading = PageParts.heading(column.head());
            head = head.add(
                    group.isEmpty() || group.equals(column.head())
                            ? heading
                            : heading.add(Element.of("small", " " + group)));
        }
        if (one.queries().isPresent()) {
            for (double share : SHARES) {
                head = head.add(PageParts.heading(Math.round(100 * share) + " % of queries")
                        .add(Element.of(
                                "small", " " + one.queries().get().quantity().title())));
            }
        }
        for (Quantity phase : StandardMetrics.PHASES) {
            head = head.add(PageParts.heading(phase.head() + ", s"));
        }
        head = head.add(PageParts.heading("Codes").with("class", "words"));
        List<Html> bodies = new ArrayList<>();
        for (MethodSummary method : results.protocol().methods()) {
            for (int bits : results.protocol().bits().stream().sorted().toList()) {
                List<RunResult> runs = results.runs(method.entry(), bits);
                if (!runs.isEmpty()) {
                    bodies.add(Element.of("tbody")
                            .with("id", SiteNames.place(one, method.entry(), bits))
                            .addAll(runs.stream()
                                    .map(run -> row(method, run, columns))
                                    .toList()));
                }
            }
        }
        String queries = one.queries().isEmpty()
                ? ""
                : ". Of queries: the value that so many of them do not exceed, rounded to 0.01 %";
        Element table = Element.of("table")
                .with("class", "runs")
                .add(PageParts.caption(
                        "A run a line; fractions in percent. Codes: the first digits of the SHA-256 of its codes"
                                + queries))
                .add(Element.of("thead").add(head))
                .addAll(bodies);
        return PageParts.scrolling("All runs", table);
    }

    private Element row(MethodSummary method, RunResult run, List<Quantity> columns) {
        Element row = Element.of("tr")
                .add(
                        Element.of("th", method.entry()).with("scope", "row"),
                        Element.of("td", Integer.toString(run.key().bits())),
                        Element.of("td", Long.toString(run.key().seed())));
        if (run.failed()) {
            return row.add(Element.of("td", "failed: " + run.failure())
                    .with("class", "words")
                    .with(
                            "colspan",
                            Integer.toString(columns.size()
                                    + (one.queries().isPresent() ? SHARES.size() : 0)
                                    + StandardMetrics.PHASES.size()
                                    + 1)));
        }
        for (Quantity column : columns) {
            row = row.add(value(column, run.metrics()));
        }
        if (one.queries().isPresent()) {
            SmallQueries queries = one.queries().get();
            for (double share : SHARES) {
                row = row.add(Element.of("td")
                        .add(PageParts.number(NumberText.value(queries.quantity(), queries.quantile(run, share)))));
            }
        }
        for (Quantity phase : StandardMetrics.PHASES) {
            row = row.add(value(phase, run.seconds()));
        }
        String codes = String.valueOf(run.codesHash());
        return row.add(Element.of("td")
                .with("class", "words")
                .add(Element.of("code", codes.substring(0, Math.min(HASH_DIGITS, codes.length())))));
    }

    private static Element value(Quantity quantity, Map<String, Double> numbers) {
        Double number = numbers.get(quantity.key());
        return number == null
                ? Element.of("td")
                : Element.of("td").add(PageParts.number(NumberText.value(quantity, number)));
    }
}
