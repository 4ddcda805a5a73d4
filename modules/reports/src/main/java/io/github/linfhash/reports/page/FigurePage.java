package io.github.linfhash.reports.page;

import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.charts.Figure;
import io.github.linfhash.html.page.ChartFigure;
import io.github.linfhash.html.page.PageShell;
import io.github.linfhash.reports.page.PageParts.PageTitle;
import io.github.linfhash.reports.page.ReportWriter.Provenance;
import io.github.linfhash.results.schema.Results;
import java.util.List;

/** The page of a single figure: one HTML file that needs nothing else, and no network. */
public final class FigurePage {
    private FigurePage() {}

    /**
     * The page as a text in HTML.
     *
     * @param figure what is shown
     * @param results what it was made from
     * @param provenance where the results come from
     */
    public static String render(Figure figure, Results results, Provenance provenance) {
        Html lead = Element.of("p", results.protocol().title()).with("class", "lead");
        return PageShell.render(
                PageTitle.synthetic(results) + figure.title(),
                List.of(Banner.alone(results), lead),
                List.of(
                        ChartFigure.section(figure, List.of())
                                .add(MethodsSection.runOptions(
                                        results.protocol().methods())),
                        FailuresSection.html(results),
                        ProvenanceSection.html(results, provenance)),
                true,
                results.environment().version());
    }
}
