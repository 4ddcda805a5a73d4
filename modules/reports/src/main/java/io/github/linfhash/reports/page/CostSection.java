package io.github.linfhash.reports.page;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.NumberText;
import io.github.linfhash.results.tables.SummaryTable.SeedSummaries;
import java.util.ArrayList;
import java.util.List;

/** What each method costs: learned parameters and seconds. */
final class CostSection {
    private final Results results;
    private final SeedSummaries seconds;

    private CostSection(Results results) {
        this.results = results;
        this.seconds = SeedSummaries.ofSeconds(results);
    }

    static Html html(Results results) {
        return new CostSection(results).section();
    }

    private Html section() {
        List<Html> rows = new ArrayList<>();
        for (MethodSummary method : results.protocol().configurations()) {
            for (int bits : results.protocol().bits().stream().sorted().toList()) {
                results.runs(method.entry(), bits).stream()
                        .filter(run -> !run.failed())
                        .findFirst()
                        .ifPresent(run -> rows.add(row(method, run)));
            }
        }
        List<String> headings = new ArrayList<>(List.of("Method", "N"));
        StandardMetrics.PHASES.forEach(phase -> headings.add(phase.head()));
        headings.add(StandardMetrics.PARAMETERS.head());
        Element table = Element.of("table")
                .with("class", "sortable")
                .add(Section.caption("Mean wall-clock seconds of a run, and the number of learned parameters"))
                .add(Element.of("thead").add(Element.of("tr").addAll(Section.headings(headings))))
                .add(Element.of("tbody").addAll(rows));
        return Section.of("cost", "Cost").add(Section.scrolling("Cost", table));
    }

    private Element row(MethodSummary method, RunResult run) {
        List<Html> cells = new ArrayList<>();
        cells.add(Element.of("th", method.label()).with("scope", "row"));
        cells.add(Element.of("td", Integer.toString(run.key().bits())));
        for (Quantity phase : StandardMetrics.PHASES) {
            cells.add(Element.of(
                    "td",
                    seconds.find(method.entry(), run.key().bits(), phase.key())
                            .map(summary -> NumberText.mean(phase, summary))
                            .orElse("")));
        }
        cells.add(Element.of("td", Count.of(run.parameters())).with("data-value", Long.toString(run.parameters())));
        return Element.of("tr").addAll(cells);
    }
}
