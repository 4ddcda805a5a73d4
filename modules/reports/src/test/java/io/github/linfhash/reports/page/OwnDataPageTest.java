package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.ProtocolSummary.FeatureSummary;
import io.github.linfhash.results.schema.Results;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** The page of vectors that the paper knows nothing of: it speaks of them alone. */
class OwnDataPageTest {
    private static final Document PAGE = Jsoup.parse(SamplePage.withoutCode(
            ComparisonPage.render(vectors(SampleResults.comparison()), SamplePage.TABLES, SamplePage.PROVENANCE)));

    private static Results vectors(Results sample) {
        ProtocolSummary p = sample.protocol();
        ProtocolSummary protocol = new ProtocolSummary(
                "mine",
                "x.npy",
                p.hash(),
                null,
                p.dataset(),
                new FeatureSummary(
                        FeatureSummary.AS_GIVEN,
                        p.features().hash(),
                        p.features().dimension()),
                p.sizes(),
                p.conventions(),
                p.headline(),
                null,
                p.bits(),
                p.seeds(),
                p.methods());
        return new Results(protocol, sample.environment(), sample.runs());
    }

    @Test
    void nothingIsSaidOfThePaperInTheTable() {
        assertThat(PAGE.select("section:has(#comparison)").text())
                .doesNotContain("paper", "ours", "our ", "Source")
                .contains("Seeds");
        assertThat(PAGE.select("tr.ours th[scope=row]:not(.bits)").eachText()).contains("n = 3");
    }

    @Test
    void rowsAreNotCalledImages() {
        assertThat(PAGE.select("p.lead").text())
                .contains("a new split of the vectors", "2,000 labeled training vectors", "query vectors")
                .doesNotContain("image");
        assertThat(PAGE.select("section:has(#methods) > details > p").text())
                .contains("labeled training vectors")
                .doesNotContain("image");
    }

    @Test
    void bandsAreSpokenOfWhereThereAreAny() {
        assertThat(PAGE.select("section:has(#by-radius) figcaption").text()).contains("Bands: 95% interval");
        Results one = SampleResults.comparison();
        Results single = new Results(
                one.protocol()
                        .withRuns(
                                one.protocol().bits(),
                                List.of(0L),
                                one.protocol().methods()),
                one.environment(),
                one.runs().stream().filter(run -> run.key().seed() == 0).toList());
        assertThat(SamplePage.withoutCode(ComparisonPage.render(single, SamplePage.TABLES, SamplePage.PROVENANCE)))
                .doesNotContain("Bands:");
    }

    @Test
    void whatTheTitleSaysIsNotSaidAgain() {
        assertThat(PAGE.select("header p").eachText()).contains("Measured on Fashion-MNIST, 12,000 images.");
        Results sample = SampleResults.comparison();
        ProtocolSummary p = vectors(sample).protocol();
        ProtocolSummary titled = new ProtocolSummary(
                p.name(),
                p.dataset().title(),
                p.hash(),
                null,
                p.dataset(),
                p.features(),
                p.sizes(),
                p.conventions(),
                p.headline(),
                p.shown(),
                p.bits(),
                p.seeds(),
                p.methods());
        Document page = Jsoup.parse(ComparisonPage.render(
                new Results(titled, sample.environment(), sample.runs()), SamplePage.TABLES, SamplePage.PROVENANCE));
        assertThat(page.select("header p").text()).doesNotContain("Measured on");
        assertThat(page.select("p.note.bad").text()).contains("1 of 24 runs failed");
    }

    @Test
    void equalRowsStayInTheOrderOfTheProtocol() {
        Results made =
                MadeResults.of(List.of("itq", "deep-linf", "ksh"), List.of(4, 6), 1, (method, bits, seed) -> 0.5);
        assertThat(Jsoup.parse(ComparisonPage.render(vectors(made), SamplePage.TABLES, SamplePage.PROVENANCE))
                        .select("table.comparison th.method")
                        .eachAttr("data-value"))
                .containsExactly("itq", "deep-linf", "ksh", "itq", "deep-linf", "ksh");
    }
}
