package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.results.MadeResults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class AnswerSectionTest {
    private static List<String> answer(List<String> methods, int seeds, MadeResults.Formula formula) {
        Document page = Jsoup.parse(ComparisonPage.render(
                MadeResults.of(methods, List.of(48), seeds, formula), SamplePage.TABLES, SamplePage.PROVENANCE));
        return page.select("section[aria-labelledby=answer] li").eachText();
    }

    @Test
    void theBestMethodIsNamedWithThoseThatAreNotSignificantlyWorse() {
        double[][] values = {{0.50, 0.60, 0.55, 0.52}, {0.52, 0.55, 0.56, 0.51}, {0.30, 0.40, 0.36, 0.33}};
        assertThat(answer(
                        List.of("a", "b", "c"), 4, (method, bits, seed) -> values[method.charAt(0) - 'a'][(int) seed]))
                .containsExactly("Best mAP: a, 54.25% at 48 bits.", "Not significantly worse: b (53.50%) at 48 bits.");
    }

    @Test
    void theClassifierBaselineStandsBesideTheBest() {
        double[][] values = {{0.50, 0.60, 0.55, 0.52}, {0.30, 0.41, 0.36, 0.33}};
        assertThat(answer(
                        List.of("nnh", "class-codes"),
                        4,
                        (method, bits, seed) -> values[method.equals("nnh") ? 0 : 1][(int) seed]))
                .containsExactly(
                        "Best mAP: nnh, 54.25% at 48 bits.",
                        "All others are significantly worse.",
                        "The classifier baseline is behind nnh with 35.00% at 48 bits.");
    }

    @Test
    void oneSeedTestsNothing() {
        assertThat(answer(List.of("a", "b"), 1, (method, bits, seed) -> method.equals("a") ? 0.5 : 0.4))
                .containsExactly(
                        "Best mAP: a, 50.00% at 48 bits.", "Differences are not tested with fewer than 3 seeds.");
    }

    /** Of 40 methods that are as good, three are named. */
    @Test
    void noSentenceListsMoreThanAFewMethods() {
        List<String> methods = IntStream.range(0, 40).mapToObj(i -> "m" + i).toList();
        assertThat(answer(
                        methods,
                        4,
                        (method, bits, seed) -> 0.5
                                + (method.equals("m0") ? 0.01 : 0)
                                + Math.sin(methods.indexOf(method) * 7.0 + seed) / 10))
                .hasSize(2)
                .last()
                .asString()
                .matches("Not significantly worse: [^,]+, [^,]+, [^,]+ and [0-9]+ other methods at 48 bits\\.");
    }

    @Test
    void thePageOpensWithTheFirstConfigurationOfAMethod() {
        Map<String, Double> rows = new LinkedHashMap<>();
        rows.put("slow", 0.4);
        rows.put("fast", 0.6);
        Document page = Jsoup.parse(
                ComparisonPage.render(MadeResults.ofRows("nnh", rows, 2), SamplePage.TABLES, SamplePage.PROVENANCE));
        assertThat(page.select(".comparison tbody.other:has(th.bits:contains(48)) th.method code")
                        .eachText())
                .containsExactly("nnh:fast");
        assertThat(page.select(".comparison tbody:not(.other):has(th.bits:contains(48)) th.method code")
                        .eachText())
                .contains("nnh:slow")
                .doesNotContain("nnh:fast");
        assertThat(page.select("label[for=fold]").text()).isEqualTo("Show all configurations (2 more)");
    }
}
