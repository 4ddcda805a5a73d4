package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.linfhash.advisor.command.ExitCodes;
import io.github.linfhash.experiment.registry.MethodRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Options chosen on the small data set, from the command line to the lines of a protocol file. */
class TuneTest extends ProgramOnTinyHome {
    private Path trace = Path.of("");
    private Path space = Path.of("");

    @BeforeEach
    void writeSpace() throws IOException {
        trace = root.resolve("trace.json");
        space = Files.writeString(root.resolve("space.yaml"), """
                schema: linfhash-tuning/2
                description: For a test.
                trials: 3
                folds: 2
                trainings: 1
                criteria: [map, "precision@2"]
                epochs: {finalists: 1, factors: []}
                bits: [8]
                methods:
                  ksh:
                    anchors: {values: [10, 20]}
                  itq:
                    iterations: {values: [1, 2]}
                  class-codes:
                    gamma: {values: [100000]}
                """);
    }

    private int tune(String methods, String... more) {
        String[] words = {
            "tune", "--protocol", "tiny", "--methods", methods, "--space", space.toString(), "--out", trace.toString()
        };
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return run(all);
    }

    private JsonNode trace() throws IOException {
        return new JsonMapper().readTree(trace.toFile());
    }

    @Test
    void printsWhatAProtocolTakesAndKeepsTheTrace() throws IOException {
        assertThat(tune("ksh,itq", "--workers", "1")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("methods:", "name: ksh", "anchors:", "name: itq", "./linfhash tune --protocol tiny");
        assertThat(trace().at("/space/bits/0").asInt()).isEqualTo(8);
        assertThat(err.toString())
                .containsPattern(
                        "ksh, 8 bits: configuration [1-3] wins with map [01]\\.\\d{4}, precision@2 [01]\\.\\d{4}"
                                + " on held-out data of 2 trainings; [0-2] of the [0-2] others");
        JsonNode best = trace().at("/outcomes/ksh/8/ranking/0");
        assertThat(best.at("/trainings").asInt()).isEqualTo(2);
        assertThat(trace.resolveSibling("trace.json.journal")).doesNotExist();
        MethodRegistry.standard()
                .configure("ksh", Map.of("anchors", best.at("/values/anchors").asInt()), "trace");
        String first = out.toString();
        out.getBuffer().setLength(0);
        assertThat(tune("ksh,itq", "--workers", "2", "--force")).isZero();
        assertThat(out.toString().replace("--workers 2", "--workers 1")).isEqualTo(first);
    }

    @Test
    void eachCodeLengthHasItsOwnOptions() throws IOException {
        assertThat(tune("ksh", "--bits", "8,12", "--trials", "2"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("optionsAt:", "12:");
        assertThat(trace().at("/outcomes/ksh/8/ranking")).hasSize(1 + 2);
        assertThat(trace().at("/outcomes/ksh/12/ranking")).hasSize(1 + 2);
    }

    @Test
    void theDefaultsWinIfNoConfigurationIsBetter() throws IOException {
        assertThat(tune("itq,class-codes,ksh")).as(err.toString()).isZero();
        assertThat(err.toString())
                .contains("class-codes, 8 bits: the defaults win with map ")
                // The folds have fewer rows than KSH has anchors by default.
                .contains(". The defaults fail on the same data: KSH needs at least as many unlabeled rows as anchors")
                .doesNotContain("..");
        JsonNode ranking = trace().at("/outcomes/class-codes/8/ranking");
        assertThat(ranking).hasSize(1 + 3);
        assertThat(ranking.at("/0/trial").asInt()).isZero();
        assertThat(ranking.at("/0/values")).isEmpty();
        assertThat(ranking.at("/0/trainings").asInt()).isEqualTo(2);
        assertThat(ranking.at("/0/criteria/map").asDouble())
                .isGreaterThan(ranking.at("/1/criteria/map").asDouble());
        JsonNode methods = new YAMLMapper().readTree(out.toString()).path("methods");
        assertThat(methods.findValuesAsText("name")).containsExactly("itq", "class-codes", "ksh");
        assertThat(methods.at("/1/options").isMissingNode()).isTrue();
        assertThat(methods.at("/2/options/anchors").asInt()).isPositive();
    }

    @Test
    void whatFailsUnderEveryConfigurationIsNotChosen() throws IOException {
        // ITQ needs as many dimensions as bits; the images have 32.
        assertThat(tune("itq,ksh", "--bits", "64")).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString())
                .contains("linfhash: itq, 64 bits: every configuration failed, the last of them with: ");
        assertThat(out.toString()).contains("name: ksh").doesNotContain("name: itq");
        assertThat(trace().at("/space/bits/0").asInt()).isEqualTo(64);
        assertThat(trace().at("/outcomes/itq/64/ranking/0/failure").asText()).isNotEmpty();
    }

    @Test
    void otherCriteriaDecideAndAnOptionHasOneValue() throws IOException {
        assertThat(tune("ksh,class-codes", "--criteria", "recall@2,precision@0", "--fix", "lambda=2"))
                .isEqualTo(ExitCodes.BAD_INPUT);
        // KSH has no such option.
        assertThat(err.toString()).contains("lambda");
        assertThat(tune(
                        "class-codes",
                        "--criteria",
                        "recall@2,precision@0",
                        "--fix",
                        "classifier=linear",
                        "--fix",
                        "lambda=2"))
                .as(err.toString())
                .isZero();
        JsonNode best = trace().at("/outcomes/class-codes/8/ranking/0");
        assertThat(best.path("criteria").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("recall@2", "precision@0");
        assertThat(best.at("/values/classifier").asText()).isEqualTo("linear");
        assertThat(best.at("/values/lambda").asInt()).isEqualTo(2);
        assertThat(out.toString()).contains("classifier: linear");
        assertThat(tune("ksh", "--criteria", "recall@3")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString())
                .contains("--criteria: expected one of map, precision@2, recall@2, precision@0,"
                        + " neighborRecall@1, found 'recall@3'");
        assertThat(tune("ksh", "--criteria", "map,neighborRecall@1")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("expected neighborRecall@1 only");
        assertThat(tune("itq", "--criteria", "neighborRecall@1", "--force")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("neighborRecall@1 needs a protocol with neighbors");
    }

    @Test
    void refusesWhatCannotBeTuned() {
        assertThat(tune("ksh", "--bits", "0")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--bits: expected numbers from 1 to 4096, found 0");
        assertThat(tune("lsh")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("no method 'lsh'");
        assertThat(tune("kshh")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("no method 'kshh' (did you mean 'ksh'?); expected one of");
        assertThat(tune("ksh", "--loss", "dch")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("expected a loss of the search space for ksh, which has none, found 'dch'");
        assertThat(trace).doesNotExist();
    }

    @Test
    void helpFitsRowsOfAnyKind() {
        succeed("tune --help");
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("held-out fold")
                .doesNotContain("image");
    }
}
