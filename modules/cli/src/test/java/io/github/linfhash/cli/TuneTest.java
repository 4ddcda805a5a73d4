package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.shell.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
        assertThat(err.toString()).contains("ksh, 8 bits: configuration ", " on held-out data of 2 trainings; ");
        assertThat(trace.resolveSibling("trace.json.journal")).doesNotExist();
        String first = out.toString();
        out.getBuffer().setLength(0);
        assertThat(tune("ksh,itq", "--workers", "2", "--force")).isZero();
        assertThat(out.toString().replace("--workers 2", "--workers 1")).isEqualTo(first);
    }

    /** The tiny protocol measures 8 and 12 bits. */
    @Test
    void tunesTheLengthsOfTheProtocol() throws IOException {
        Files.writeString(space, Files.readString(space).replace("bits: [8]", "bits: [12, 16]"));
        assertThat(tune("ksh", "--trials", "1")).as(err.toString()).isZero();
        assertThat(trace().at("/space/bits")).map(JsonNode::asInt).containsExactly(12);
        Files.writeString(space, Files.readString(space).replace("bits: [12, 16]", "bits: [16]"));
        assertThat(tune("ksh", "--trials", "1", "--force")).as(err.toString()).isZero();
        assertThat(trace().at("/space/bits")).map(JsonNode::asInt).containsExactly(8, 12);
    }

    @Test
    void takesSeedsThatTheProtocolDoesNotHave() throws IOException {
        assertThat(tune("ksh", "--seed", "17")).as(err.toString()).isZero();
        assertThat(trace().at("/seed").asLong()).isEqualTo(17);
        assertThat(tune("ksh", "--seed", "-1", "--force")).isEqualTo(2);
        assertThat(err.toString()).contains("--seed: expected numbers from 0 to ", ", found -1");
    }

    @Test
    void whatFailsUnderEveryConfigurationIsNotChosen() throws IOException {
        // ITQ needs as many dimensions as bits; the images have 32.
        assertThat(tune("itq,ksh", "--bits", "64")).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString())
                .contains("linfhash: itq, 64 bits: every configuration failed, the last of them with: ");
        assertThat(trace().at("/space/bits/0").asInt()).isEqualTo(64);
    }

    @Test
    void criteriaAndValuesAreOptions() throws IOException {
        assertThat(tune("ksh,class-codes", "--fix", "lambda=2")).isEqualTo(ExitCodes.BAD_INPUT);
        // KSH has no such option.
        assertThat(err.toString()).contains("lambda");
        assertThat(tune("class-codes", "--criteria", "recall@2", "--fix", "classifier=linear", "--trials", "1"))
                .as(err.toString())
                .isZero();
        JsonNode ranking = trace().at("/outcomes/class-codes/8/ranking");
        assertThat(ranking).hasSize(1 + 1);
        assertThat(ranking.at("/0/criteria").fieldNames()).toIterable().containsExactly("recall@2");
        assertThat(ranking.at("/0/values/classifier").asText()).isEqualTo("linear");
        assertThat(err.toString()).contains("class-codes, 8 bits: the defaults win with recall@2 ");
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
