package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.experiment.regression.ExpectedFile;
import io.github.linfhash.results.regression.Expected;
import io.github.linfhash.results.regression.ExpectedYaml;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.shell.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accepts and compares runs as a user would. */
class RegressTest extends ProgramOnTinyHome {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void whatWasAcceptedIsReadAgainAndFoundOk() throws IOException {
        assertThat(accept()).isEmpty();
        Expected expected = new ExpectedFile(file(), "tiny").read();
        assertThat(ExpectedYaml.text(expected)).isEqualTo(Files.readString(file()));
        assertThat(regress()).as(out.toString()).isZero();
        assertThat(out.toString()).contains("tiny, seeds [0, 1]").doesNotContain("CHANGED");
    }

    @Test
    void aMovedNumberEndsWithExitCodeThreeUntilItIsAccepted() throws IOException {
        accepted();
        edit("tiny.yaml", "anchors: 20", "anchors: 3");
        assertThat(regress()).as(out.toString()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("ksh has anchors 3 instead of 20");
        forgetOptions();
        assertThat(regress()).as(out.toString()).isEqualTo(ExitCodes.FOUND);
        assertThat(out.toString()).contains("ksh-8", "different codes in the same environment");
        assertThat(succeed("results accept --protocol tiny --bits 8 --methods ksh"))
                .contains("CHANGED", "ksh-8", "codes");
        assertThat(regress()).as(out.toString()).isZero();
    }

    /** Leaves the file as versions wrote it that did not know the options. */
    private void forgetOptions() throws IOException {
        String text = Files.readString(file());
        assertThat(text).contains("    options: {anchors: \"20\", ");
        Files.writeString(file(), text.replaceAll("(?m)^    options: .*\n", ""));
    }

    @Test
    void resultsOfOtherOptionsAreNotComparedAndTheOptionsAreNamed() throws IOException {
        edit("tiny.yaml", "  seeds: [0]\n", "  seeds: [0]\n  options: {nnh: {training: {epochs: 1}}}\n");
        accept();
        call("run --protocol tiny --quick --methods ksh,nnh");
        String quick = root.resolve("reports/out/tiny-quick/results.json").toString();
        for (int old = 0; old < 2; old++) {
            badInput("results check --protocol tiny --results %s", quick);
            assertThat(err.toString())
                    .isEqualTo("linfhash: results of the protocol tiny: expected the options of the"
                            + " reference results, found others: nnh has training.epochs 1 instead of 2.\n");
            assertThat(out.toString()).isEmpty();
            succeed("results check --protocol tiny --results %s --methods ksh --seeds 0", quick);
            if (old == 0) {
                forgetOptions();
            }
        }
    }

    @Test
    void resultsThatHoldMoreAreComparedAndAcceptedInPart() throws IOException {
        accepted();
        call("run --protocol tiny --methods ksh,nnh --bits 8");
        succeed("run --protocol tiny --methods lsh --bits 12 --seeds 0");
        String results = root.resolve("reports/out/tiny/results.json").toString();
        assertThat(ResultsJson.read(Path.of(results)).runs()).hasSize(5);
        assertThat(call("results check --protocol tiny --results %s --methods ksh,nnh --bits 8", results))
                .as(out.toString())
                .isZero();
        succeed("results accept --protocol tiny --results %s --methods ksh --bits 8", results);
    }

    @Test
    void methodsThatAreNewOrMissingAreNoPass() throws IOException {
        accepted();
        assertThat(call("results check --protocol tiny --bits 8 --methods ksh,lsh"))
                .isEqualTo(ExitCodes.FOUND);
        assertThat(out.toString()).contains("NEW", "lsh-8");
        out.getBuffer().setLength(0);
        edit("tiny.yaml", "  - name: ksh\n    options: {anchors: 20}\n", "");
        assertThat(call("results check --protocol tiny --bits 8 --format json")).isEqualTo(ExitCodes.FOUND);
        JsonNode json = JSON.readTree(out.toString());
        assertThat(json.get("ok").booleanValue()).isFalse();
        assertThat(json.get("checks"))
                .filteredOn(check -> check.get("method").asText().equals("ksh"))
                .isNotEmpty()
                .allMatch(check -> check.get("verdict").textValue().equals("MISSING"));
    }

    /** However the folder of the file is called. */
    @Test
    void resultsOfAnOwnProtocolFileAreAcceptedBesideItAlone() throws IOException {
        Path own = Files.createDirectories(root.resolve("mine/protocols")).resolve("tiny.yaml");
        Files.copy(root.resolve("protocols/tiny.yaml"), own);
        String[] words = {
            "results", "accept", "--protocol", own.toString(), "--methods", "ksh", "--bits", "8", "--seeds", "0"
        };
        assertThat(run(words)).as(err.toString()).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(own.resolveSibling("tiny.expected.yaml")).isRegularFile();
        assertThat(file()).doesNotExist();
    }

    @Test
    void aFileThatIsNotRightEndsWithOneSentence() throws IOException {
        accepted();
        Files.writeString(file(), Files.readString(file()).replaceFirst("protocol: tiny", "protocol: other"));
        assertThat(regress()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString().strip())
                .contains("tiny.yaml, protocol: expected tiny, found other")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            results check --protocol tiny                                | 'linfhash results accept' writes it from a run
            results check --protocol tiny --quick                        | --quick: reference results are those of the full protocol
            results accept --protocol tiny --results nowhere     | nowhere
            """)
    void whatCannotBeComparedEndsWithOneSentence(String words, String sentence) {
        assertThat(run(words.split(" "))).isNotIn(ExitCodes.OK, ExitCodes.FOUND);
        assertThat(err.toString()).contains(sentence).doesNotContain("\tat ");
        assertThat(file()).doesNotExist();
    }

    /** Leaves what {@link #accept} leaves. */
    private void accepted() throws IOException {
        once(this::accept);
    }

    /** Accepts, and returns what was printed. */
    private String accept() {
        succeed("results accept --protocol tiny --methods ksh,nnh --bits 8");
        return out.toString();
    }

    private int regress() {
        out.getBuffer().setLength(0);
        return call("results check --protocol tiny --methods ksh,nnh --bits 8");
    }

    private Path file() {
        return root.resolve("reports").resolve("expected").resolve("tiny.yaml");
    }

    private void edit(String protocol, String text, String other) throws IOException {
        Path file = root.resolve("protocols").resolve(protocol);
        String content = Files.readString(file);
        assertThat(content).contains(text);
        Files.writeString(file, content.replace(text, other));
    }
}
