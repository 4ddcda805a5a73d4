package io.github.linfhash.reports.page;

import io.github.linfhash.reports.figures.Figure;
import io.github.linfhash.reports.figures.OutputFigures;
import io.github.linfhash.reports.figures.ResultFigures;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.results.claims.ClaimResult;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.published.PublishedTables;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.ComparisonBuilder;
import io.github.linfhash.results.tables.ComparisonTable;
import io.github.linfhash.results.tables.TableLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The page of a comparison: one HTML file that needs nothing else, and no network. */
public final class ComparisonPage {
    private final Results results;
    private final PublishedTable published;
    private final ComparisonTable comparison;
    private final List<Figure> figures;

    /** @throws io.github.linfhash.core.errors.InputException if the results name a printed table that there is not */
    ComparisonPage(Results results, PublishedTables tables) {
        this.results = results;
        this.published = tables.beside(results.protocol());
        this.comparison = ComparisonBuilder.compare(results, published);
        this.figures = ResultFigures.of(results);
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
     * The page as a text in HTML.
     *
     * @param results what was measured
     * @param tables the paper's printed tables
     * @param provenance where the results come from
     * @throws io.github.linfhash.core.errors.InputException if the results name a printed table that there is not
     */
    public static String render(Results results, PublishedTables tables, Provenance provenance) {
        return new ComparisonPage(results, tables).html(List.of(), provenance, List.of("svg", "png"));
    }

    /**
     * The page with what the results say of the paper's claims.
     *
     * @param files the endings of the files that the charts lie in beside the page
     */
    String html(List<ClaimResult> claims, Provenance provenance, List<String> files) {
        List<Html> sections = new ArrayList<>();
        sections.add(VerdictSection.html(results, comparison, published));
        sections.add(ComparisonSection.html(comparison, published));
        sections.add(CeilingSection.html(results));
        sections.add(ClaimsSection.html(results, claims));
        figures.forEach(figure -> sections.add(
                figure.id().equals(OutputFigures.ID)
                        ? OutputsSection.html(results, figure, files)
                        : FigureSection.html(figure, files)));
        sections.add(FailuresSection.html(results));
        sections.add(CostSection.html(results));
        sections.add(MethodsSection.html(results.protocol()));
        sections.add(ProvenanceSection.html(results, provenance));
        return PageShell.render(
                PageTitle.of(results),
                List.of(Banner.beside(published, results), lead()),
                sections,
                !figures.isEmpty(),
                results.environment().version());
    }

    private static String methods(ProtocolSummary protocol) {
        long names =
                protocol.methods().stream().map(MethodSummary::name).distinct().count();
        int rows = protocol.methods().size();
        boolean quantizers = TableLayout.of(List.of(), protocol.headline()).ofNeighbors();
        return Count.of(names, quantizers ? "quantizer and hashing method" : "hashing method")
                + (rows == names ? "" : " in " + Count.of(rows, "row"));
    }

    private Html lead() {
        ProtocolSummary protocol = results.protocol();
        String item = protocol.features().item();
        String bits = protocol.bits().stream().map(String::valueOf).collect(Collectors.joining(" and "));
        String printed = published.cells().isEmpty()
                ? ""
                : ", beside " + published.title() + " of \u201cLearning a Deep \u2113\u221e Encoder for Hashing\u201d"
                        + " (Wang et al., IJCAI 2016)";
        return Element.of("p")
                .with("class", "lead")
                .add(methods(protocol) + " with codes of " + bits + " bits, over "
                        + Count.of(protocol.seeds().size(), "seed") + printed
                        + ". Each seed draws a new split of the " + item + "s: "
                        + Count.of(protocol.sizes().training(), "labeled training " + item)
                        + (protocol.features().mirroredHash() == null ? ", " : ", each beside its mirror image, ")
                        + Count.of(protocol.sizes().queries(), "query " + item) + " and a database of "
                        + Count.of(protocol.sizes().database(), item) + ".");
    }
}
