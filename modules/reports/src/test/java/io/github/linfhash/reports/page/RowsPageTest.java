package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.reports.figures.ResultFigures;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.tables.ComparisonBuilder;
import io.github.linfhash.results.tables.SummaryTable;
import io.github.linfhash.results.tables.TableFiles;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** A method in two rows, on the page, in tables and in charts. */
class RowsPageTest {
    private static final String PRINTED = "Deep l-infinity encoder, as printed";
    private static final String TUNED = "Deep l-infinity encoder, tuned";

    private static final Document PAGE =
            Jsoup.parse(ComparisonPage.render(SampleResults.rows(), SamplePage.TABLES, SamplePage.PROVENANCE));

    @Test
    void rowsStandSideBySideEachBesideThePrintedNumbers() {
        List<String> headings = PAGE.select("table.comparison th.method").stream()
                .map(heading -> String.join(" ", heading.children().eachText()))
                .toList();
        // The rows of the smaller code length, then those of the larger one in the same order.
        assertThat(headings.subList(0, headings.size() / 2))
                .isEqualTo(headings.subList(headings.size() / 2, headings.size()))
                .containsSubsequence(
                        TUNED + " deep-linf:tuned see the note paper: Proposed",
                        PRINTED + " deep-linf:as-printed see the note paper: Proposed");
        List<String> printed = PAGE.select("table.comparison tbody:has(th[data-value^=Deep]) tr.printed td")
                .eachText();
        int row = printed.size() / 4;
        assertThat(row).isPositive();
        assertThat(printed.subList(0, row)).isEqualTo(printed.subList(row, 2 * row));
        assertThat(printed.subList(2 * row, 3 * row)).isEqualTo(printed.subList(3 * row, 4 * row));
        assertThat(PAGE.select("table.comparison tbody:has(th[data-value^=Deep]) tr.ours td[data-column=map]"))
                .extracting(cell -> cell.attr("data-value").substring(0, 4))
                .containsExactly("0.60", "0.20", "0.60", "0.20");
    }

    @Test
    void notesStandBelowTheTableAndOptionsOfALengthAmongTheOptions() {
        assertThat(PAGE.select("section:has(#comparison) ul.legend").text())
                .contains(PRINTED + ": As the paper prints.", TUNED + ": Searched.");
        assertThat(PAGE.select("section:has(#methods)").text())
                .contains(TUNED + " deep-linf:tuned")
                .contains(TUNED + ": epochs = 40 at 64 bits");
    }

    @Test
    void thePageCountsMethodsAndRowsAndSaysWhatClaimsSpeakOf() {
        assertThat(PAGE.select("p.lead").text())
                .startsWith("4 hashing methods in 5 configurations with codes of 48 and 64 bits");
        assertThat(SamplePage.TEXT).contains("4 hashing methods with codes").doesNotContain("hashing methods in ");
        assertThat(PAGE.select("section:has(#verdict)").text()).contains("at 48 bits " + TUNED);
    }

    @Test
    void chartsHaveALineForEachRow() {
        assertThat(ResultFigures.of(Evidence.without(SampleResults.rows())))
                .isNotEmpty()
                .allSatisfy(figure -> assertThat(figure.charts()).allSatisfy(chart -> {
                    assertThat(chart.series()).extracting(line -> line.name()).contains(PRINTED, TUNED);
                    assertThat(chart.series().stream().map(line -> line.style()).distinct())
                            .hasSameSizeAs(chart.series());
                }));
    }

    @Test
    void tablesNameTheRow() {
        Map<String, String> files = TableFiles.of(
                ComparisonBuilder.compare(
                        Evidence.without(SampleResults.rows()),
                        SamplePage.TABLES.beside(SampleResults.rows().protocol())),
                "Rows");
        assertThat(files.get("table.csv")).contains("\ndeep-linf:as-printed,48,map,", "\ndeep-linf:tuned,48,map,");
        assertThat(files.get("table.md"))
                .contains("| " + PRINTED + " | 48 | ours |", "| " + TUNED + " | 48 | paper |")
                .endsWith(TUNED + ": Searched.\n");
        assertThat(files.get("table.tex")).contains("\n" + PRINTED + " & 48 & paper", "\n" + TUNED + " & 48 & paper");
        assertThat(SummaryTable.of(SampleResults.rows()).text()).contains("deep-linf:as-printed", "deep-linf:tuned");
        assertThat(SummaryTable.of(SampleResults.rows()).csv()).contains("\ndeep-linf:tuned,48,3,0,");
        assertThat(SummaryTable.of(SampleResults.rows()).json()).contains("\"method\": \"deep-linf:tuned\"");
    }
}
