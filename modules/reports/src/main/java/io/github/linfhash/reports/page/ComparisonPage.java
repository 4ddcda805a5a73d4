package io.github.linfhash.reports.page;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.charts.Figure;
import io.github.linfhash.html.page.ChartFigure;
import io.github.linfhash.html.page.PageShell;
import io.github.linfhash.html.page.PageShell.Extras;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.reports.figures.EncoderPanels.Encoder;
import io.github.linfhash.reports.figures.FirstQuery;
import io.github.linfhash.reports.figures.ResultFigures;
import io.github.linfhash.reports.page.PageParts.Count;
import io.github.linfhash.reports.page.PageParts.PageTitle;
import io.github.linfhash.reports.page.ReportWriter.Provenance;
import io.github.linfhash.results.claims.ClaimTests.ClaimResult;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.published.PublishedTables;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.tables.ComparisonBuilder;
import io.github.linfhash.results.tables.ComparisonTable;
import io.github.linfhash.results.tables.QuantityText;
import io.github.linfhash.results.tables.SummaryTable.SeedSummaries;
import io.github.linfhash.results.tables.TableFiles;
import io.github.linfhash.results.tables.TableLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The page of a comparison: one HTML file that needs nothing else, and no network. */
public final class ComparisonPage {
    private static final String RELOAD = "setTimeout(() => location.reload(), 10000);";

    private final Evidence evidence;
    private final Results results;
    private final PublishedTable published;
    private final ComparisonTable comparison;
    private final List<Figure> figures;

    /** @throws io.github.linfhash.core.errors.InputException if the results name a printed table that there is not */
    ComparisonPage(Evidence evidence, PublishedTables tables) {
        this.evidence = evidence;
        this.results = evidence.results();
        this.published = tables.beside(results.protocol());
        this.comparison = ComparisonBuilder.compare(evidence, published);
        this.figures = ResultFigures.of(evidence);
    }

    /** The numbers that the page shows. */
    ComparisonTable comparison() {
        return comparison;
    }

    /** The charts that the page shows, those of single queries aside. */
    List<Figure> figures() {
        return figures;
    }

    /**
     * The page as a text in HTML, without values of single queries.
     *
     * @param results what was measured
     * @param tables the paper's printed tables
     * @param provenance where the results come from
     * @throws io.github.linfhash.core.errors.InputException if the results name a printed table that there is not
     */
    public static String render(Results results, PublishedTables tables, Provenance provenance) {
        List<String> downloads = new ArrayList<>(TableFiles.NAMES);
        downloads.add(ResultsJson.FILE);
        return new ComparisonPage(Evidence.without(results), tables)
                .html(List.of(), provenance, List.of("svg", "png"), downloads);
    }

    /**
     * The page with what the results say of the paper's claims.
     *
     * @param files the endings of the files that the charts lie in beside the page
     * @param downloads the names of the other files beside the page
     */
    String html(List<ClaimResult> claims, Provenance provenance, List<String> files, List<String> downloads) {
        return html(downloads(downloads), claims, provenance, files, Extras.NONE);
    }

    /**
     * The page of finished runs while others are computed, without tables and charts to download. It reloads itself.
     *
     * @param left how many runs are left of each method
     */
    String unfinished(Provenance provenance, Map<String, Integer> left) {
        int runs = left.values().stream().mapToInt(Integer::intValue).sum();
        String methods = left.entrySet().stream()
                .map(method -> method.getKey() + " (" + method.getValue() + ")")
                .collect(Collectors.joining(", "));
        Html note = Warnings.note(
                "warn",
                Count.of(runs, "run") + " of " + (results.runs().size() + runs) + " left.",
                " This page shows finished runs and reloads itself until the report is complete. Left: " + methods
                        + ". If linfhash was stopped, run the same command again: it reuses finished runs.");
        return html(note, List.of(), provenance, List.of(), new Extras("", List.of(RELOAD)));
    }

    private String html(
            Html files, List<ClaimResult> claims, Provenance provenance, List<String> endings, Extras extras) {
        List<Html> sections = new ArrayList<>();
        sections.add(RankingSection.html(evidence));
        sections.add(AnswerSection.html(results, comparison.leads(), claims));
        sections.add(ComparisonSection.html(comparison, published));
        sections.add(VerdictSection.html(results, comparison, published));
        sections.add(CeilingSection.html(results));
        sections.add(ClaimsSection.html(results, claims));
        figures.forEach(figure -> sections.add(Section.folding(
                figure.id(),
                figure.title(),
                false,
                figure.id().equals(ResultFigures.OUTPUTS)
                        ? outputs(figure, endings)
                        : List.of(ChartFigure.plots(figure, endings)))));
        sections.add(FailuresSection.html(results));
        sections.add(cost());
        sections.add(MethodsSection.html(results.protocol()));
        sections.add(ProvenanceSection.html(results, provenance));
        return PageShell.render(
                PageTitle.of(results),
                List.of(),
                List.of(lead(), Banner.beside(published, results), files),
                sections,
                !figures.isEmpty(),
                results.environment().version(),
                extras);
    }

    private static Html downloads(List<String> names) {
        List<Html> links = new ArrayList<>();
        for (String name : names) {
            links.add(Html.text(links.isEmpty() ? "Download: " : ", "));
            links.add(Element.of("a", name).with("href", name).with("download", ""));
        }
        return Element.of("p").with("class", "downloads").addAll(links);
    }

    private static String methods(ProtocolSummary protocol) {
        long names =
                protocol.methods().stream().map(Configuration::name).distinct().count();
        int rows = protocol.methods().size();
        boolean quantizers = TableLayout.of(List.of(), protocol.headline()).ofNeighbors();
        return Count.of(names, quantizers ? "method" : "hashing method")
                + (rows == names ? "" : " in " + Count.of(rows, "configuration"));
    }

    private Html lead() {
        ProtocolSummary protocol = results.protocol();
        String item = protocol.features().item();
        boolean inBytes =
                MeanDots.ofNeighbors(protocol) && protocol.bits().stream().allMatch(bits -> bits % Byte.SIZE == 0);
        String lengths = AnswerSection.and(protocol.bits().stream()
                        .map(bits -> Integer.toString(inBytes ? bits / Byte.SIZE : bits))
                        .toList())
                + (inBytes ? " bytes" : " bits");
        String printed = published.cells().isEmpty()
                ? ""
                : ", compared with " + published.title()
                        + " of \u201cLearning a Deep \u2113\u221e Encoder for Hashing\u201d"
                        + " (Wang et al., IJCAI 2016)";
        return Element.of("p")
                .with("class", "lead")
                .add(methods(protocol) + " with codes of " + lengths + ", over "
                        + Count.of(protocol.seeds().size(), "seed") + printed
                        + ". Each seed samples a new split of the " + item + "s: "
                        + Count.of(protocol.sizes().training(), "labeled training " + item)
                        + ", "
                        + Count.of(protocol.sizes().queries(), "query " + item) + " and a database of "
                        + Count.of(protocol.sizes().database(), item) + ".");
    }

    private record Costed(Configuration method, RunResult run) {}

    /** Returns the cost of each method: learned parameters and seconds. */
    private Html cost() {
        SeedSummaries seconds = SeedSummaries.ofSeconds(results);
        List<Costed> rows = new ArrayList<>();
        for (Configuration method : results.protocol().configurations()) {
            for (int bits : results.protocol().bits().stream().sorted().toList()) {
                results.runs(method.entry(), bits).stream()
                        .filter(run -> !run.failed())
                        .findFirst()
                        .ifPresent(run -> rows.add(new Costed(method, run)));
            }
        }
        Listing.OfRows<Costed> table = Listing.of(rows)
                .head("Method", row -> row.method().label())
                .number("N", row -> row.run().key().bits());
        for (Quantity phase : StandardMetrics.PHASES) {
            table.number(
                    phase.head(),
                    row -> seconds.find(row.method().entry(), row.run().key().bits(), phase.key())
                            .map(summary -> QuantityText.mean(phase, summary))
                            .orElse(""));
        }
        table.number(
                StandardMetrics.PARAMETERS.head(),
                row -> Element.of("td", Count.of(row.run().parameters()))
                        .with("data-value", Long.toString(row.run().parameters())));
        return Section.folding(
                "cost",
                "Cost",
                false,
                List.of(Section.table(
                        "Cost",
                        "sortable",
                        "Mean wall-clock seconds per run, and the number of learned parameters",
                        table)));
    }

    /** The outputs of encoders and their codes: figure 5 of the paper for one query, and the error of all queries. */
    private List<Html> outputs(Figure figure, List<String> files) {
        List<Html> parts = new ArrayList<>(List.of(ChartFigure.plots(figure, files)));
        FirstQuery.of(results).ifPresent(query -> parts.add(panels(query, files)));
        return parts;
    }

    private static Element panels(FirstQuery query, List<String> files) {
        Listing.OfRows<Integer> table =
                Listing.of(IntStream.range(0, query.bits()).boxed().toList()).head("entry", entry -> entry + 1);
        for (Encoder encoder : query.panels().encoders()) {
            int there = encoder.outputs().size();
            table.number(
                    encoder.name() + ", output",
                    entry -> entry < there
                            ? String.format(
                                    Locale.ROOT, "%.3f", encoder.outputs().get(entry))
                            : "");
            table.number(
                    encoder.name() + ", bit",
                    entry -> entry < there ? encoder.bits().get(entry) : "");
        }
        return Element.of("figure")
                .with("class", "panels")
                .with("id", query.id())
                .add(Element.of("h3", query.title()))
                .add(Section.scrolling(
                        query.title(), Element.of("div").add(query.page().element())))
                .add(ChartFigure.caption(
                        "As in Figure 5 of the paper: the more similar the magnitudes of the outputs, the smaller the error of"
                                + " the code. The query is the first one of the split.",
                        query.id(),
                        files))
                .add(Section.folded(
                        "Data of this figure", Section.table("Data: " + query.title(), "data", query.title(), table)));
    }
}
