package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.reports.charts.ChartPng;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a comparison. */
class ReportWriterTest {
    @Test
    void allFilesAreWrittenAndNothingElse(@TempDir Path folder) throws IOException {
        Path out = folder.resolve("out/fashion-mnist");
        Results sample = SampleResults.comparison();

        assumeTrue(ChartPng.obstacle().isEmpty(), "this Java installation finds no fonts");
        List<String> told = new ArrayList<>();
        AtomicLong left = new AtomicLong();
        Progress progress = (name, steps) -> {
            told.add(name);
            left.set(steps);
            return done -> left.addAndGet(-done);
        };
        ReportWriter.Written written = ReportWriter.write(
                out, Evidence.without(sample), SamplePage.TABLES, List.of(), SamplePage.PROVENANCE, progress);

        assertThat(told).containsExactly("writing the report");
        assertThat(left).hasValue(0);

        assertThat(written.missing()).isEmpty();
        assertThat(written.page()).isEqualTo(out.resolve("index.html")).hasContent(SamplePage.WHOLE);
        assertThat(ResultsJson.text(ResultsJson.read(out.resolve("results.json"))))
                .isEqualTo(ResultsJson.text(sample));
        assertThat(names(out))
                .containsExactly("charts", "index.html", "results.json", "table.csv", "table.md", "table.tex");
        List<String> links =
                Jsoup.parse(SamplePage.WHOLE).select("a[href^=charts/]").eachAttr("href");
        assertThat(links)
                .hasSize(2 * 11 + 2)
                .contains("charts/dots-48-bits.svg", "charts/dots-64-bits.svg")
                .allSatisfy(link -> assertThat(out.resolve(link)).isNotEmptyFile());
        assertThat(names(out.resolve("charts"))).hasSameSizeAs(links);
    }

    @Test
    void aPageOfFinishedRunsSaysWhatIsLeftAndReloadsItself(@TempDir Path folder) throws IOException {
        Results sample = SampleResults.comparison();
        Map<String, Integer> left = new LinkedHashMap<>(Map.of("ksh", 2));
        left.put("nnh", 1);
        ReportWriter.writeUnfinished(folder, Evidence.without(sample), SamplePage.TABLES, SamplePage.PROVENANCE, left);

        assertThat(names(folder)).containsExactly("charts", "index.html");
        Document page = Jsoup.parse(Files.readString(folder.resolve("index.html")));
        assertThat(page.select(".note").eachText())
                .anySatisfy(note -> assertThat(note)
                        .startsWith("3 runs of " + (sample.runs().size() + 3) + " left.")
                        .contains("Left: ksh (2), nnh (1)."));
        assertThat(page.select("script").outerHtml()).contains("location.reload()");
        assertThat(page.select("a[download]")).isEmpty();
        assertThat(page.select("a[href^=charts/]").eachAttr("href"))
                .containsExactly("charts/dots-48-bits.svg", "charts/dots-64-bits.svg")
                .allSatisfy(link -> assertThat(folder.resolve(link)).isNotEmptyFile());
        assertThat(SamplePage.WHOLE).doesNotContain("location.reload()", " left.");
    }

    @Test
    void withoutFontsThereAreNoPngAndNoLinksToThem(@TempDir Path folder) throws IOException {
        Path charts = Files.createDirectories(folder.resolve("charts"));
        Files.writeString(charts.resolve("loss-64.png"), "of an earlier run");

        ReportWriter.Written written = ReportWriter.render(
                folder,
                Evidence.without(SampleResults.comparison()),
                SamplePage.TABLES,
                List.of(),
                SamplePage.PROVENANCE,
                Progress.NONE,
                Optional.of("this Java installation finds no fonts (x)"));

        assertThat(written.missing())
                .contains("the charts were written only as SVG, not as PNG: this Java installation finds no fonts (x)");
        List<String> links = Jsoup.parse(Files.readString(written.page()))
                .select("a[href^=charts/]")
                .eachAttr("href");
        assertThat(links).hasSize(11 + 2).allMatch(link -> link.endsWith(".svg"));
        assertThat(names(charts)).hasSize(11 + 2).allMatch(name -> name.endsWith(".svg"));
    }

    @Test
    void nothingIsWrittenForATableThatThereIsNot(@TempDir Path folder) {
        Path out = folder.resolve("out");
        assertThatThrownBy(() -> ReportWriter.write(
                        out,
                        Evidence.without(SamplePage.besides("T9")),
                        SamplePage.TABLES,
                        List.of(),
                        SamplePage.PROVENANCE,
                        Progress.NONE))
                .isInstanceOf(InputException.class);
        assertThat(out).doesNotExist();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
