package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.MadeResults.Balls;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Results;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Who leads. */
class VerdictSectionTest {
    @Test
    void theVerdictNamesTheLeadAndItsCertainty() {
        Document document = Jsoup.parse(SamplePage.WHOLE);
        // In the sample every seed gives itq the same lead over the method before it; one run at 64 bits failed.
        assertThat(document.expectFirst(".verdict li").text())
                .isEqualTo("mAP: at 48 bits ITQ (41.00) leads Deep l-infinity encoder (39.00), p < 0.001;"
                        + " at 64 bits ITQ (42.60) is ahead of Deep l-infinity encoder (40.50), not tested.");
        assertThat(document.text())
                .contains("n is the number of seeds")
                .doesNotContain("Are the published numbers reached");
        Document reproduction = Jsoup.parse(
                ComparisonPage.render(SampleResults.reproduction(), SamplePage.TABLES, SamplePage.PROVENANCE));
        // KSH, NNH and the deep encoder, 7 numbers at each of 2 lengths; one of these has too few seeds for an
        // interval.
        assertThat(reproduction.text()).contains("Of 35 published numbers that can be compared, ");
    }

    @Test
    void theShortestMeanDistanceLeads() {
        Document document = Jsoup.parse(ComparisonPage.render(
                SampleResults.withDistances(SampleResults.comparison()), SamplePage.TABLES, SamplePage.PROVENANCE));
        assertThat(document.select(".verdict li").eachText())
                .contains(
                        "Mean distance of relevant pairs, bits: at 48 bits ITQ (14.16) is ahead of Deep l-infinity encoder"
                                + " (14.64), by the same difference with every seed, which cannot be tested; at 64 bits ITQ (18.37)"
                                + " is ahead of Deep l-infinity encoder (19.04), not tested.");
        assertThat(document.select("section[aria-labelledby=verdict] caption").eachText())
                .containsExactly(
                        "In percent and percentage points, or in the unit at the end of the metric's name,"
                                + " \u00b1 half width of the 95% interval, not corrected for several tests; p: corrected (Holm)");
        assertThat(document.select("th[data-column=meanDistance]").eachText()).containsExactly("Mean dist., bits");
        assertThat(document.select("td[data-column=meanDistance] strong").eachText())
                .containsExactly("14.16", "18.37");
    }

    private static Document made(List<String> methods, List<Integer> bits, int seeds, MadeResults.Formula formula) {
        return Jsoup.parse(ComparisonPage.render(
                MadeResults.of(methods, bits, seeds, formula), SamplePage.TABLES, SamplePage.PROVENANCE));
    }

    @Test
    void equalValuesAreCalledEqualAndAllAreBold() {
        Document page = made(
                List.of("itq", "ksh", "class-codes", "lsh"), List.of(48), 1, (method, bits, seed) -> switch (method) {
                    case "ksh" -> 0.5;
                    default -> 1;
                });
        assertThat(page.expectFirst(".verdict li").text())
                .isEqualTo("mAP: at 48 bits itq, class-codes and lsh are equal (100.00).");
        assertThat(page.select("td[data-column=map] strong").eachText()).containsExactly("100.00", "100.00", "100.00");
    }

    @Test
    void collapsedCodesAreNoLeadInRecallAndTheVerdictSaysWhy() {
        Map<String, List<Balls>> found = new LinkedHashMap<>();
        found.put("good", List.of(new Balls(0.6, 0.3, 0)));
        found.put("collapsed", List.of(new Balls(0.1, 0.9988, 0)));
        found.put("other", List.of(new Balls(0.4, 0.2, 0)));
        Document page = Jsoup.parse(
                ComparisonPage.render(MadeResults.ofBalls(found, 0.1), SamplePage.TABLES, SamplePage.PROVENANCE));
        assertThat(page.select(".verdict li").eachText())
                .contains("Recall, radius at most 2: at 48 bits good (30.00) is ahead of other (20.00), not tested.");
        assertThat(page.select("section[aria-labelledby=verdict]").text())
                .containsOnlyOnce("Not tested: differences of fewer than 3 seeds.");
        assertThat(page.select("ul.left-out li").eachText())
                .containsExactly("Recall, radius at most 2: at 48 bits collapsed (precision 10.00, chance 10.00).");
        assertThat(page.select("td[data-column=recall@2] strong").eachText()).containsExactly("30.00");
        assertThat(page.text()).contains("not clearly above chance");
        assertThat(SamplePage.TEXT).doesNotContain("left-out");
    }

    /** Without curves by radius, collapsed codes cannot be told from good ones. */
    @Test
    void nobodyLeadsInRecallWhereChanceIsNotKnown() {
        Map<String, List<Balls>> found = new LinkedHashMap<>();
        found.put("good", List.of(new Balls(0.6, 0.3, 0)));
        found.put("collapsed", List.of(new Balls(0.1, 0.9988, 0)));
        Results measured = MadeResults.ofBalls(found, 0.1);
        Results packed = SampleResults.withRuns(
                measured, measured.runs().stream().map(run -> run.with(run.metrics(), Map.of(), run.seconds())));
        Document page = Jsoup.parse(ComparisonPage.render(packed, SamplePage.TABLES, SamplePage.PROVENANCE));
        assertThat(page.select(".verdict li").eachText()).noneMatch(line -> line.startsWith("Recall"));
        assertThat(page.select("td[data-column=recall@2] strong")).isEmpty();
        assertThat(page.select("section[aria-labelledby=verdict]").text()).contains("Nobody leads in recall");
    }

    @Test
    void whatLooksEqualIsNotCalledALead() {
        Document page = made(
                List.of("itq", "lsh"), List.of(48), 1, (method, bits, seed) -> method.equals("itq") ? 0.5 : 0.50001);
        assertThat(page.expectFirst(".verdict li").text())
                .isEqualTo("mAP: at 48 bits lsh (50.00) and itq (50.00) differ by less than the last digit shown.");
    }

    @Test
    void oneMethodAloneHasNothingToBeComparedWith() {
        assertThat(made(List.of("itq"), List.of(48), 2, (method, bits, seed) -> 0.5)
                        .select("section[aria-labelledby=verdict]")
                        .text())
                .isEqualTo("Who leads in each metric Only itq was measured, so there is nothing to compare.");
    }

    /** Differences of a from b: -2, 5, -1 points; from c: 5, -2, 0; from d 20 with every seed. */
    @Test
    void whoElseCannotBeToldApartFromTheBestIsNamed() {
        double[][] values = {{0.50, 0.60, 0.55}, {0.52, 0.55, 0.56}, {0.45, 0.62, 0.55}, {0.30, 0.40, 0.35}};
        Document page = made(
                List.of("a", "b", "c", "d"),
                List.of(48),
                3,
                (method, bits, seed) -> values[method.charAt(0) - 'a'][(int) seed]);
        assertThat(page.expectFirst(".verdict li").text())
                .isEqualTo("mAP: at 48 bits a (55.00) and b (54.33) are not significantly different, p = 1.000;"
                        + " a is not significantly different from c, either.");
        assertThat(page.select("section[aria-labelledby=verdict]").text())
                .contains("With 3 seeds, no lead is significant. Run more seeds, at least 5.");
    }

    @Test
    void aLeadOverTheRunnerUpMayBeNoneOverAnother() {
        double[][] values = {{0.50, 0.60, 0.55}, {0.49, 0.59, 0.54}, {0.30, 0.64, 0.53}};
        Document page = made(
                List.of("a", "b", "c"),
                List.of(48),
                3,
                (method, bits, seed) -> values[method.charAt(0) - 'a'][(int) seed]);
        assertThat(page.expectFirst(".verdict li").text())
                .isEqualTo(
                        "mAP: at 48 bits a (55.00) leads b (54.00), p < 0.001, but is not significantly different from c.");
        assertThat(page.text()).doesNotContain("no lead is significant");
    }
}
