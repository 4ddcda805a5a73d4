package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.reports.page.ReportWriter.Provenance;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.ProtocolSummary.DatasetSummary;
import io.github.linfhash.results.schema.Results;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** The page as a whole: what it says of its data, that it stands alone, and that it is well-formed. */
class ComparisonPageTest {
    @Test
    void anotherDataSetIsNoReproduction() {
        assertThat(SamplePage.TEXT)
                .contains("Measured on Fashion-MNIST, 12,000 images: not a reproduction of the paper\u2019s numbers.")
                .contains("its published numbers are shown for orientation only.")
                .contains("class=\"note warn\"");
    }

    @Test
    void thePapersDataSetIsSaidToBeSo() {
        String reproduction = SamplePage.withoutCode(
                ComparisonPage.render(SampleResults.reproduction(), SamplePage.TABLES, SamplePage.PROVENANCE));
        assertThat(reproduction)
                .contains("Measured on CIFAR-10, the data set of Table 2.")
                .doesNotContain("not a reproduction")
                .doesNotContain("orientation only");
    }

    @Test
    void noPrintedNumberStandsBesideSyntheticData() {
        String synthetic = SamplePage.withoutCode(
                ComparisonPage.render(SampleResults.synthetic(), SamplePage.TABLES, SamplePage.PROVENANCE));
        assertThat(synthetic)
                .contains("<title>SYNTHETIC: ", "<h1>SYNTHETIC: ")
                .contains("SYNTHETIC: the features of CIFAR-10 were generated.")
                .contains("6,000 images of each class, as expected")
                .doesNotContain("class=\"printed\"", "Table 2");
    }

    @Test
    void factsThatForbidAComparisonAreSaidBeforeAnyNumber() {
        String fact = "methods saw more: " + DatasetSummary.INCOMPARABLE;
        Results results = SampleResults.comparison(
                new DatasetSummary("cifar10", "CIFAR-10", "0".repeat(64), 60000, false, false, List.of(fact)));
        Document page = Jsoup.parse(ComparisonPage.render(results, SamplePage.TABLES, SamplePage.PROVENANCE));
        assertThat(page.select("p.note.warn").eachText()).contains("M" + fact.substring(1) + ".");
        assertThat(page.select("section:has(#data) dd").eachText()).contains(fact, "same-class");
        assertThat(page.select("section:has(#data) dt").eachText()).contains("Convention: evaluation.relevance");
    }

    @Test
    void withoutAPrintedTableNothingIsSaidToBePrinted() {
        String alone = SamplePage.withoutCode(
                ComparisonPage.render(SamplePage.besides(null), SamplePage.TABLES, SamplePage.PROVENANCE));
        assertThat(alone)
                .doesNotContain("The paper ")
                .doesNotContain("class=\"printed\"")
                .doesNotContain("not a reproduction");
    }

    @Test
    void aPrintedTableThatThereIsNotIsRefused() {
        assertThatThrownBy(
                        () -> ComparisonPage.render(SamplePage.besides("T9"), SamplePage.TABLES, SamplePage.PROVENANCE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("T9");
    }

    @Test
    void failedRunsAreCountedAndExplained() {
        assertThat(SamplePage.TEXT)
                .contains("<strong>1 of 24 runs failed.</strong>")
                .contains("2\u00a0of\u00a03")
                .contains(SampleResults.FAILURE);
        Results sample = SampleResults.comparison();
        Results fine = new Results(
                sample.protocol(),
                sample.environment(),
                sample.runs().stream().filter(run -> !run.failed()).toList());
        assertThat(SamplePage.withoutCode(ComparisonPage.render(fine, SamplePage.TABLES, SamplePage.PROVENANCE)))
                .doesNotContain("failed")
                .doesNotContain("id=\"failures\"");
    }

    @Test
    void thePageStandsAlone() {
        Document document = Jsoup.parse(SamplePage.WHOLE);
        assertThat(document.select("link, img, iframe, object, embed, [src], [srcset], [xlink:href]"))
                .isEmpty();
        assertThat(document.select("style").html()).isNotEmpty().doesNotContain("url(", "@import");
        assertThat(document.select("[href]").eachAttr("href"))
                .isNotEmpty()
                .allMatch(link -> link.startsWith("#")
                        || link.matches("charts/[a-z0-9-]+\\.(svg|png)|table\\.(csv|md|tex)|results\\.json"));
    }

    @Test
    void onlyThePagesOwnScriptsMayRun() throws GeneralSecurityException {
        Document document = Jsoup.parse(SamplePage.WHOLE);
        String policy =
                document.select("meta[http-equiv=Content-Security-Policy]").attr("content");
        assertThat(policy).startsWith("default-src 'none';").doesNotContain("script-src 'unsafe-inline'");
        List<Element> scripts = document.select("script:not([type])");
        assertThat(scripts).hasSize(2);
        for (Element script : scripts) {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(script.data().getBytes(StandardCharsets.UTF_8));
            assertThat(policy).contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
        }
    }

    @Test
    void everyLinkWithinThePageHasItsTarget() {
        assertThat(Pattern.compile("href=\"#([^\"]*)\"")
                        .matcher(SamplePage.TEXT)
                        .results()
                        .map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(id -> assertThat(SamplePage.TEXT).contains("id=\"" + id + "\""));
    }

    @Test
    void everyHeadingOfATableSaysWhatItHeads() {
        List<String> headings = Pattern.compile("<th[ >][^>]*>?")
                .matcher(SamplePage.TEXT)
                .results()
                .map(heading -> heading.group())
                .toList();
        assertThat(headings).hasSizeGreaterThan(60).allMatch(heading -> heading.contains("scope=\""));
        assertThat(SamplePage.count("<caption><span>")).isEqualTo(SamplePage.count("<table"));
    }

    @Test
    void markupInDataStaysText() throws IOException {
        String evil = "<script>alert('x')</script><img src=x onerror=\"y\">&amp;";
        Results results = SampleResults.everythingCalled(evil);

        Document parsed =
                Jsoup.parse(ComparisonPage.render(results, SamplePage.TABLES, new Provenance(evil, true, evil)));
        String shown = SamplePage.withoutCode(parsed.html());

        assertThat(parsed.select("img, [onerror]")).isEmpty();
        assertThat(parsed.select("script:not([type])")).hasSize(2);
        assertThat(new JsonMapper()
                        .readTree(parsed.expectFirst("#data-loss-64").data())
                        .get("series")
                        .get(0)
                        .get("name")
                        .asText())
                .isEqualTo(evil);
        assertThat(Pattern.compile(Pattern.quote("&lt;script&gt;alert('x')&lt;/script&gt;"))
                        .matcher(shown)
                        .results()
                        .count())
                .isGreaterThanOrEqualTo(19);
        assertThat(shown).contains("&amp;amp;");
    }
}
