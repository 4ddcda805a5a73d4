package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.advisor.command.ExitCodes;
import io.github.linfhash.io.input.StrictInput;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Makes a site as a user would, of results of a small data set. */
class SiteCommandTest extends ProgramOnTinyHome {
    private Path results = Path.of("");
    private Path site = Path.of("");

    @BeforeEach
    void measure() throws IOException {
        Path docs = Files.createDirectories(root.resolve("docs"));
        for (String name : List.of("what-is-measured.md", "limits.md")) {
            Files.copy(realHome().resolve("docs").resolve(name), docs.resolve(name));
        }
        results = root.resolve("reports/out/tiny");
        site = root.resolve("site");
        succeed("run --protocol tiny --methods ksh,itq --bits 8,12 --seeds 0,1");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void resultsBecomeASite() throws IOException {
        succeed("results rank --results %s --out %s", results, site);
        assertThat(err.toString()).contains("wrote " + site.resolve("index.html"));
        assertThat(names(site))
                .contains("index.html", "protocols/tiny.html", "protocols/tiny.csv", "compare.html")
                .hasSize(Files.readAllLines(site.resolve("files.txt")).size() + 1);
        assertThat(site.resolve("protocols/tiny.html"))
                .content()
                .contains("Stripes &lt;b&gt;of&lt;/b&gt; three directions", "version 1");
    }

    @Test
    void valuesOfOtherRunsAreRefused() throws IOException {
        Path kept = root.resolve("kept");
        succeed("results pack --results %s --out %s", results, kept);
        Path file = kept.resolve(names(kept).get(0));
        NpyArray right;
        try (StrictInput in = StrictInput.open(file)) {
            right = NpyFile.read(in);
        }
        // Values that a mean tells apart, of the same shape; then another shape.
        int values = right.shape().get(0) * right.shape().get(1);
        byte[] other = new byte[2 * values];
        writePacked(file, NpyArray.owning(NpyType.UINT16, right.shape(), other));
        assertThat(badInput("results rank --results %s --out %s", kept, site))
                .contains("queries-map.npy.gz: expected for the run", "found others, of mean 0.0");
        writePacked(file, NpyArray.owning(NpyType.UINT16, List.of(values), other));
        assertThat(badInput("results rank --results %s --out %s", kept, site))
                .contains("a row for each run that did not fail, found uint16 of shape");
        assertThat(site).doesNotExist();
    }

    private static void writePacked(Path file, NpyArray array) throws IOException {
        try (GZIPOutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
            packed.write(NpyFile.toBytes(array));
        }
    }

    /** Intervals and tests of other metrics than the first know the queries in the full form alone. */
    private static List<String> known(Path csv) throws IOException {
        return Files.readString(csv)
                .lines()
                .map(line -> line.replaceAll(",[^,]*$", ""))
                .map(line -> line.contains(",map,") ? line : line.replaceAll("^((?:[^,]*,){6})[^,]*,", "$1,"))
                .toList();
    }

    @Test
    void theSmallFormMakesTheSameRanking() throws IOException {
        Path kept = root.resolve("kept");
        succeed("results pack --results %s --out %s", results, kept);
        assertThat(names(kept)).hasSize(2);
        assertThat(names(kept).get(0)).matches("tiny-e1-[0-9a-f]{8}/queries-map\\.npy\\.gz");
        assertThat(names(kept).get(1)).matches("tiny-e1-[0-9a-f]{8}/results\\.json\\.gz");
        Path other = root.resolve("other");
        succeed("results rank --results %s --out %s", results, site);
        succeed("results rank --results %s --out %s", kept, other);
        assertThat(known(other.resolve("protocols/tiny.csv")))
                .isEqualTo(known(site.resolve("protocols/tiny.csv")))
                .anyMatch(line -> line.contains(",map,1.0,0.1"));
        assertThat(call("results pack --results %s --out %s", results, kept))
                .as("files that exist are replaced with --force alone")
                .isEqualTo(ExitCodes.BAD_INPUT);
        succeed("results compare %s %s", kept.resolve(names(kept).get(1)), results.resolve("results.json"));
    }

    @Test
    void otherRulesAreAnOlderVersionBehindThoseOfTheProtocolFile() throws IOException {
        Results now = ResultsJson.read(results.resolve("results.json"));
        Path later = root.resolve("later");
        String hash = now.protocol().hash();
        Files.createDirectories(later);
        Files.writeString(
                later.resolve("results.json"),
                Files.readString(results.resolve("results.json")).replace(hash, "0".repeat(hash.length())));
        succeed("results rank --results %s %s --out %s", results, later, site);
        assertThat(names(site)).anyMatch(name -> name.matches("protocols/tiny-e1-[0-9a-f]{8}\\.html"));
        String note = "Not today\u2019s rules.";
        assertThat(site.resolve("protocols/tiny.html")).content().contains(hash).doesNotContain("Older rules.", note);
        Path alone = root.resolve("alone");
        succeed("results rank --results %s --out %s", later, alone);
        assertThat(alone.resolve("protocols/tiny.html")).content().contains(note);
    }

    @Test
    void badInputIsOneSentenceAndNothingIsWritten() throws IOException {
        Path empty = Files.createDirectories(root.resolve("empty"));
        for (List<String> words : List.of(
                List.of("results", "rank", "--results", empty.toString(), "--out", site.toString()),
                List.of("results", "rank", "--results", root.resolve("nowhere").toString(), "--out", site.toString()),
                List.of(
                        "results",
                        "rank",
                        "--results",
                        results.toString(),
                        results.toString(),
                        "--out",
                        site.toString()),
                List.of("results", "rank", "--out", site.toString()))) {
            err.getBuffer().setLength(0);
            assertThat(run(words.toArray(String[]::new))).as(words.toString()).isEqualTo(ExitCodes.BAD_INPUT);
            assertThat(err.toString().strip().lines()).as(err.toString()).hasSize(1);
            assertThat(err.toString()).contains("expected", "found");
            assertThat(site).doesNotExist();
        }
    }

    @Test
    void aSiteIsReplacedWithForceAlone() throws IOException {
        String[] words = {"results", "rank", "--results", results.toString(), "--out", site.toString()};
        assertThat(run(words)).isZero();
        assertThat(run(words)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--force");
        succeed("results rank --results %s --out %s --force", results, site);
    }
}
