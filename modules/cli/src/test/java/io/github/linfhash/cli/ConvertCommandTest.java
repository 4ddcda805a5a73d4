package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old results files, through {@code convert} and through the commands that read results. */
class ConvertCommandTest extends ProgramOnTinyHome {
    /** A file of linfhash-results/2 as it was written. */
    private static final String OLD = String.format(Locale.ROOT, """
            {
              "schema": "linfhash-results/2",
              "protocol": {
                "name": "tiny", "title": "Tiny", "hash": "%1$s", "publishedTable": null,
                "dataset": {"name": "d", "title": "D", "hash": "%1$s", "images": 9, "reproducesPaper": false,
                  "synthetic": false, "facts": []},
                "features": {"name": "f", "hash": "%1$s", "dimension": 2},
                "sizes": {"training": 2, "queries": 3, "database": 6},
                "conventions": {}, "headline": ["map"], "bits": [8], "seeds": [0],
                "methods": [{"name": "lsh", "title": "LSH", "citation": "c", "supervision": "data-independent",
                  "options": {}, "origins": {}}]
              },
              "environment": {"version": "1", "commit": "c", "jdk": "17", "os": "Linux", "cpu": "c", "cores": 2,
                "backend": "CpuBackend", "threads": 1, "workers": 1},
              "runs": [{"method": "lsh", "bits": 8, "seed": 0, "splitHash": "%1$s", "codesHash": "%1$s", "parameters": 16,
                "metrics": {"map": 0.5}, "curves": {}, "seconds": {"train": 0.25}, "failure": null}]
            }
            """, "a".repeat(64));

    private Path first = Path.of("unset");
    private Path second = Path.of("unset");

    @BeforeEach
    void write() throws IOException {
        first = root.resolve("one/results.json");
        second = root.resolve("two/results.json.gz");
        Files.createDirectories(root.resolve("one"));
        Files.createDirectories(root.resolve("two"));
        Files.writeString(first, OLD);
        try (GZIPOutputStream packed = new GZIPOutputStream(Files.newOutputStream(second))) {
            packed.write(OLD.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void filesAndFoldersAreReplacedWhereNoOtherPlaceIsNamed() throws IOException {
        succeed("results convert %s F/two", first);
        assertThat(err.toString()).contains("wrote " + first, "wrote " + second);
        assertThat(Files.readString(first)).contains("\"schema\": \"linfhash-results/9\"", "\"device\": \"cpu\"");
        try (InputStream in = Files.newInputStream(second)) {
            assertThat(in.readNBytes(2)).startsWith(0x1f, 0x8b);
        }
        assertThat(ResultsJson.text(ResultsJson.read(second))).isEqualTo(Files.readString(first));
        assertThat(names(root.resolve("one"))).containsExactly("results.json");
        String converted = Files.readString(first);

        succeed("results convert %s", first);
        assertThat(err.toString()).contains(first + " has the schema linfhash-results/9 already");
        assertThat(Files.readString(first)).isEqualTo(converted);
    }

    @Test
    void anotherFolderLeavesTheOldFiles() throws IOException {
        Path out = root.resolve("new");
        succeed("results convert %s %s --out %s", first, second, out);
        assertThat(names(out)).containsExactly("results.json", "results.json.gz");
        assertThat(Files.readString(first)).isEqualTo(OLD);
        assertThat(ResultsJson.read(out.resolve("results.json.gz")).runs()).hasSize(1);

        assertThat(badInput("results convert %s --out %s", first, out))
                .contains("expected a new file, or --force to replace it");
        succeed("results convert %s --out F/third", out);
        assertThat(Files.readString(root.resolve("third/results.json")))
                .isEqualTo(Files.readString(out.resolve("results.json")));
    }

    @Test
    void filesOfOneNameDoNotGoToOneFolder() throws IOException {
        Path other = Files.createDirectories(root.resolve("three")).resolve("results.json");
        Files.writeString(other, OLD);
        Path out = root.resolve("new");
        assertThat(badInput("results convert %s %s --out %s", first, other, out))
                .contains("--out: expected files of different names, found two called results.json");
        assertThat(out).doesNotExist();
    }

    @Test
    void nothingIsWrittenWhereOneFileIsDamaged() throws IOException {
        Path damaged = root.resolve("two/results.json");
        Files.writeString(damaged, OLD.replace("\"map\": 0.5", "\"map\": 50"));
        assertThat(badInput("results convert %s %s", first, damaged))
                .contains(damaged + "", "expected as metric map a fraction within 0..1, found 50.0");
        assertThat(Files.readString(first)).isEqualTo(OLD);
    }

    @Test
    void commandsThatReadResultsSayHowToConvertThem() {
        String sentence = "linfhash: " + first + ", schema: expected linfhash-results/9, found linfhash-results/2;"
                + " convert the file first: ./linfhash results convert " + first;
        for (String command : List.of(
                "results compare %1 %1",
                "results merge %1 %1 --out F/out",
                "report %1 --out F/out",
                "paper claims %1",
                "doctor --results %1",
                "results rank --results F/one --out F/out")) {
            assertThat(badInput(command.replace("%1", first.toString())))
                    .as(command)
                    .contains(sentence);
        }
    }

    /** They are not taken for none: another protocol would take their place. */
    @Test
    void noCommandReplacesOldResultsInItsOutputFolder() throws IOException {
        Path folder = root.resolve("reports/out/tiny");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("results.json"), OLD);
        assertThat(badInput("run --protocol tiny --methods lsh --bits 8 --seeds 0"))
                .contains("./linfhash results convert " + folder.resolve("results.json"));
        assertThat(Files.readString(folder.resolve("results.json"))).isEqualTo(OLD);
    }
}
