package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Results;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;

/** Where numbers come from, and the options of the methods. */
class ProvenanceSectionTest {
    @Test
    void provenanceIsComplete() {
        Results sample = SampleResults.comparison();
        assertThat(SamplePage.TEXT)
                .contains("<code>" + SamplePage.COMMAND + "</code>")
                .contains(sample.protocol().hash())
                .contains("Split of seed 2")
                // The count stands alone, as some titles have it, too.
                .contains("<dd>Fashion-MNIST, 12,000 images</dd>\n<dt>Samples read</dt>\n<dd>12,000</dd>")
                .contains("0123abcd", "Debian 17.0.21", "Sample CPU", "nd4j-native")
                .contains(
                        "<dt>learningRate</dt>", "<code>0.01</code>", "<code>not set</code>", "<code>1.0, 2.5</code>");
    }

    @Test
    void optionsSayWhereTheyComeFrom() {
        Elements card = Jsoup.parse(SamplePage.TEXT).select(".card:has(code:containsOwn(deep-linf))");
        assertThat(card.select("> dl:has(dt:containsOwn(learningRate)) + p.origin")
                        .text())
                .isEqualTo("tuned: linfhash tune sample --trials 9");
        assertThat(card.select("> p.origin").eachText())
                .containsExactly("tuned: linfhash tune sample --trials 9", "protocol: set by the protocol");
        assertThat(card.select("details dd.origin").eachText()).containsExactly("released code: init.m: a dictionary");
    }

    @Test
    void onlyOptionsThatAreNotDefaultsAreInView() {
        Elements card = Jsoup.parse(SamplePage.TEXT).select(".card:has(code:containsOwn(deep-linf))");
        assertThat(card.select("details").not("[open]").select("summary").text())
                .isEqualTo("1 option with the default");
        assertThat(card.select("details dt").eachText())
                .isNotEmpty()
                .doesNotContainAnyElementsOf(card.select("> dl > dt").eachText());
    }

    @Test
    void theProtocolFileIsShownAsText() {
        assertThat(Jsoup.parse(SamplePage.WHOLE).select("details.on-screen pre").text())
                .isEqualTo("name: sample # <b>&</b>");
    }

    /** The sample without some runs, its ITQ made elsewhere. */
    private static String introductionWithout(RunKey... left) {
        Results sample = SampleResults.comparison();
        List<Configuration> methods = sample.protocol().methods().stream()
                .map(m -> m.name().equals("itq")
                        ? new Configuration(
                                m.name(), m.title(), m.citation(), Supervision.EXTERNAL, m.options(), m.origins())
                        : m)
                .toList();
        Results results = new Results(
                sample.protocol()
                        .withRuns(sample.protocol().bits(), sample.protocol().seeds(), methods),
                sample.environment(),
                sample.runs().stream()
                        .filter(run -> !List.of(left).contains(run.key()))
                        .toList());
        return Jsoup.parse(ComparisonPage.render(results, SamplePage.TABLES, SamplePage.PROVENANCE))
                .select("section[aria-labelledby=reproduce] > details > p")
                .text();
    }

    @Test
    void runsOfCodesMadeElsewhereAreNoneThatACommandCanMake() {
        assertThat(introductionWithout(new RunKey("itq", 64, 2), new RunKey("itq", 48, 0)))
                .isEqualTo("This command produces the same results, except for times:");
        assertThat(introductionWithout(new RunKey("itq", 64, 2), new RunKey("ksh", 48, 0)))
                .startsWith(
                        "This command produces the same results, except for times, and the 1 run missing from the table.");
    }
}
