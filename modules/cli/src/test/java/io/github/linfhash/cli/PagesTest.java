package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.shell.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs render and figure6 as a user would, on a small data set. */
class PagesTest extends ProgramOnTinyHome {
    private Path folder() {
        return root.resolve("reports").resolve("out").resolve("tiny");
    }

    @Test
    void renderMakesTheSamePageAgain() throws IOException {
        call("run --protocol tiny --methods ksh --bits 8 --seeds 0,1");
        Path again = root.resolve("again");
        String results = folder().resolve("results.json").toString();
        String command = "./linfhash run --protocol tiny --methods ksh --bits 8 --seeds 0,1";
        succeed("report %s --out %s --command %s", results, again, command);
        for (String name :
                List.of("index.html", "table.csv", "table.md", "table.tex", "charts/precision-recall-8.svg")) {
            // Where the results are not beside the page, nothing links to them.
            String page = Files.readString(folder().resolve(name))
                    .replace(", <a href=\"results.json\" download=\"\">results.json</a>", "");
            assertThat(again.resolve(name)).hasContent(page);
        }
        assertThat(Files.readString(again.resolve("index.html")))
                .contains("schema: linfhash-protocol/1", "<code>" + command + "</code>");
    }

    @Test
    void withoutACommandRenderSaysThatItPutOneTogether() throws IOException {
        call("run --protocol tiny --methods ksh --bits 8 --seeds 0");
        succeed("report %s", folder().resolve("results.json"));
        assertThat(Files.readString(folder().resolve("index.html")))
                .contains("does not contain the original command", "--protocol tiny --methods ksh --bits 8 --seeds 0<");
    }

    @Test
    void figureSixHasAPointForEachLengthAndReusesRuns() throws IOException {
        call("run --protocol tiny --methods nnh --bits 8 --seeds 0,1");
        Object done = Files.getLastModifiedTime(firstRun());
        succeed("paper figure6 --protocol tiny --methods nnh --bits 8,12,16 --format csv");
        assertThat(Files.getLastModifiedTime(firstRun())).isEqualTo(done);
        List<String> csv = Files.readAllLines(folder().resolve("figure6.csv"));
        assertThat(csv).hasSize(1 + 3);
        assertThat(csv.get(0)).isEqualTo("method,bits,seeds,precision@2,precision@2.ci95,recall@2,recall@2.ci95");
        assertThat(csv.get(1)).startsWith("nnh,8,2,");
        assertThat(out.toString()).contains(csv.get(3));
        assertThat(Files.readString(folder().resolve("figure6.svg"))).contains("Recall within Hamming radius 2");
        assertThat(Files.readString(folder().resolve("figure6.html")))
                .contains(
                        "id=\"precision-code-length\"",
                        "id=\"recall-code-length\"",
                        "./linfhash paper figure6 --protocol tiny")
                .doesNotContain("href=\"charts/");
    }

    private Path firstRun() throws IOException {
        try (Stream<Path> files = Files.list(folder().resolve("runs"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("nnh-8-seed0"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    paper figure6 --protocol tiny --bits 8       | --bits: expected at least two code lengths, found [8]
                    paper figure6 --protocol tiny --workers 0    | --workers: expected numbers from 1 to 1024
                    paper figure6 --protocol nothing             | There is no protocol 'nothing'
                    """)
    void badInputEndsWithExitCodeTwoAndWritesNothing(String words, String sentence) {
        assertThat(run(words.split(" "))).as(err.toString()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains(sentence).doesNotContain("\tat ");
        assertThat(root.resolve("reports").resolve("out")).doesNotExist();
    }

    @Test
    void whatIsNoResultsFileIsRefused() throws IOException {
        Path file = Files.writeString(root.resolve("x.json"), "{}");
        assertThat(badInput("report %s --out F/o", file)).contains("x.json", "schema");
        assertThat(root.resolve("o")).doesNotExist();
    }
}
