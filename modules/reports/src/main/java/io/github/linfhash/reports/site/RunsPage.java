package io.github.linfhash.reports.site;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.reports.html.HtmlTable;
import io.github.linfhash.reports.page.Banner;
import io.github.linfhash.reports.page.PageParts.NumberHtml;
import io.github.linfhash.reports.page.PageShell.PageTitle;
import io.github.linfhash.reports.page.ProvenanceSection;
import io.github.linfhash.reports.page.Section;
import io.github.linfhash.reports.site.RankingTable.NumberCell;
import io.github.linfhash.results.board.GivenResults;
import io.github.linfhash.results.board.Leaderboard;
import io.github.linfhash.results.listings.Listing;
import io.github.linfhash.results.listings.Listing.Column;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.NumberText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where numbers come from: one results file with what measured it, by which rules, and each of its runs. */
final class RunsPage {
    private static final int HASH_DIGITS = 12;

    /** The columns that say which run a line is. */
    private static final int KEYS = 3;

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
        Html lead = Section.lead(
                "The runs behind the numbers of {}. Download: {}, without curves.",
                names.link(path, standing, standing.protocol().title()),
                Element.of("a", "results.json").with("href", file).with("download", ""));
        List<Html> sections = new ArrayList<>();
        one.about()
                .ifPresent(about -> sections.add(Section.of("submission", "Submission")
                        .add(Section.terms(List.of(
                                Section.term("Name", about.name()),
                                Section.term("Authors", String.join(", ", about.authors())),
                                Section.code("Code", about.code()))))));
        sections.add(
                Section.of("environment", "Environment").add(Section.terms(ProvenanceSection.environment(results))));
        sections.add(Section.of("data", "Data and rules").add(Section.terms(ProvenanceSection.data(results))));
        sections.add(Section.of("runs", "Runs").add(runs()));
        return shell.page(
                path,
                PageTitle.synthetic(results) + "Runs of " + one.label(),
                List.of(lead, Banner.warnings(results)),
                sections,
                false);
    }

    private Html runs() {
        List<Element> bodies = new ArrayList<>();
        for (MethodSummary method : results.protocol().methods()) {
            for (int bits : results.protocol().bits().stream().sorted().toList()) {
                List<RunResult> runs = results.runs(method.entry(), bits);
                if (!runs.isEmpty()) {
                    bodies.add(Element.of("tbody")
                            .with("id", SiteNames.place(one, method.entry(), bits))
                            .addAll(rows(runs)));
                }
            }
        }
        String queries = one.queries().isEmpty()
                ? ""
                : ". Columns with a share of queries: the value that this share does not exceed, rounded to 0.01 %";
        return Section.scrolling(
                "All runs",
                HtmlTable.frame(
                                "runs",
                                "One run per line; fractions in percent. Codes: the first digits of the SHA-256 of the codes"
                                        + queries,
                                HtmlTable.head(table(List.of())))
                        .addAll(bodies));
    }

    private List<Element> rows(List<RunResult> runs) {
        int columns = table(List.of()).columns().size();
        return runs.stream()
                .map(run -> !run.failed()
                        ? table(List.of(run))
                        : keys(List.of(run))
                                .words(
                                        "",
                                        failed -> Element.of("td", "failed: " + failed.failure())
                                                .with("class", "words")
                                                .with("colspan", Integer.toString(columns - KEYS))))
                .flatMap(table -> HtmlTable.rows(table).stream())
                .toList();
    }

    private static Listing.OfRows<RunResult> keys(List<RunResult> runs) {
        return Listing.of(runs)
                .head("Method", run -> run.key().entry())
                .number("Bits", run -> run.key().bits())
                .number("Seed", run -> run.key().seed());
    }

    private Listing table(List<RunResult> runs) {
        Listing.OfRows<RunResult> table = keys(runs);
        for (String key : results.protocol().headline()) {
            Quantity column = StandardMetrics.quantity(key);
            table.column(
                    column.head(),
                    NumberCell.note(column),
                    Column.NUMBER,
                    run -> value(column, run.metrics().get(key)));
        }
        one.queries().ifPresent(queries -> {
            for (double share : SHARES) {
                table.column(
                        Math.round(100 * share) + " % of queries",
                        queries.quantity().title(),
                        Column.NUMBER,
                        run -> value(queries.quantity(), queries.quantile(run, share)));
            }
        });
        for (Quantity phase : StandardMetrics.PHASES) {
            table.number(phase.head() + ", s", run -> value(phase, run.seconds().get(phase.key())));
        }
        return table.words("Codes", run -> {
            String codes = String.valueOf(run.codesHash());
            return Element.of("code", codes.substring(0, Math.min(HASH_DIGITS, codes.length())));
        });
    }

    private static @Nullable Html value(Quantity quantity, @Nullable Double number) {
        return number == null ? null : NumberHtml.of(NumberText.value(quantity, number));
    }
}
