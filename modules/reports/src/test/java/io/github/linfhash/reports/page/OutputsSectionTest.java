package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.evaluation.OutputCurves;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Results;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Figure 5 of the paper, and the quantization errors behind it. */
class OutputsSectionTest {
    private final Element figure = Jsoup.parse(SamplePage.WHOLE).expectFirst("figure.panels");

    /** In the sample, output b of ksh at 48 bits and seed 0 is 0.348 - b / 48. */
    @Test
    void theQueryIsDrawnAndInATable() {
        assertThat(figure.id()).isEqualTo("first-query-48");
        // Four methods, a representation and a code each; one rectangle is the paper.
        assertThat(figure.select("svg rect")).hasSize(1 + 4 * 2 * 48);
        assertThat(figure.select("svg text").eachText())
                .contains("(a) KSH, representation", "(b) KSH, binary code", "(h) ITQ, binary code");
        List<Element> rows = figure.select("table tbody tr");
        assertThat(rows).hasSize(48);
        assertThat(rows.get(0).select("th, td").eachText().subList(0, 3)).containsExactly("1", "0.348", "1");
        assertThat(rows.get(16).select("th, td").eachText().subList(0, 3)).containsExactly("17", "0.015", "1");
        assertThat(rows.get(17).select("th, td").eachText().subList(0, 3)).containsExactly("18", "-0.006", "0");
    }

    @Test
    void itHasFilesAndSaysWhatItShows() {
        assertThat(figure.select("figcaption a").eachAttr("href"))
                .containsExactly("charts/first-query-48.svg", "charts/first-query-48.png");
        assertThat(figure.select("figcaption").text()).contains("Figure 5 of the paper");
    }

    @Test
    void withoutOutputsThereIsNoSection() {
        Results sample = SampleResults.comparison();
        Results without = new Results(
                sample.protocol(),
                sample.environment(),
                sample.runs().stream().map(OutputsSectionTest::withoutOutputs).toList());
        Document document = Jsoup.parse(ComparisonPage.render(without, SamplePage.TABLES, SamplePage.PROVENANCE));
        assertThat(document.select("figure.panels, #outputs")).isEmpty();
        assertThat(document.select("figure.plot")).hasSize(8);
    }

    private static RunResult withoutOutputs(RunResult run) {
        Map<String, double[]> curves = new HashMap<>(run.curves());
        curves.keySet().removeIf(name -> name.startsWith(OutputCurves.PREFIX));
        return run.with(run.metrics(), curves, run.seconds());
    }
}
