package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.testing.TinyHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results that are there stay: those of other projects, and those that a narrower command does not name. */
class KeptResultsTest extends ProgramOnTinyHome {
    private Path folder() {
        return root.resolve("reports/out/tiny");
    }

    private void refuse(String words, String... said) {
        assertThat(badInput(words)).contains(said).doesNotContain("\tat ");
    }

    private Results results(Path folder) throws IOException {
        return ResultsJson.read(folder.resolve("results.json"));
    }

    private static List<String> keys(Results results) {
        return results.runs().stream().map(RunResult::key).map(RunKey::toString).toList();
    }

    private void edit(String text, String other) throws IOException {
        Path file = root.resolve("protocols/tiny.yaml");
        String content = Files.readString(file);
        assertThat(content).contains(text);
        Files.writeString(file, content.replace(text, other));
    }

    /** Two projects, each with a protocol file my.yaml and data of its own. */
    private void makeProjects() throws IOException {
        for (String project : List.of("a", "b")) {
            Files.createDirectories(root.resolve(project));
            succeed("data features --protocol tiny --out F/" + project + "/x.npy");
            TinyHome.blur(root);
            succeed("init --vectors F/" + project + "/x.npy --labels F/" + project + "/x.labels.npy --out F/" + project
                    + "/my.yaml");
        }
    }

    @Test
    void twoProjectsWithProtocolsOfOneNameKeepTheirResultsApart() throws IOException {
        makeProjects();
        succeed("run --protocol F/a/my.yaml --methods lsh --bits 12 --seeds 0");
        byte[] first = Files.readAllBytes(root.resolve("a/my-results/results.json"));
        refuse(
                "paper figure6 --protocol F/b/my.yaml --methods lsh --bits 8,12 --out F/a/my-results",
                "found those of other data");
        succeed("run --protocol F/b/my.yaml --methods lsh --bits 12 --seeds 0");
        assertThat(root.resolve("a/my-results/results.json")).hasBinaryContent(first);
        assertThat(root.resolve("a/my-results/index.html")).exists();
        assertThat(results(root.resolve("b/my-results")).protocol().dataset().hash())
                .isNotEqualTo(results(root.resolve("a/my-results"))
                        .protocol()
                        .dataset()
                        .hash());
        succeed("run --protocol F/a/my.yaml --quick --methods lsh");
        assertThat(root.resolve("a/my-results-quick/results.json")).exists();
        succeed("paper figure6 --protocol F/a/my.yaml --methods lsh --bits 8,12 --seeds 0");
        assertThat(root.resolve("a/my-results/figure6.csv")).exists();
        succeed("results accept --protocol F/a/my.yaml --methods lsh --bits 12 --seeds 0");
        assertThat(root.resolve("a/my.expected.yaml")).exists();
        assertThat(root.resolve("reports/out")).doesNotExist();
        assertThat(root.resolve("reports/expected")).doesNotExist();
        // A path of a protocol of the suite is one of the suite.
        succeed("run --protocol F/protocols/tiny.yaml --methods lsh --bits 8 --seeds 0");
        assertThat(folder().resolve("results.json")).exists();
    }

    @Test
    void aFolderOfSomethingElseIsLeftAlone() throws IOException {
        Path notes =
                Files.writeString(Files.createDirectories(root.resolve("mine")).resolve("index.html"), "mine");
        refuse(
                "run --protocol tiny --methods lsh --bits 8 --out F/mine",
                "output folder " + root.resolve("mine")
                        + ": expected a new or empty one, or one with results, found one"
                        + " with other files (index.html)");
        assertThat(notes).hasContent("mine");
        assertThat(root.resolve("mine")).isDirectoryNotContaining(file -> !file.equals(notes));
        Files.delete(notes);
        succeed("run --protocol tiny --methods lsh --bits 8 --seeds 0 --out F/mine");
        succeed("report F/mine/results.json --out F/mine");
        succeed("run --protocol tiny --methods lsh --bits 8 --seeds 0");
        succeed("report F/mine/results.json --out " + folder());
    }

    @Test
    void aNarrowerCommandShowsNoLess() throws IOException {
        succeed("run --protocol tiny --methods ksh,nnh --seeds 0");
        String page = Files.readString(folder().resolve("index.html"));
        String table = Files.readString(folder().resolve("table.csv"));
        succeed("run --protocol tiny --methods ksh --bits 8 --seeds 0 --format csv");
        assertThat(folder().resolve("table.csv")).hasContent(table);
        assertThat(Files.readString(folder().resolve("index.html")))
                .isEqualTo(page.replace(
                        "--methods ksh,nnh --seeds 0", "--format csv --methods ksh,nnh --bits 8,12 --seeds 0"));
        assertThat(out.toString().lines()).as("what was asked for").hasSize(2);
        assertThat(err.toString())
                .contains("these files hold 3 other finished runs of the folder, too; --selected-only leaves");

        succeed("run --protocol tiny --methods ksh --bits 8 --seeds 0 --selected-only");
        assertThat(keys(results(folder()))).containsExactly("ksh-8-seed0");
        succeed("paper claims " + folder().resolve("results.json"));
        succeed("run --protocol tiny --methods lsh --bits 16 --seeds 1");
        assertThat(Files.readString(folder().resolve("index.html")))
                .contains("and the 13 runs missing from the table", "--bits 8,12,16 --seeds 0,1");
        succeed("paper claims " + folder().resolve("results.json"));
        succeed("report " + folder().resolve("results.json") + " --out F/page");
    }

    @Test
    void aShortVersionDoesNotTakeThePlaceOfTheWholeOne() throws IOException {
        edit("  seeds: [0]\n", "  seeds: [0]\n  options: {nnh: {training: {epochs: 1}}}\n");
        succeed("run --protocol tiny --methods nnh,lsh --bits 8 --seeds 0 --out F/full");
        refuse(
                "run --protocol tiny --quick --out F/full",
                "expected results of the protocol's short version, as --quick makes, found those of the whole protocol");
        succeed("run --protocol tiny --quick --methods nnh,lsh --out F/short");
        refuse("run --protocol tiny --out F/short", "expected results of the whole protocol, found those of its short");
        succeed("run --protocol tiny --quick --methods lsh --bits 12 --out F/short");
        assertThat(keys(results(root.resolve("short")))).containsExactly("nnh-8-seed0", "lsh-8-seed0", "lsh-12-seed0");
    }

    @Test
    void figureSixDrawsWhatItIsAskedFor() throws IOException {
        succeed("run --protocol tiny --methods ksh,lsh --bits 8 --seeds 0");
        succeed("paper figure6 --protocol tiny --methods lsh --bits 8,12 --seeds 0 --format csv");
        assertThat(out.toString().lines().skip(1)).hasSize(2).allMatch(line -> line.startsWith("lsh,"));
        succeed("run --protocol tiny --methods ksh --bits 8 --seeds 0");
        assertThat(keys(results(folder()))).containsExactly("ksh-8-seed0", "lsh-8-seed0", "lsh-12-seed0");
    }
}
