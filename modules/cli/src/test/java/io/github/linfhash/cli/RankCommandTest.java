package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ranks and packs results of a small data set, as a user would. */
class RankCommandTest extends ProgramOnTinyHome {
    @BeforeEach
    void measure() throws IOException {
        once(() -> succeed("run --protocol tiny --methods ksh,itq --bits 8,12 --seeds 0,1"));
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
    void resultsAndTheirPackedFormMakeTheSameSite() throws IOException {
        Path site = root.resolve("site");
        succeed("results rank --results F/reports/out/tiny --out=%s", site);
        assertThat(err.toString()).contains("wrote " + site.resolve("index.html"));
        assertThat(names(site))
                .contains("index.html", "protocols/tiny.html", "protocols/tiny.csv", "compare.html")
                .hasSize(Files.readAllLines(site.resolve("files.txt")).size() + 1);
        assertThat(site.resolve("protocols/tiny.html"))
                .content()
                .contains("Stripes &lt;b&gt;of&lt;/b&gt; three directions", "version 1")
                .doesNotContain("today\u2019s rules");

        succeed("results pack --results F/reports/out/tiny --out=F/kept");
        List<String> packed = names(root.resolve("kept"));
        assertThat(packed).hasSize(2);
        assertThat(packed.get(0)).matches("tiny-e1-[0-9a-f]{8}/queries-map\\.npy\\.gz");
        assertThat(packed.get(1)).matches("tiny-e1-[0-9a-f]{8}/results\\.json\\.gz");
        succeed("results rank --results F/kept --out=F/other");
        assertThat(names(root.resolve("other"))).isEqualTo(names(site));
        succeed("results compare F/kept/" + packed.get(1) + " F/reports/out/tiny/results.json");
    }

    @Test
    void oneProtocolIsRankedAlone() throws IOException {
        Files.writeString(
                root.resolve("protocols/other.yaml"),
                Files.readString(root.resolve("protocols/tiny.yaml")).replace("name: tiny", "name: other"));
        succeed("run --protocol other --methods itq --bits 8 --seeds 0");
        String folders = " --results F/reports/out/tiny F/reports/out/other --out=F/site";
        succeed("results rank --protocol other" + folders);
        assertThat(names(root.resolve("site"))).contains("protocols/other.html").doesNotContain("protocols/tiny.html");
        assertThat(badInput("results rank --protocol othr" + folders + " --force"))
                .contains(
                        "--protocol: there are no results of 'othr' (did you mean 'other'?); expected one of other, tiny");
    }

    @Test
    void nothingIsReplacedUnasked() throws IOException {
        assertThat(badInput("results rank --out=F/site"))
                .contains("expected", "found")
                .hasLineCount(1);
        assertThat(root.resolve("site")).doesNotExist();
        for (String command : List.of("results rank", "results pack")) {
            command += " --results F/reports/out/tiny --out=F/" + command.substring(8);
            succeed(command);
            assertThat(badInput(command)).contains("--force");
            succeed(command + " --force");
        }
    }
}
