package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.io.program.ProgramVersion;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variants of methods and the values of single queries, from reproduce to claims, as a user would. */
class VariantsTest extends ProgramOnTinyHome {
    private static final String UNTYING = "deep-linf (stageWeights untied) - deep-linf (stageWeights tied)";

    private Path folder() {
        return root.resolve("reports/out/varied");
    }

    private String results() {
        return folder().resolve("results.json").toString();
    }

    @BeforeEach
    void makeProtocol() throws IOException {
        Path protocols = root.resolve("protocols");
        Files.writeString(
                protocols.resolve("varied.yaml"),
                Files.readString(protocols.resolve("tiny.yaml")).replace("name: tiny", "name: varied")
                        + "variants:\n  - {name: tied, method: deep-linf, options: {stageWeights: tied}}\n");
    }

    private void reproduce(String methods) {
        succeed("run --protocol varied --methods %s --bits 8 --seeds 0,1", methods);
    }

    /** Leaves what this command leaves. */
    private void reproduced() throws IOException {
        once(() -> reproduce("nnh,deep-linf"));
    }

    private String claims() {
        succeed("paper claims %s --format csv", results());
        return out.toString();
    }

    @Test
    void aVariantIsMeasuredForItsClaimAndShownNowhereElse() throws IOException {
        reproduced();
        Results main = ResultsJson.read(folder().resolve("results.json"));
        Results tied = ResultsJson.read(folder().resolve("variants/tied/results.json"));
        assertThat(main.protocol().methodNames()).containsExactly("nnh", "deep-linf");
        assertThat(tied.protocol().methods())
                .singleElement()
                .satisfies(method ->
                        assertThat(method.options().get("stageWeights")).hasToString("tied"));
        assertThat(ProgramVersion.isExact(main.environment().commit()))
                .as(main.environment().commit())
                .isTrue();
        // The options that the protocol gives the method stay.
        assertThat(tied.protocol().methods().get(0).options().get("training.epochs"))
                .hasToString("2");
        String page = Files.readString(folder().resolve("index.html"));
        assertThat(page).contains(UNTYING).doesNotContain("no run of deep-linf:tied (stageWeights tied)");
        assertThat(claims()).containsPattern("untying-helps,.*" + "tested over seeds and queries");
        succeed(
                "report %s --out F/again --command %s",
                results(), "./linfhash run --protocol varied --methods nnh,deep-linf --bits 8 --seeds 0,1");
        // The results are not beside the report that was written again.
        String link = ", <a href=\"results.json\" download=\"\">results.json</a>";
        assertThat(page).contains(link);
        assertThat(root.resolve("again/index.html")).hasContent(page.replace(link, ""));
    }

    @Test
    void withoutItsMethodOrInShortThereIsNoVariant() {
        reproduce("nnh");
        assertThat(folder().resolve("variants")).doesNotExist();
        succeed("run --protocol varied --quick");
        assertThat(root.resolve("reports/out/varied-quick/variants")).doesNotExist();
    }

    @Test
    void aCommandForAnotherMethodKeepsTheVariantOnThePage() throws IOException {
        reproduced();
        String claims = claims();
        succeed("run --protocol varied --methods nnh --bits 8 --seeds 0");
        assertThat(Files.readString(folder().resolve("index.html")))
                .contains(UNTYING)
                .doesNotContain("no run of deep-linf:tied (stageWeights tied)");
        assertThat(ResultsJson.read(folder().resolve("variants/tied/results.json"))
                        .runs())
                .hasSize(2);
        succeed("run --protocol varied --methods deep-linf --bits 8 --seeds 1");
        assertThat(ResultsJson.read(folder().resolve("variants/tied/results.json"))
                        .runs())
                .hasSize(2);
        assertThat(claims()).isEqualTo(claims);
    }

    private static void setCommit(Path file, String commit) throws IOException {
        Results read = ResultsJson.read(file);
        EnvironmentSummary e = read.environment();
        EnvironmentSummary other = new EnvironmentSummary(
                e.version(),
                commit,
                e.jdk(),
                e.os(),
                e.cpu(),
                e.cores(),
                e.backend(),
                e.threads(),
                e.workers(),
                e.evaluator());
        ResultsJson.write(file, new Results(read.protocol(), other, read.runs()));
    }

    /** Equal names of code that was changed after a commit, or of no commit, say nothing unless a hash follows. */
    @ParameterizedTest
    @CsvSource({
        "0123abcd, 0123abcd, ''",
        "0123abcd-dirty+0f, 0123abcd-dirty+0f, ''",
        "unknown+0f, unknown+0f, ''",
        "0123abcd, 1123abcd, commit 1123abcd",
        "0123abcd-dirty+0f, 0123abcd-dirty+1f, commit 0123abcd-dirty+1f",
        "0123abcd-dirty, 0123abcd-dirty, found 0123abcd-dirty in both",
        "unknown, unknown, found unknown in both",
    })
    void variantsOfOtherCodeAreLeftOutAndThisIsSaid(String commit, String ofVariant, String why) throws IOException {
        reproduced();
        setCommit(folder().resolve("results.json"), commit);
        setCommit(folder().resolve("variants/tied/results.json"), ofVariant);
        String absent = "no run of deep-linf:tied (stageWeights tied)";
        err.getBuffer().setLength(0);
        if (why.isEmpty()) {
            assertThat(claims()).doesNotContain(absent);
            assertThat(err.toString()).doesNotContain("is left out");
            return;
        }
        assertThat(claims()).contains(absent);
        assertLeftOut(why);
        succeed("report %s --out F/again", results());
        assertThat(Files.readString(root.resolve("again/index.html"))).contains(absent);
        assertLeftOut(why);
    }

    private void assertLeftOut(String why) {
        assertThat(err.toString().lines().findFirst().orElse(""))
                .startsWith("linfhash: ")
                .contains("variants/tied/results.json is left out", "expected", why);
    }

    @Test
    void aVariantOfOtherRulesIsLeftOutAndThisIsSaid() throws IOException {
        reproduced();
        Path tied = folder().resolve("variants/tied/results.json");
        String hash = ResultsJson.read(tied).protocol().hash();
        Files.writeString(tied, Files.readString(tied).replace(hash, "0".repeat(64)));
        err.getBuffer().setLength(0);
        assertThat(claims()).contains("no run of deep-linf:tied (stageWeights tied)");
        assertLeftOut("found others");
    }

    @Test
    void withoutTheValuesOfQueriesSeedsDecideAndRunsAreComputedAnew() throws IOException {
        reproduced();
        List<Path> files = files("queries");
        assertThat(files).as("a file and its seal for each of four runs").hasSize(8);
        Object run = Files.getLastModifiedTime(files("runs").get(0));
        reproduce("nnh,deep-linf");
        assertThat(Files.getLastModifiedTime(files("runs").get(0))).isEqualTo(run);
        for (Path file : files) {
            Files.delete(file);
        }
        assertThat(claims()).contains("tested over seeds").containsPattern("top-map,.*");
        reproduce("nnh,deep-linf");
        assertThat(files("queries")).isEqualTo(files);
        assertThat(Files.getLastModifiedTime(files("runs").get(0))).isNotEqualTo(run);
    }

    private List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder().resolve(name))) {
            return files.sorted().toList();
        }
    }

    @Test
    void variantsOfNoMethodAndTwiceTheSameAreRefused() throws IOException {
        Path file = root.resolve("protocols/varied.yaml");
        String good = Files.readString(file);
        Files.writeString(file, good.replace("method: deep-linf, options", "method: itq, options"));
        assertThat(badInput("run --protocol varied"))
                .contains("expected as method of the variant tied one of the protocol's, found itq");
        Files.writeString(file, good + "  - {name: tied, method: nnh, options: {}}\n");
        assertThat(badInput("run --protocol varied")).contains("expected each variant once");
    }

    @Test
    void anOptionThatThereIsNotIsNamed() throws IOException {
        Path file = root.resolve("protocols/varied.yaml");
        Files.writeString(file, Files.readString(file).replace("stageWeights: tied", "stageWeight: tied"));
        assertThat(badInput("run --protocol varied")).contains("Variant tied").doesNotContain("\tat ");
        assertThat(folder().resolve("results.json")).doesNotExist();
    }
}
