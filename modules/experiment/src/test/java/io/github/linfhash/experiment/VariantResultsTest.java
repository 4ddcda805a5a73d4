package io.github.linfhash.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.io.binding.StrictReader;
import io.github.linfhash.io.program.ProgramVersion;
import io.github.linfhash.results.claims.ClaimComparison;
import io.github.linfhash.results.claims.ClaimTests;
import io.github.linfhash.results.claims.ClaimTests.ClaimResult;
import io.github.linfhash.results.claims.ClaimsFile;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variants of methods and the values of single queries, from a run to the claims that are tested on them. */
class VariantResultsTest extends OnTinyHome {
    private static final Selection BOTH =
            Selection.ALL.ofMethods("nnh", "deep-linf").atBits(8);

    private final List<String> leftOut = new ArrayList<>();

    @BeforeEach
    void writeProtocol() throws IOException {
        Files.writeString(
                path("protocols/varied.yaml"),
                Files.readString(path("protocols/tiny.yaml")).replace("name: tiny", "name: varied")
                        + "variants:\n  - {name: tied, method: deep-linf, options: {stageWeights: tied}}\n");
    }

    private Path variant() {
        return path("out/variants/tied/results.json");
    }

    private List<Evidence> evidence() throws IOException {
        leftOut.clear();
        return Evidence.read(path("out/results.json"), leftOut::add);
    }

    /** The claim that is about the variant; its reason says what it rests on, or what is missing. */
    private ClaimResult untying() throws IOException {
        ClaimsFile claims = StrictReader.read(path("reports/claims/wang2016.yaml"), ClaimsFile.class);
        return ClaimTests.of(claims, evidence()).stream()
                .filter(result -> result.claim().id().equals("untying-helps"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aVariantIsMeasuredForItsClaimAndIsNoRowOfTheResults() throws IOException {
        Results main = run("varied", BOTH);
        Results tied = ResultsJson.read(variant());
        assertThat(main.protocol().methodNames()).containsExactly("nnh", "deep-linf");
        assertThat(tied.protocol().methods()).singleElement().satisfies(method -> {
            assertThat(method.options().get("stageWeights")).hasToString("tied");
            // The options that the protocol gives the method stay.
            assertThat(method.options().get("training.epochs")).hasToString("2");
        });
        assertThat(ProgramVersion.isExact(main.environment().commit()))
                .as(main.environment().commit())
                .isTrue();
        assertThat(evidence()).hasSize(2);
        assertThat(untying().comparisons()).extracting(ClaimComparison::basis).contains("seeds and queries");
    }

    @Test
    void withoutItsMethodOrInShortThereIsNoVariant() throws IOException {
        run("varied", BOTH.ofMethods("nnh"));
        run("varied", BOTH.quick(true));
        assertThat(path("out/variants")).doesNotExist();
    }

    @Test
    void runsOfAnotherMethodOrOfFewerSeedsKeepTheVariant() throws IOException {
        run("varied", BOTH);
        List<?> before = untying().comparisons();
        run("varied", BOTH.ofMethods("nnh").withSeeds(0L));
        assertThat(ResultsJson.read(variant()).runs()).hasSize(2);
        run("varied", BOTH.ofMethods("deep-linf").withSeeds(1L));
        assertThat(ResultsJson.read(variant()).runs()).hasSize(2);
        assertThat(untying().comparisons()).usingRecursiveComparison().isEqualTo(before);
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

    private void assertLeftOut(String why) throws IOException {
        assertThat(evidence()).hasSize(1);
        assertThat(leftOut)
                .singleElement()
                .asString()
                .contains("variants/tied/results.json is left out", "expected", why);
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
        run("varied", BOTH.ofMethods("deep-linf").withSeeds(0L));
        setCommit(path("out/results.json"), commit);
        setCommit(variant(), ofVariant);
        if (why.isEmpty()) {
            assertThat(evidence()).hasSize(2);
            assertThat(leftOut).isEmpty();
        } else {
            assertLeftOut(why);
        }
    }

    @Test
    void aVariantOfOtherRulesIsLeftOutAndThisIsSaid() throws IOException {
        run("varied", BOTH.ofMethods("deep-linf").withSeeds(0L));
        String hash = ResultsJson.read(variant()).protocol().hash();
        Files.writeString(variant(), Files.readString(variant()).replace(hash, "0".repeat(64)));
        assertLeftOut("found others");
    }

    @Test
    void withoutTheValuesOfQueriesSeedsDecideAndRunsAreComputedAnew() throws IOException {
        run("varied", BOTH);
        List<String> queries = files("queries");
        assertThat(queries).hasSize(4);
        Path run = path("out/runs").resolve(files("runs").get(0));
        Object written = Files.getLastModifiedTime(run);
        run("varied", BOTH);
        assertThat(Files.getLastModifiedTime(run)).isEqualTo(written);
        for (String file : queries) {
            Files.delete(path("out/queries").resolve(file));
        }
        assertThat(untying().comparisons())
                .extracting(ClaimComparison::basis)
                .contains("seeds")
                .doesNotContain("seeds and queries");
        run("varied", BOTH);
        assertThat(files("queries")).isEqualTo(queries);
        assertThat(Files.getLastModifiedTime(run)).isNotEqualTo(written);
    }
}
