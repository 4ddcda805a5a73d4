package io.github.linfhash.reports.page;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.reports.figures.Figure;
import io.github.linfhash.reports.history.MetricHistory;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.results.schema.Results;
import java.util.List;

/** The page of a metric over several results: one HTML file that needs nothing else, and no network. */
public final class HistoryPage {
    /** The columns of the table, here and in the command's output. */
    public static final List<String> COLUMNS =
            List.of("number", "results", "commit", "version", "cpu", "mean", "ci95", "seeds");

    private HistoryPage() {}

    /**
     * The page as a text in HTML.
     *
     * @param history what is shown
     * @param latest the last of the results
     */
    public static String render(MetricHistory history, Results latest) {
        Figure figure = new Figure("history-chart", "Over the results", List.of(history.chart()));
        Html lead = Element.of("p", latest.protocol().title()).with("class", "lead");
        return PageShell.render(
                PageTitle.synthetic(latest) + history.chart().title(),
                List.of(Banner.alone(latest), lead),
                List.of(FigureSection.html(figure, List.of()), table(history)),
                true,
                latest.environment().version());
    }

    private static Html table(MetricHistory history) {
        Element body = Element.of("tbody");
        for (List<String> cells : history.rows()) {
            Element row = Element.of("tr").add(Element.of("th", cells.get(0)).with("scope", "row"));
            for (String cell : cells.subList(1, cells.size())) {
                row = row.add(Element.of("td", cell));
            }
            body = body.add(row);
        }
        Element table = Element.of("table")
                .add(Section.caption("Means over seeds with the half width of their 95 % interval"
                        + (history.kind() == Quantity.Kind.FRACTION ? ", in percent" : "")))
                .add(Element.of("thead").add(Element.of("tr").addAll(Section.headings(COLUMNS))))
                .add(body);
        return Section.of("results", "Results").add(Section.scrolling("Results", table));
    }
}
