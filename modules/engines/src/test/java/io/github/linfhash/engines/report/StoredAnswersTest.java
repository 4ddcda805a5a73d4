package io.github.linfhash.engines.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.engines.measure.Made;
import io.github.linfhash.engines.measure.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertThat(stored.answers())
                .containsExactly(new StoredAnswers.Chosen(
                        0.95, Made.measurement().answers().get(0).measured().setting()));
    }

    @ParameterizedTest
    @CsvSource({
        "linfhash-measure/1, linfhash-measure/9, another schema",
        "ivfflat-bit, ivfflat; DROP TABLE items, no 'type' of an index",
        "'\"lists\" : 100', '\"lists\" : 0', no 'lists' from 1 to 32768",
        "'\"probes\" : 8', '\"probes\" : \"8; DROP TABLE items\"', no 'probes' from 1 to 32768",
        "'\"candidates\" : 10', '\"candidates\" : 2000', no 'candidates' from 1 to 1000",
        "cosine, hamming, no similarity",
        "'\"engine\" : \"pgvector\"', '\"engine\" : \"faiss\"', no 'engine'",
        "'\"reached\" : true', '\"reached\" : false', none"
    })
    void othersAreRefused(String part, String other, String found) {
        assertThat(json).contains(part);
        assertThatThrownBy(() -> read(json.replace(part, other)))
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

    @Test
    void answersForLuceneAreRead() throws IOException {
        StoredAnswers stored = read(MeasureJson.of(Made.luceneMeasurement(), null));
        assertThat(stored.engine()).isEqualTo(Measurement.Name.LUCENE);
        assertThat(stored.answers())
                .containsExactlyElementsOf(Made.luceneMeasurement().answers().stream()
                        .map(answer -> new StoredAnswers.Chosen(
                                answer.target(), answer.measured().setting()))
                        .toList());
    }
}
