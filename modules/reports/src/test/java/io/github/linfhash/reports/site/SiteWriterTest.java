package io.github.linfhash.reports.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.reports.ranking.Leaderboards;
import io.github.linfhash.reports.ranking.SampleLeaderboards;
import io.github.linfhash.reports.ranking.SubmittedResults;
import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteWriterTest {
    private static final Map<String, String> FILES = files(SampleSite.small());

    @TempDir
    private Path folder;

    private static Map<String, String> files(Leaderboards board) {
        return SiteWriter.files(board, "0.1.0-test");
    }

    private static Map<String, Document> pages(Map<String, String> files) {
        Map<String, Document> pages = new LinkedHashMap<>();
        files.forEach((path, text) -> {
            if (path.endsWith(".html")) {
                pages.put(path, Jsoup.parse(text));
            }
        });
        return pages;
    }

    private static Document page(String path) {
        return pages(FILES).getOrDefault(path, new Document(""));
    }

    /** A section of a page, by the place of its heading. */
    private static Element section(Document page, String id) {
        return Objects.requireNonNull(
                Objects.requireNonNull(page.getElementById(id)).parent());
    }

    /** Where a link of a page leads, from the root of the site; without the place in the page. */
    private static String target(String page, String href) {
        String file = href.replaceAll("#.*$", "");
        return file.isEmpty()
                ? page
                : Path.of(page).resolveSibling(file).normalize().toString().replace('\\', '/');
    }

    @Test
    void everyLinkLeadsToAFileOfTheSiteAndToAPlaceThatIsThere() {
        Map<String, Document> pages = pages(FILES);
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Map.Entry<String, Document> page : pages.entrySet()) {
            for (Element link : page.getValue().select("a[href]")) {
                String href = link.attr("href");
                if (href.startsWith("https://")) {
                    continue;
                }
                links++;
                String target = target(page.getKey(), href);
                boolean there = FILES.containsKey(target);
                if (there && href.contains("#")) {
                    there = pages.getOrDefault(target, new Document(""))
                                    .getElementById(href.substring(href.indexOf('#') + 1))
                            != null;
                }
                if (!there) {
                    dead.add(page.getKey() + " -> " + href);
                }
            }
        }
        assertThat(links).isGreaterThan(20);
        assertThat(dead).isEmpty();
    }

    @Test
    void runsThatFailedAreCounted() {
        Map<String, Document> pages =
                pages(files(SampleLeaderboards.of(SampleLeaderboards.own("one", SampleResults.reproduction()))));
        assertThat(Objects.requireNonNull(pages.get("protocols/cifar10.html"))
                        .select(".ranking tr")
                        .eachText())
                .filteredOn(row -> row.endsWith("1 of 3 failed"))
                .hasSize(1);
    }

    @Test
    void olderRulesHavePagesOfTheirOwnAndAreNotRankedWithTheLatest() {
        List<String> protocols = FILES.keySet().stream()
                .filter(path -> path.matches("protocols/cifar10.*\\.html"))
                .toList();
        assertThat(protocols).hasSize(2).contains("protocols/cifar10.html");
        assertThat(section(page("protocols/cifar10.html"), "bits-48").select("tbody tr"))
                .hasSize(5);
        String older = protocols.stream()
                .filter(path -> path.contains("-e1-"))
                .findFirst()
                .orElseThrow();
        assertThat(section(page(older), "bits-48").select("tbody tr")).hasSize(5);
        assertThat(page("index.html").select("main a").eachAttr("href"))
                .containsSubsequence("protocols/cifar10.html", older);
    }

    @Test
    void resultsOfRulesThatAreNotTodaysSaySoWhereverTheyAreRanked() {
        Results results = SampleResults.lengthOptions();
        String protocol = results.protocol().name();
        List<SubmittedResults> given = List.of(SampleLeaderboards.own("results", results));
        String note = "Not today\u2019s rules. The protocol or the evaluator has changed";
        String suffix = ", not today\u2019s rules";
        Map<String, Document> other = pages(files(Leaderboards.of(given, Map.of(protocol, Digests.sha256("changed")))));
        assertThat(page(other, "protocols/cifar10.html").select(".note.warn").text())
                .contains(note);
        assertThat(page(other, "index.html").text()).contains(suffix);
        assertThat(page(other, "compare.html").select("#compare-data").html()).contains(suffix);

        pages(files(Leaderboards.of(given, Map.of(protocol, results.protocol().hash()))))
                .forEach((path, page) -> assertThat(page.html()).as(path).doesNotContain("Not today\u2019s", suffix));
    }

    private static Document page(Map<String, Document> pages, String path) {
        return Objects.requireNonNull(pages.get(path));
    }

    @Test
    void aRankingSaysWhoseSubmissionsAre() {
        Element rules = section(page("protocols/other.html"), "rules");
        assertThat(rules.select("li").eachText())
                .anyMatch(text ->
                        text.startsWith("sent-a, commit") && text.contains("codes by A. Author, made with their code."))
                .anyMatch(text ->
                        text.startsWith("sent-b, commit") && text.contains("codes by B. Author, made with their code."))
                .anyMatch(text -> text.matches("other-results, commit [0-9a-f]+"));
        assertThat(rules.select("a").eachAttr("href"))
                .containsExactly("https://a.example/code?x=1&y=2", "https://b.example/");
        assertThat(section(page("protocols/other.html"), "bits-32")
                        .select("tbody tr th")
                        .eachText())
                .contains("ours (sent-a) ours", "ours (sent-b) ours");
    }

    @Test
    void everyPageLeadsToTheDocumentationAndTheRepository() {
        pages(FILES)
                .values()
                .forEach(page -> assertThat(page.select("nav.site a").eachAttr("href"))
                        .contains(
                                "https://linfhash.github.io/linfhash/",
                                "https://linfhash.github.io/linfhash/entering.html",
                                "https://github.com/linfhash/linfhash"));
    }

    @Test
    void aRankingOpensWithAllMethodsTheBestOnTop() {
        Document ranking = page("protocols/other.html");
        assertThat(ranking.expectFirst("main h2").id()).isEqualTo("dots");
        Element dots = Objects.requireNonNull(ranking.select("table.dots").get(0));
        assertThat(dots.select("caption").text()).isEqualTo("16 bits");
        assertThat(dots.select("tbody th").eachText())
                .isEqualTo(section(ranking, "bits-16").select("tbody th").eachText().stream()
                        .map(name -> name.replaceFirst(" [^ ]+$", ""))
                        .toList());
    }

    @Test
    void quantizersHaveBytes() {
        String recall = StandardMetrics.NEIGHBOR_RECALLS.get(0).key();
        Results quantized = SampleLeaderboards.renamed(
                SampleResults.with(
                        MadeResults.of(List.of("opq", "int8"), List.of(384), 3, (method, bits, seed) -> 0.5),
                        recall,
                        run -> run.key().seed() / 10.0),
                "texts",
                "Some texts");
        Map<String, Document> pages = pages(files(SampleLeaderboards.of(
                SampleLeaderboards.own("hashed", SampleResults.comparison()),
                SampleLeaderboards.own("quantized", quantized))));
        Document index = Objects.requireNonNull(pages.get("index.html"));
        assertThat(index.select("tbody a").eachText())
                .containsExactly("Fashion-MNIST, 12,000 images, GIST-384", "Some texts");
        assertThat(index.select("td.lengths").eachText()).contains("48 bytes");
        assertThat(Objects.requireNonNull(pages.get("protocols/texts.html"))
                        .select("#bits-384")
                        .text())
                .isEqualTo("48 bytes");
        assertThat(Objects.requireNonNull(pages.get("compare.html"))
                        .select("#compare-data")
                        .html())
                .contains("\"lengths\":{\"384\":\"48 bytes\"}");
    }

    /** The address of a comparison names what is compared, so that it stays right when other results are added. */
    @Test
    void whatIsComparedHasNames() {
        assertThat(page("compare.html").select("#compare-data").html())
                .contains(
                        "{\"name\":\"other\",\"title\":",
                        "{\"name\":\"sent-a/ours\",\"label\":",
                        "{\"name\":\"itq\",\"label\":");
    }

    @Test
    void namesOfFilesAreSafeWhateverResultsAreCalled() {
        for (String name :
                List.of("../../x", "<img src=x onerror=alert(1)>", "con", "\u202egnp.exe", "A B", "%2e%2e/")) {
            Map<String, String> files = files(SampleSite.called(name));
            assertThat(files.keySet())
                    .allSatisfy(path -> assertThat(path).matches("([a-z]+/)?[a-z0-9-]+\\.(html|csv)|files\\.txt"));
            for (Document page : pages(files).values()) {
                assertThat(page.select("img, [onerror]")).isEmpty();
                assertThat(page.select("script").stream()
                                .filter(script -> !script.attr("type").equals("application/json"))
                                .map(Element::data)
                                .distinct())
                        .hasSizeLessThanOrEqualTo(3);
            }
            assertThat(pages(files).values().stream().map(Document::title)).anyMatch(title -> !title.isBlank());
        }
    }

    /** Scripts add the controls that sort and compare: without scripts, pages must have no controls that do nothing. */
    @Test
    void withoutScriptsAllNumbersAreThereAndNoControls() {
        assertThat(page("protocols/other.html").select(".ranking td[data-value]"))
                .hasSizeGreaterThan(100);
        pages(FILES)
                .values()
                .forEach(
                        page -> assertThat(page.select("button, input, select")).isEmpty());
        assertThat(page("compare.html").select("#compare").text()).contains("requires JavaScript");
    }

    /** Three searches of each of two methods are a line each. */
    @Test
    void severalSearchesAreOneLine() {
        Map<String, Document> pages = pages(files(SampleLeaderboards.of(
                SampleLeaderboards.own("searched", MadeResults.searched(List.of("a", "b"), 3, 5)))));
        Document ranking = pages.entrySet().stream()
                .filter(page -> page.getKey().startsWith("protocols/"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        assertThat(ranking.select("table.ranking tbody tr")).hasSize(2);
        assertThat(ranking.select("table.ranking tbody tr td.words").eachText()).contains("3 tuning runs x 200, map");
    }

    @Test
    void whatAnEarlierSiteLeftIsGoneAndNothingElseIs() throws IOException {
        SiteWriter.write(folder, FILES);
        Files.writeString(folder.resolve("mine.html"), "mine");
        Files.writeString(
                folder.resolve("files.txt"), Files.readString(folder.resolve("files.txt")) + "../outside.html\n");
        Files.writeString(folder.resolveSibling("outside.html"), "outside");
        Map<String, String> fewer = files(SampleSite.called("other-name"));
        SiteWriter.write(folder, fewer);
        assertThat(folder.resolve("mine.html")).exists();
        assertThat(folder.resolveSibling("outside.html")).exists();
        try (Stream<Path> walk = Files.walk(folder)) {
            assertThat(walk.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                            .filter(name -> !name.equals("mine.html")))
                    .containsExactlyInAnyOrderElementsOf(new TreeSet<>(fewer.keySet()));
        }
        Files.delete(folder.resolveSibling("outside.html"));
    }

    /** A site whose writing ends at a folder that is not free, as that of a killed process ends anywhere. */
    @Test
    void aSiteThatWasNotWrittenWholeHasNoStartPageAndTheNextOneCleansUp() throws IOException {
        SiteWriter.write(folder, FILES);
        Map<String, String> other = files(SampleSite.called("other-name"));
        String last = List.copyOf(other.keySet()).get(other.size() - 2);
        Files.delete(folder.resolve(last));
        Files.createDirectories(folder.resolve(last).resolve("in-the-way"));

        assertThatThrownBy(() -> SiteWriter.write(folder, other)).isInstanceOf(IOException.class);
        assertThat(folder.resolve("index.html")).doesNotExist();
        String first = List.copyOf(other.keySet()).get(1);
        assertThat(folder.resolve(first)).hasContent(other.get(first));

        Files.delete(folder.resolve(last).resolve("in-the-way"));
        Files.delete(folder.resolve(last));
        // Of a process that cannot be seen here, and long ago.
        Path part = folder.resolve("protocols/.a.html.999999999.01234567-89ab-cdef-0123-456789abcdef.part");
        Files.setLastModifiedTime(
                Files.writeString(part, "half"), FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
        SiteWriter.write(folder, FILES);
        try (Stream<Path> walk = Files.walk(folder)) {
            assertThat(walk.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString().replace('\\', '/')))
                    .containsExactlyInAnyOrderElementsOf(new TreeSet<>(FILES.keySet()));
        }
    }

    @Test
    void theSameResultsMakeTheSameSite() {
        assertThat(files(SampleSite.small())).isEqualTo(FILES);
    }
}
