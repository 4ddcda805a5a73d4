package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Results;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** The picture that a report opens with. */
class RankingSectionTest {
    private static Document page(Results results) {
        return Jsoup.parse(ComparisonPage.render(results, SamplePage.TABLES, SamplePage.PROVENANCE));
    }

    /** Packed results have metrics alone, without curves. */
    @Test
    void allMethodsAreShownFromMetricsAloneTheBestOnTop() {
        Results sample = SampleResults.comparison();
        Document page = page(SampleResults.withRuns(
                sample, sample.runs().stream().map(run -> run.with(run.metrics(), Map.of(), run.seconds()))));
        assertThat(page.expectFirst("main > section").id()
                        + page.expectFirst("main h2").id())
                .isEqualTo("dots");
        assertThat(page.select("table.dots caption > span").eachText()).containsExactly("48 bits", "64 bits");
        assertThat(page.select("table.dots").get(0).select("tbody th").eachText())
                .containsExactly("ITQ", "Deep l-infinity encoder", "NNH", "KSH");
        // mAP of ITQ at 48 bits is .408, .410 and .412; half width: 0.2 times 4.303 over the root of 3.
        assertThat(page.expectFirst("table.dots td.mean").text()).isEqualTo("41.00 \u00b10.50");
        assertThat(page.select("main svg.chart polyline")).isEmpty();
    }

    /** Differences of a from b change their sign with the seed; c is far behind both. */
    @Test
    void methodsThatAreNotSignificantlyWorseShareAGroup() {
        double[][] values = {{0.50, 0.60, 0.55, 0.52}, {0.52, 0.55, 0.56, 0.51}, {0.30, 0.40, 0.36, 0.33}};
        Document page = page(MadeResults.of(
                List.of("c", "b", "a"),
                List.of(48),
                4,
                (method, bits, seed) -> values[method.charAt(0) - 'a'][(int) seed]));
        assertThat(page.select("table.dots tbody tr").eachText())
                .satisfiesExactly(
                        a -> assertThat(a).startsWith("a 54.25").endsWith(" 1"),
                        b -> assertThat(b).startsWith("b 53.50").endsWith(" 1"),
                        c -> assertThat(c).startsWith("c 34.75").endsWith(" 2"));
    }

    @Test
    void fewSeedsHaveNoGroups() {
        Document page = page(MadeResults.of(List.of("a", "b"), List.of(48), 2, (method, bits, seed) -> 0.5));
        assertThat(page.select("table.dots td.group")).isEmpty();
        assertThat(page.select("section[aria-labelledby=dots] p").text())
                .contains("There are no groups: nothing is tested with fewer than 3 seeds.");
    }

    /** A line is described where there is one. */
    @Test
    void oneSeedHasNoIntervals() {
        for (int seeds : new int[] {1, 3}) {
            Document page = page(
                    MadeResults.of(List.of("a", "b"), List.of(48), seeds, (method, bits, seed) -> 0.5 + 0.01 * seed));
            String note = page.select("section[aria-labelledby=dots] p").text();
            assertThat(note.contains("Lines: 95% intervals.")).as(note).isEqualTo(seeds > 1);
        }
    }

    @Test
    void theBestConfigurationByTestQueriesDecidesNothing() {
        Map<String, Double> rows = new LinkedHashMap<>();
        rows.put("slow", 0.4);
        rows.put("fast", 0.6);
        Document page = page(MadeResults.ofRows("nnh", rows, 2));
        assertThat(page.select("table.dots tbody th").eachText()).containsExactly("nnh, slow");
        assertThat(page.select("section[aria-labelledby=dots] p").text())
                .contains("The table lists all configurations.");
    }

    @Test
    void codesThatAreJudgedByNeighborsHaveBytes() {
        Results made = MadeResults.of(List.of("a", "b"), List.of(384), 2, (method, bits, seed) -> 0.5);
        String recall = StandardMetrics.NEIGHBOR_RECALLS.get(0).key();
        Document page = page(SampleResults.with(made, recall, run -> 0.9));
        assertThat(page.select("table.dots caption > span").eachText()).containsExactly("48 bytes");
    }
}
