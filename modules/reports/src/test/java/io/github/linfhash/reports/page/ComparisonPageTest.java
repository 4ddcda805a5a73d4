package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.reports.Printed;
import io.github.linfhash.reports.SampleResults;
import io.github.linfhash.reports.charts.ChartPng;
import io.github.linfhash.reports.published.PublishedTables;
import io.github.linfhash.reports.results.ProtocolSummary;
import io.github.linfhash.reports.results.Results;
import io.github.linfhash.reports.results.ResultsJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonPageTest {
    private static final String COMMAND = "./linfhash reproduce --protocol fashion-mnist --seeds 0-2";
    private static final PublishedTables TABLES = Printed.tables();

    private static final Provenance PROVENANCE = new Provenance(COMMAND, true, "name: sample # <b>&</b>\n");

    private final String whole = ComparisonPage.render(SampleResults.comparison(), TABLES, PROVENANCE);

    /** What the page says, without the code of its scripts. */
    private final String page = withoutCode(whole);

    private static String withoutCode(String html) {
        return html.replaceAll("(?s)<script>.*?</script>", "");
    }

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
    void ourNumbersAreMeansWithTheirIntervalsInPercent() {
        String line = lines("ours").get(0);
        assertThat(line).contains("n\u00a0=\u00a03");
        // ksh at 48 bits: mAP .348, .350, .352; recall@0 is a 3500th of it. Half widths: 0.2 times 4.303 (Student's t
        // for
        // two degrees of freedom, from a printed table) over the root of 3.
        assertThat(cells(line))
                .containsExactly(
                        "35.00 \u00b1\u00a00.50",
                        "17.50 \u00b1\u00a00.25",
                        "0.70 \u00b1\u00a00.01",
                        "1.35 \u00b1\u00a00.02",
                        "7.00 \u00b1\u00a00.10",
                        "1.0\u00d710\u22122 \u00b1\u00a0&lt;0.1\u00d710\u22122",
                        "2.0\u00d710\u22122 \u00b1\u00a0&lt;0.1\u00d710\u22122",
                        "25.00 \u00b1\u00a00.00",
                        "75.00 \u00b1\u00a00.00",
                        "9049 \u00b1\u00a02");
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
        String reproduction = withoutCode(ComparisonPage.render(SampleResults.reproduction(), TABLES, PROVENANCE));
        assertThat(reproduction)
                .contains("Measured on CIFAR-10, the data set of Table 2.")
                .doesNotContain("not a reproduction")
                .doesNotContain("orientation only");
    }

    @Test
    void noPrintedNumberStandsBesideSyntheticData() {
        String synthetic = withoutCode(ComparisonPage.render(SampleResults.synthetic(), TABLES, PROVENANCE));
        assertThat(synthetic)
                .contains("<title>SYNTHETIC: ", "<h1>SYNTHETIC: ")
                .contains("SYNTHETIC: the features of CIFAR-10 were generated.")
                .contains("6,000 images of each class, as expected")
                .doesNotContain("class=\"printed\"", "Table 2");
    }

    @Test
    void withoutAPrintedTableNothingIsSaidToBePrinted() {
        String alone = withoutCode(ComparisonPage.render(besides(null), TABLES, PROVENANCE));
        assertThat(alone)
                .contains("The paper prints no numbers for this protocol.")
                .doesNotContain("class=\"printed\"")
                .doesNotContain("not a reproduction");
    }

    @Test
    void aPrintedTableThatThereIsNotIsRefused() {
        assertThatThrownBy(() -> ComparisonPage.render(besides("T9"), TABLES, PROVENANCE))
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
        assertThat(withoutCode(ComparisonPage.render(fine, TABLES, PROVENANCE)))
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
        Document document = Jsoup.parse(whole);
        assertThat(document.select("link, img, iframe, object, embed, [src], [srcset], [xlink:href]"))
                .isEmpty();
        assertThat(document.select("style").html()).isNotEmpty().doesNotContain("url(", "@import");
        assertThat(document.select("[href]").eachAttr("href"))
                .isNotEmpty()
                .allMatch(link -> link.startsWith("#") || link.matches("charts/[a-z0-9-]+\\.(svg|png)"));
    }

    @Test
    void onlyThePagesOwnScriptsMayRun() throws GeneralSecurityException {
        Document document = Jsoup.parse(whole);
        String policy =
                document.select("meta[http-equiv=Content-Security-Policy]").attr("content");
        assertThat(policy).startsWith("default-src 'none';").doesNotContain("script-src 'unsafe-inline'");
        List<Element> scripts = document.select("script:not([type])");
        assertThat(scripts).hasSize(3);
        for (Element script : scripts) {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(script.data().getBytes(StandardCharsets.UTF_8));
            assertThat(policy).contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
        }
    }

    @Test
    void everyChartHasAPictureItsDataAndATable() throws IOException {
        Document document = Jsoup.parse(whole);
        assertThat(document.select("figure.plot").eachAttr("id"))
                .containsExactly(
                        "precision-recall-48",
                        "precision-recall-64",
                        "precision-radius-48",
                        "recall-radius-48",
                        "precision-radius-64",
                        "recall-radius-64",
                        "loss-48",
                        "loss-64");
        for (Element figure : document.select("figure.plot")) {
            assertThat(figure.select("svg polyline")).isNotEmpty();
            JsonNode data = new JsonMapper()
                    .readTree(figure.select("script[type=application/json]")
                            .get(0)
                            .data());
            assertThat(data.get("series")).hasSize(4);
            assertThat(figure.select("details table thead th")).hasSize(1 + 4);
            assertThat(figure.select("details table tbody tr"))
                    .hasSameSizeAs(data.get("series").get(0).get("points"));
        }
    }

    @Test
    void pointsOfAChartAreTheMeansOverSeeds() throws IOException {
        JsonNode data = new JsonMapper()
                .readTree(Jsoup.parse(whole)
                        .expectFirst("#data-precision-radius-48")
                        .data());
        // ksh at 48 bits: mAP .348, .350, .352; precision falls to a quarter of it at radius N.
        JsonNode points = data.get("series").get(0).get("points");
        assertThat(points).hasSize(49);
        assertThat(points.get(0).get(1).asDouble()).isCloseTo(35, within(1e-9));
        assertThat(points.get(48).get(1).asDouble()).isCloseTo(8.75, within(1e-9));
        assertThat(points.get(0).get(3).asDouble()).isCloseTo(35 + 0.2 * 4.303 / Math.sqrt(3), within(1e-3));
        assertThat(points.get(0).get(2).asDouble()).isCloseTo(35 - 0.2 * 4.303 / Math.sqrt(3), within(1e-3));
    }

    @Test
    void impossibleNumbersAreCorrected() {
        Document document = Jsoup.parse(whole);
        // AGH2 at 48 bits: recall and F1 within radius 2 are printed in each other's place.
        Element line = document.select("table.comparison tbody").stream()
                .filter(body -> body.text().startsWith("AGH2 48"))
                .findFirst()
                .orElseThrow()
                .expectFirst("tr.corrected");
        assertThat(line.select("td").eachText().stream().filter(text -> !text.isEmpty()))
                .containsExactly("3.6\u00d710\u22122", "7.1\u00d710\u22122");
        assertThat(document.select("tr.corrected td:contains(?)")).isEmpty();
        assertThat(document.select("tr.corrected")).hasSize(6);
    }

    @Test
    void theVerdictNamesTheLeadAndItsCertainty() {
        Document document = Jsoup.parse(whole);
        // In the sample every seed gives itq the same lead over the method before it.
        assertThat(document.expectFirst(".verdict li").text())
                .isEqualTo("mAP: at 48 bits ITQ (41.00) leads Deep l-infinity encoder (39.00), p < 0.001;"
                        + " at 64 bits ITQ (42.60) leads Deep l-infinity encoder (40.50), p < 0.001.");
        assertThat(document.text())
                .contains("n is the number of seeds")
                .doesNotContain("Are the printed numbers reached");
        Document reproduction = Jsoup.parse(ComparisonPage.render(SampleResults.reproduction(), TABLES, PROVENANCE));
        // KSH, NNH and the deep encoder, 7 numbers at each of 2 lengths.
        assertThat(reproduction.text()).contains("Of 42 that can be compared, ");
    }

    @Test
    void theProtocolFileIsShownAsText() {
        assertThat(Jsoup.parse(whole).select("details pre").text()).isEqualTo("name: sample # <b>&</b>");
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
    void markupInDataStaysText() throws IOException {
        String evil = "<script>alert('x')</script><img src=x onerror=\"y\">&amp;";
        Results results = SampleResults.everythingCalled(evil);

        Document parsed = Jsoup.parse(ComparisonPage.render(results, TABLES, new Provenance(evil, true, evil)));
        String shown = withoutCode(parsed.html());

        assertThat(parsed.select("img, [onerror]")).isEmpty();
        assertThat(parsed.select("script:not([type])")).hasSize(3);
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

    @Test
    void allFilesAreWrittenAndNothingElse(@TempDir Path folder) throws IOException {
        Path out = folder.resolve("out/fashion-mnist");
        Results sample = SampleResults.comparison();

        assumeTrue(ChartPng.obstacle().isEmpty(), "there are fonts");
        ReportWriter.Written written = ReportWriter.write(out, sample, TABLES, List.of(), PROVENANCE);

        assertThat(written.missing()).isEmpty();
        assertThat(written.page()).isEqualTo(out.resolve("index.html")).hasContent(whole);
        assertThat(ResultsJson.text(ResultsJson.read(out.resolve("results.json"))))
                .isEqualTo(ResultsJson.text(sample));
        assertThat(names(out))
                .containsExactly("charts", "index.html", "results.json", "table.csv", "table.md", "table.tex");
        List<String> links = Jsoup.parse(whole).select("a[href^=charts/]").eachAttr("href");
        assertThat(links)
                .hasSize(2 * 8)
                .allSatisfy(link -> assertThat(out.resolve(link)).isNotEmptyFile());
        assertThat(names(out.resolve("charts"))).hasSameSizeAs(links);
    }

    @Test
    void withoutFontsThereAreNoPngAndNoLinksToThem(@TempDir Path folder) throws IOException {
        Path charts = Files.createDirectories(folder.resolve("charts"));
        Files.writeString(charts.resolve("loss-64.png"), "of an earlier run");

        ReportWriter.Written written = ReportWriter.render(
                folder,
                SampleResults.comparison(),
                TABLES,
                List.of(),
                PROVENANCE,
                Optional.of("this Java finds no fonts (x)"));

        assertThat(written.missing()).contains("the charts are there as SVG, not as PNG: this Java finds no fonts (x)");
        List<String> links = Jsoup.parse(Files.readString(written.page()))
                .select("a[href^=charts/]")
                .eachAttr("href");
        assertThat(links).hasSize(8).allMatch(link -> link.endsWith(".svg"));
        assertThat(names(charts)).hasSize(8).allMatch(name -> name.endsWith(".svg"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void nothingIsWrittenForATableThatThereIsNot(@TempDir Path folder) {
        Path out = folder.resolve("out");
        assertThatThrownBy(() -> ReportWriter.write(out, besides("T9"), TABLES, List.of(), PROVENANCE))
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
}
