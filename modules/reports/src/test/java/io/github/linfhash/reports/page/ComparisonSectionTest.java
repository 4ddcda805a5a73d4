package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.results.MadeResults;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;

/** The table in the paper's layout. */
class ComparisonSectionTest {
    @Test
    void everyPrintedCellOfTheTableIsThere() {
        List<String> printed = SamplePage.lines("printed").stream()
                .flatMap(line -> SamplePage.cells(line).stream())
                .filter(cell -> !cell.isEmpty())
                .toList();

        assertThat(printed)
                .containsExactlyInAnyOrderElementsOf(SamplePage.TABLES.table("T2").cells().stream()
                        .map(cell -> asShown(cell.printed().text())
                                + marks(cell.flags().size()))
                        .toList());
    }

    @Test
    void ourNumbersAreMeansWithTheirIntervalsInPercent() {
        String line = SamplePage.lines("ours").stream()
                .filter(ours -> ours.contains(">35.00<"))
                .findFirst()
                .orElseThrow();
        assertThat(line).contains("n\u00a0=\u00a03");
        // ksh at 48 bits: mAP .348, .350, .352; recall@0 is a 3500th of it. Half widths: 0.2 times 4.303 (Student's t
        // for
        // two degrees of freedom, from a printed table) over the root of 3. Shares that are the same with each seed: 1
        // - 0.025^(1 / 3000) of the queries may be others, times 0.75.
        assertThat(SamplePage.cells(line))
                .containsExactly(
                        "35.00 \u00b1\u00a00.50",
                        "17.50 \u00b1\u00a00.25",
                        "0.70 \u00b1\u00a00.01",
                        "1.35 \u00b1\u00a00.02",
                        "7.00 \u00b1\u00a00.10",
                        "1.0\u00d710\u22122 \u00b1\u00a0&lt;0.1\u00d710\u22122",
                        "2.0\u00d710\u22122 \u00b1\u00a0&lt;0.1\u00d710\u22122",
                        "25.00 \u00b1\u00a00.09",
                        "75.00 \u00b1\u00a00.09",
                        "9049 \u00b1\u00a02");
    }

    /** mAP of the sample grows with the place in the protocol: ITQ, the deep encoder, NNH, KSH. */
    @Test
    void rowsAreBestFirstAtEachLength() {
        assertThat(
                        Jsoup.parse(SamplePage.WHOLE)
                                .select(".comparison tbody:has(td[data-column=map][data-value])")
                                .stream()
                                .map(body -> body.select("th.method").attr("data-value") + " "
                                        + body.select("th.bits").text()))
                .containsExactly(
                        "ITQ 48",
                        "Deep l-infinity encoder 48",
                        "NNH 48",
                        "KSH 48",
                        "ITQ 64",
                        "Deep l-infinity encoder 64",
                        "NNH 64",
                        "KSH 64");
    }

    @Test
    void columnsThatAreTheSameInAllRowsAreSaidOnce() {
        Document page = Jsoup.parse(ComparisonPage.render(
                SamplePage.besides(
                        null,
                        MadeResults.of(
                                List.of("a", "b"),
                                List.of(48),
                                4,
                                (method, bits, seed) -> method.equals("a") ? 0.5 : 0.4 + seed / 100.0)),
                SamplePage.TABLES,
                SamplePage.PROVENANCE));
        Element table = page.expectFirst("table.comparison");
        assertThat(table.select("caption").text())
                .isEqualTo("Means \u00b1 half width of the 95% interval, in percent; 48 bits; n = 4 in each row");
        assertThat(table.select("thead th").eachText())
                .contains("Method", "mAP")
                .doesNotContain("N", "Seeds");
        assertThat(table.select("tbody").eachText()).allMatch(row -> !row.contains("n = 4") && !row.contains("48"));
    }

    @Test
    void methodsThatThePaperDoesNotHaveAreMarked() {
        assertThat(SamplePage.TEXT).contains("<span>ITQ</span><small>not known</small><small>not in the paper</small>");
        assertThat(SamplePage.TEXT)
                .contains("<code>deep-linf</code><small>not known</small><small>paper: Proposed</small>");
    }

    @Test
    void methodsOfThePaperThatWereNotRunSaySo() {
        assertThat(SamplePage.lines("ours").stream().filter(line -> line.contains("not run")))
                .hasSize(5 * 2);
    }

    @Test
    void impossibleNumbersAreCorrected() {
        Document document = Jsoup.parse(SamplePage.WHOLE);
        // AGH2 at 48 bits: recall and F1 within radius 2 are printed in each other's place.
        Element line = document.select("table.comparison tbody").stream()
                .filter(body -> body.text().startsWith("AGH2 48"))
                .findFirst()
                .orElseThrow()
                .expectFirst("tr.corrected");
        assertThat(line.select("td").eachText().stream().filter(text -> !text.isEmpty()))
                .containsExactly("3.6\u00d710\u22122 [2]", "7.1\u00d710\u22122 [2]");
        assertThat(document.select("tr.corrected td:contains(?)")).isEmpty();
        assertThat(document.select("tr.corrected")).hasSize(6);
    }

    @Test
    void everyLineOfTheComparisonIsAsWideAsItsHeadings() {
        for (String kind : List.of("printed", "ours")) {
            for (String line : SamplePage.lines(kind)) {
                int width = SamplePage.cells(line).size();
                Matcher span = Pattern.compile("<td[^>]*colspan=\"(\\d+)\"").matcher(line);
                assertThat(span.find() ? Integer.parseInt(span.group(1)) : width)
                        .isEqualTo(10);
            }
        }
    }

    private static String asShown(String printed) {
        return printed.replaceFirst("e-(.*)", "\u00d710\u2212$1");
    }

    private static String marks(int flags) {
        return "*".repeat(flags);
    }

    @Test
    void everyCorrectionLeadsToItsReason() {
        Document document = Jsoup.parse(SamplePage.WHOLE);
        Elements marks = document.select("tr.corrected a");
        Elements reasons = document.select("ol.legend li");
        assertThat(marks).hasSameSizeAs(document.select("tr.corrected td:not(:empty)"));
        assertThat(document.select("tr.corrected [title]")).isEmpty();
        assertThat(marks.stream().map(mark -> mark.attr("href").substring(1)).distinct())
                .containsExactlyElementsOf(reasons.eachAttr("id"));
        assertThat(marks)
                .allSatisfy(mark -> assertThat(
                                document.getElementById(mark.attr("href").substring(1)))
                        .isSameAs(reasons.get(Integer.parseInt(mark.text().replaceAll("[\\[\\]]", "")) - 1)));
        assertThat(reasons.get(1).text()).contains("AGH2", "48").contains("swapped");
    }
}
