package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.results.SampleResults;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Who leads. */
class VerdictSectionTest {
    @Test
    void theVerdictNamesTheLeadAndItsCertainty() {
        Document document = Jsoup.parse(SamplePage.WHOLE);
        // In the sample every seed gives itq the same lead over the method before it.
        assertThat(document.expectFirst(".verdict li").text())
                .isEqualTo("mAP: at 48 bits ITQ (41.00) leads Deep l-infinity encoder (39.00), p < 0.001;"
                        + " at 64 bits ITQ (42.60) leads Deep l-infinity encoder (40.50), p < 0.001.");
        assertThat(document.text())
                .contains("n is the number of seeds")
                .doesNotContain("Are the printed numbers reached");
        Document reproduction = Jsoup.parse(
                ComparisonPage.render(SampleResults.reproduction(), SamplePage.TABLES, SamplePage.PROVENANCE));
        // KSH, NNH and the deep encoder, 7 numbers at each of 2 lengths.
        assertThat(reproduction.text()).contains("Of 42 that can be compared, ");
    }

    @Test
    void theShortestMeanDistanceLeads() {
        Document document = Jsoup.parse(ComparisonPage.render(
                SampleResults.withDistances(SampleResults.comparison()), SamplePage.TABLES, SamplePage.PROVENANCE));
        assertThat(document.select(".verdict li").eachText())
                .contains("Mean distance of relevant pairs, bits: at 48 bits ITQ (14.16) leads Deep l-infinity encoder"
                        + " (14.64), p < 0.001; at 64 bits ITQ (18.37) leads Deep l-infinity encoder (19.04),"
                        + " p < 0.001.");
        assertThat(document.select("section[aria-labelledby=verdict] caption").eachText())
                .containsExactly("In percent and points, or in the unit that a metric's name ends with,"
                        + " \u00b1 half width of the 95 % interval over seeds");
        assertThat(document.select("th[data-column=meanDistance]").eachText()).containsExactly("Mean dist., bits");
        assertThat(document.select("td[data-column=meanDistance] strong").eachText())
                .containsExactly("14.16", "18.37");
    }
}
