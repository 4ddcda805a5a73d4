package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code linfhash flatness} as a user has it. */
class FlatnessCommandTest extends ProgramOnTinyHome {
    @BeforeEach
    void writeVectors() throws IOException {
        FeatureArrays.write(
                root.resolve("x.npy"),
                Blobs.classes(new Blobs.Sizes(5, 16, 300, 1), 4).train());
    }

    private int flatness(String... more) {
        List<String> words = new ArrayList<>(List.of("flatness", "--features=" + root.resolve("x.npy")));
        words.addAll(Arrays.asList(more));
        return run(words.toArray(String[]::new));
    }

    @Test
    void hasATableAndFiles() throws IOException {
        assertThat(flatness("--format=json", "--out=" + root.resolve("flat")))
                .as(err.toString())
                .isZero();
        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.path("representations"))
                .extracting(row -> row.path("representation").asText() + " "
                        + row.path("bytes").asText())
                .contains("identity 9", "pca 9", "itq 10", "anti-sparse-50 12", "rotation 12")
                .doesNotContain("identity 12", "deep-linf 9");
        for (JsonNode row : json.path("representations")) {
            assertThat(row.path("flatness").asDouble()).isBetween(0.3, 1.0);
            assertThat(row.path("recall x3").asDouble())
                    .isGreaterThanOrEqualTo(row.path("recall x1").asDouble());
        }
        assertThat(json.path("rank correlations")).hasSize(3);
        assertThat(json.path("claims"))
                .extracting(row -> row.path("claim").asText())
                .contains(
                        "Flatter representations keep more neighbors",
                        "anti-sparse-50 keeps more neighbors than a random rotation");
        assertThat(Files.readString(root.resolve("flat/flatness.csv"))).startsWith("representation,bytes,bits,");
        assertThat(Files.readString(root.resolve("flat/flatness.svg"))).contains("Recall over flatness at 9 bytes, x1");
        assertThat(Files.readString(root.resolve("flat/index.html")))
                .contains("anti-sparse-50")
                .contains("What it says")
                .contains("flatness-9-1");
    }

    @Test
    void theLearnedOneIsMeasuredWhereItIsNamed() throws IOException {
        assertThat(flatness("--format=json", "--representations=deep-linf,rotation", "--bytes=10", "--seeds=0"))
                .as(err.toString())
                .isZero();
        JsonNode rows = new JsonMapper().readTree(out.toString()).path("representations");
        assertThat(rows)
                .extracting(row -> row.path("representation").asText())
                .containsExactly("rotation", "deep-linf");
        assertThat(rows.get(1).path("total").asText()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--bytes=8, --bytes: expected numbers from 9",
        "--neighbors=1, --neighbors: expected numbers from 2",
        "--representations=flat, '--representations: expected names of identity, pca'",
        "--rows=19, --rows: expected numbers from 20"
    })
    void refusesInOneSentence(String option, String sentence) {
        assertThat(flatness(option)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains(sentence);
    }

    @Test
    void refusesBytesOfWhichNothingCanBeMade() {
        assertThat(flatness("--bytes=12", "--representations=pca")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--bytes: expected numbers of which a representation");
    }
}
