package io.github.linfhash.engines.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.engines.measure.Engine;
import io.github.linfhash.engines.measure.Made;
import io.github.linfhash.engines.measure.Measurement;
import io.github.linfhash.engines.pgvector.MadePgvector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that were written are read without their statements. */
class StoredAnswersTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private String json = "";

    @BeforeEach
    void write() {
        json = MeasureJson.of(Made.measurement(), 3.0);
    }

    private StoredAnswers read(String text) throws IOException {
        Path file = folder.resolve("measure.json");
        Files.writeString(file, text);
        return StoredAnswers.read(file);
    }

    /** The answer for 0.999 did not reach its target. */
    @Test
    void answersThatReachedTheirTargetAreRead() throws IOException {
        StoredAnswers stored = read(json);
        assertThat(stored.neighbors()).isEqualTo(10);
        assertThat(stored.dimension()).isEqualTo(16);
        assertThat(stored.similarity()).isEqualTo(Similarity.COSINE);
        assertThat(stored.engine()).isEqualTo("pgvector");
        assertThat(stored.chosen(MadePgvector.types()))
                .containsExactly(new StoredAnswers.Chosen(
                        0.95, Made.measurement().answers().get(0).measured().point()));
    }

    @ParameterizedTest
    @CsvSource({
        "linfhash-measure/1, linfhash-measure/9, another schema",
        "ivfflat-bit, ivfflat; DROP TABLE items, no 'type' of an index",
        "'\"lists\" : 100', '\"lists\" : 0', no 'lists' from 1 to 32768",
        "'\"probes\" : 8', '\"probes\" : \"8; DROP TABLE items\"', no 'probes' from 1 to 32768",
        "'\"candidates\" : 10', '\"candidates\" : 2000', no 'candidates' from 1 to 1000",
        "cosine, hamming, no similarity",
        "'\"engine\" : \"pgvector\"', '\"engine\" : 7', no 'engine'",
        "'\"neighbors\" : 10', '\"neighbors\" : 0', no 'neighbors' from 1 to 1000",
        "'\"dimension\" : 16', '\"dimension\" : 1e99', no 'dimension' from 1 to 2147483647",
        "'\"reached\" : true', '\"reached\" : false', none"
    })
    void othersAreRefused(String part, String other, String found) {
        assertThat(json).contains(part);
        assertThatThrownBy(() -> read(json.replace(part, other)).chosen(MadePgvector.types()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--check: expected ")
                .hasMessageContaining("measure.json, found " + found);
    }

    @Test
    void textIsRefused() {
        assertThatThrownBy(() -> read("target 0.95"))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("found no JSON");
        assertThatThrownBy(() -> read("")).isInstanceOf(InputException.class);
    }

    /** Numbers of graphs have ends of their own. */
    @ParameterizedTest
    @CsvSource({
        "'\"m\" : 16', '\"m\" : 1', no 'm' from 2 to 100",
        "'\"m\" : 16', '\"m\" : 101', no 'm' from 2 to 100",
        "'\"m\" : 16', '\"m\" : 16.5', no 'm' from 2 to 100",
        "'\"efConstruction\" : 64', '\"ef\" : 64', no 'efConstruction' from 4 to 1000",
        "'\"efSearch\" : 400', '\"efSearch\" : 1001', no 'efSearch' from 1 to 1000"
    })
    void numbersOfOtherGraphsAreRefused(String part, String other, String found) {
        String graph = MeasureJson.of(
                Made.with(
                        Made.measurement(),
                        List.of(new Measurement.Answer(
                                0.99,
                                true,
                                Made.measurement().points().get(1),
                                Made.measurement().points().get(1).recall(),
                                1,
                                null,
                                new Engine.Snippet("", "", "", "")))),
                null);
        assertThat(graph).contains(part);
        assertThatThrownBy(() -> read(graph.replace(part, other)).chosen(MadePgvector.types()))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("measure.json, found " + found);
    }

    /** An engine of a user's own; its types are asked of it. */
    @Test
    void answersOfAnEngineInAProcessAreRead() throws IOException {
        String lucene = MeasureJson.of(Made.luceneMeasurement(), null);
        StoredAnswers stored = read(lucene);
        assertThat(stored.engine()).isEqualTo("lucene");
        assertThat(stored.chosen(Made.luceneTypes()))
                .containsExactlyElementsOf(Made.luceneMeasurement().answers().stream()
                        .map(answer -> new StoredAnswers.Chosen(
                                answer.target(), answer.measured().point()))
                        .toList());
        assertThatThrownBy(() -> stored.chosen(MadePgvector.types()))
                .hasMessageEndingWith("found no 'type' of an index");
        for (String flag : List.of("\"yes\"", "1", "null")) {
            assertThatThrownBy(() -> read(lucene.replace("\"merged\" : true", "\"merged\" : " + flag))
                            .chosen(Made.luceneTypes()))
                    .as(flag)
                    .isInstanceOf(InputException.class)
                    .hasMessageEndingWith("measure.json, found no 'merged' that is true or false");
        }
    }
}
