package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.reports.Printed;
import io.github.linfhash.reports.SampleResults;
import io.github.linfhash.reports.published.PublishedTables;
import io.github.linfhash.reports.results.DatasetSummary;
import io.github.linfhash.reports.results.EnvironmentSummary;
import io.github.linfhash.reports.results.FeatureSummary;
import io.github.linfhash.reports.results.MethodSummary;
import io.github.linfhash.reports.results.OptionOrigin;
import io.github.linfhash.reports.results.OptionValue;
import io.github.linfhash.reports.results.ProtocolSummary;
import io.github.linfhash.reports.results.Results;
import io.github.linfhash.reports.results.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonPageTest {
    private static final String COMMAND = "./linfhash reproduce --protocol fashion-mnist --seeds 0-2";
    private static final PublishedTables TABLES = Printed.tables();

    private final String page = ComparisonPage.render(SampleResults.comparison(), TABLES, COMMAND);

    @Test
    void everyPrintedCellOfTheTableIsThereInItsOrder() {
        List<String> printed = lines("printed").stream()
                .flatMap(line -> cells(line).stream())
                .filter(cell -> !cell.isEmpty())
                .toList();

        assertThat(printed)
                .containsExactlyElementsOf(TABLES.table("T2").cells().stream()
                        .map(cell -> asShown(cell.printed().text())
                                + marks(cell.flags().size()))
                        .toList());
    }

    @Test
    void ourNumbersAreMeansWithSpreadInPercent() {
        String line = lines("ours").get(0);
        assertThat(line).contains("n\u00a0=\u00a03");
        // ksh at 48 bits: mAP .348, .350, .352; recall@0 is a 3500th of it.
        assertThat(cells(line))
                .containsExactly(
                        "35.00 \u00b1\u00a00.20",
                        "17.50 \u00b1\u00a00.10",
                        "0.70 \u00b1\u00a0&lt;0.01",
                        "1.35 \u00b1\u00a00.01",
                        "7.00 \u00b1\u00a00.04",
                        "1.0\u00d710\u22122 \u00b1\u00a0&lt;0.1\u00d710\u22122",
                        "2.0\u00d710\u22122 \u00b1\u00a0&lt;0.1\u00d710\u22122",
                        "25.00 \u00b1\u00a00.00",
                        "75.00 \u00b1\u00a00.00",
                        "9049 \u00b1\u00a01");
    }

    @Test
    void methodsThatThePaperDoesNotHaveAreMarked() {
        assertThat(page).contains("<span>ITQ</span><small>not in the paper</small>");
        assertThat(page).contains("<code>deep-linf</code><small>paper: Proposed</small>");
    }

    @Test
    void methodsOfThePaperThatWereNotRunSaySo() {
        assertThat(lines("ours").stream().filter(line -> line.contains("not run")))
                .hasSize(5 * 2);
    }

    @Test
    void anotherDataSetIsNoReproduction() {
        assertThat(page)
                .contains("Measured on Fashion-MNIST, 12,000 images: not a reproduction of the paper\u2019s numbers.")
                .contains("printed values are shown for orientation only.")
                .contains("class=\"note warn\"");
    }

    @Test
    void thePapersDataSetIsSaidToBeSo() {
        String reproduction = ComparisonPage.render(SampleResults.reproduction(), TABLES, COMMAND);
        assertThat(reproduction)
                .contains("Measured on CIFAR-10, the data set of Table 2.")
                .doesNotContain("not a reproduction")
                .doesNotContain("orientation only");
    }

    @Test
    void noPrintedNumberStandsBesideSyntheticData() {
        String synthetic = ComparisonPage.render(SampleResults.synthetic(), TABLES, COMMAND);
        assertThat(synthetic)
                .contains("<title>SYNTHETIC: ", "<h1>SYNTHETIC: ")
                .contains("SYNTHETIC: the features of CIFAR-10 were generated.")
                .contains("6,000 images of each class, as expected")
                .doesNotContain("class=\"printed\"", "Table 2", "31.48");
    }

    @Test
    void withoutAPrintedTableNothingIsSaidToBePrinted() {
        String alone = ComparisonPage.render(besides(null), TABLES, COMMAND);
        assertThat(alone)
                .contains("The paper prints no numbers for this protocol.")
                .doesNotContain("class=\"printed\"")
                .doesNotContain("not a reproduction");
    }

    @Test
    void aPrintedTableThatThereIsNotIsRefused() {
        assertThatThrownBy(() -> ComparisonPage.render(besides("T9"), TABLES, COMMAND))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("T9");
    }

    @Test
    void failedRunsAreCountedAndExplained() {
        assertThat(page)
                .contains("<strong>1 of 24 runs failed.</strong>")
                .contains("2\u00a0of\u00a03")
                .contains(SampleResults.FAILURE);
        Results sample = SampleResults.comparison();
        Results fine = new Results(
                sample.protocol(),
                sample.environment(),
                sample.runs().stream().filter(run -> !run.failed()).toList());
        assertThat(ComparisonPage.render(fine, TABLES, COMMAND))
                .doesNotContain("failed")
                .doesNotContain("id=\"failures\"");
    }

    @Test
    void provenanceIsComplete() {
        Results sample = SampleResults.comparison();
        assertThat(page)
                .contains("<code>" + COMMAND + "</code>")
                .contains(sample.protocol().hash())
                .contains("Split of seed 2")
                .contains("0123abcd", "Debian 17.0.21", "Sample CPU", "nd4j-native")
                .contains(
                        "<dt>learningRate</dt>", "<code>0.01</code>", "<code>not set</code>", "<code>1.0, 2.5</code>");
    }

    @Test
    void optionsSayWhereTheyComeFrom() {
        assertThat(page)
                .contains("<dt>learningRate</dt>\n<dd><code>0.01</code></dd>\n"
                        + "<dd class=\"origin\">tuned: linfhash tune sample --trials 9</dd>");
        assertThat(page)
                .contains("<dd class=\"origin\">protocol: set by the protocol</dd>")
                .contains("<dd class=\"origin\">released code: init.m: a dictionary</dd>");
        assertThat(count("class=\"origin\"")).isEqualTo(4 * 3);
    }

    @Test
    void thePageStandsAlone() {
        assertThat(page)
                .doesNotContain("<script", "<link", "<img", "<iframe", "url(", "@import", "http://", "https://")
                .contains("default-src &#39;none&#39;");
        Matcher links = Pattern.compile("(?:href|src)=\"([^\"]*)\"").matcher(page);
        assertThat(links.results().map(link -> link.group(1)).distinct())
                .isNotEmpty()
                .allMatch(link -> link.startsWith("#"));
    }

    @Test
    void everyLinkWithinThePageHasItsTarget() {
        assertThat(Pattern.compile("href=\"#([^\"]*)\"").matcher(page).results().map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(id -> assertThat(page).contains("id=\"" + id + "\""));
    }

    @Test
    void everyHeadingOfATableSaysWhatItHeads() {
        List<String> headings = Pattern.compile("<th[ >][^>]*>?")
                .matcher(page)
                .results()
                .map(heading -> heading.group())
                .toList();
        assertThat(headings).hasSizeGreaterThan(60).allMatch(heading -> heading.contains("scope=\""));
        assertThat(count("<caption><span>")).isEqualTo(count("<table"));
    }

    @Test
    void everyLineOfTheComparisonIsAsWideAsItsHeadings() {
        for (String kind : List.of("printed", "ours")) {
            for (String line : lines(kind)) {
                int width = cells(line).size();
                Matcher span = Pattern.compile("<td[^>]*colspan=\"(\\d+)\"").matcher(line);
                assertThat(span.find() ? Integer.parseInt(span.group(1)) : width)
                        .isEqualTo(10);
            }
        }
    }

    @Test
    void markupInDataStaysText() {
        String evil = "<script>alert('x')</script><img src=x onerror=\"y\">&amp;";
        Results results = everythingCalled(evil);

        String shown = ComparisonPage.render(results, TABLES, evil);

        assertThat(shown).doesNotContain("<script", "<img", "onerror=\"");
        assertThat(Pattern.compile(Pattern.quote("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"))
                        .matcher(shown)
                        .results()
                        .count())
                .isGreaterThanOrEqualTo(19);
        assertThat(shown).contains("&amp;amp;");
    }

    @Test
    void bothFilesAreWrittenAndNothingElse(@TempDir Path folder) throws IOException {
        Path out = folder.resolve("out/fashion-mnist");
        Results sample = SampleResults.comparison();

        Path file = ReportWriter.write(out, sample, TABLES, COMMAND);

        assertThat(file).isEqualTo(out.resolve("index.html")).hasContent(page);
        assertThat(ResultsJson.text(ResultsJson.read(out.resolve("results.json"))))
                .isEqualTo(ResultsJson.text(sample));
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void nothingIsWrittenForATableThatThereIsNot(@TempDir Path folder) {
        Path out = folder.resolve("out");
        assertThatThrownBy(() -> ReportWriter.write(out, besides("T9"), TABLES, COMMAND))
                .isInstanceOf(InputException.class);
        assertThat(out).doesNotExist();
    }

    private long count(String text) {
        return Pattern.compile(Pattern.quote(text)).matcher(page).results().count();
    }

    private List<String> lines(String kind) {
        Pattern line = Pattern.compile("<tr class=\"" + kind + "\">(.*?)</tr>", Pattern.DOTALL);
        return line.matcher(page).results().map(match -> match.group(1)).toList();
    }

    /** The texts of the data cells of a line, empty ones included. */
    private static List<String> cells(String line) {
        return Pattern.compile("<td[^>]*>(.*?)</td>", Pattern.DOTALL)
                .matcher(line)
                .results()
                .map(match -> match.group(1).replaceAll("<a [^>]*>.</a>", "*").replaceAll("<[^>]*>", ""))
                .toList();
    }

    private static String asShown(String printed) {
        return printed.replaceFirst("e-(.*)", "\u00d710\u2212$1");
    }

    private static String marks(int flags) {
        return "*".repeat(flags);
    }

    private static Results besides(@Nullable String table) {
        Results sample = SampleResults.comparison();
        ProtocolSummary p = sample.protocol();
        ProtocolSummary protocol = new ProtocolSummary(
                p.name(),
                p.title(),
                p.hash(),
                table,
                p.dataset(),
                p.features(),
                p.sizes(),
                p.conventions(),
                p.headline(),
                p.bits(),
                p.seeds(),
                p.methods());
        return new Results(protocol, sample.environment(), sample.runs());
    }

    private static Results everythingCalled(String name) {
        ProtocolSummary p = SampleResults.comparison().protocol();
        Map<String, OptionValue> options = Map.of(name, new OptionValue.Text(name));
        Map<String, OptionOrigin> origins = Map.of(name, new OptionOrigin(OptionOrigin.Source.PAPER, name));
        ProtocolSummary protocol = new ProtocolSummary(
                name,
                name,
                name,
                "T2",
                new DatasetSummary(name, name, name, 10, false, false, List.of(name)),
                new FeatureSummary(name, name, 3),
                p.sizes(),
                Map.of(name, name),
                List.of(name),
                p.bits(),
                p.seeds(),
                List.of(new MethodSummary(name, name, name, Supervision.UNSUPERVISED, options, origins)));
        RunResult failed = new RunResult(
                new RunKey(name, 48, 0), name, null, 0, Map.of(), Map.of(name, new double[] {1}), Map.of(), name);
        RunResult measured = SampleResults.measured(new RunKey(name, 64, 0), 0.5);
        EnvironmentSummary environment = new EnvironmentSummary(name, name, name, name, name, 2, name, 1, 1);
        return new Results(protocol, environment, List.of(failed, measured));
    }
}
