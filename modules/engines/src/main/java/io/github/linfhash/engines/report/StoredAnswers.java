package io.github.linfhash.engines.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.engines.measure.IndexSpec;
import io.github.linfhash.engines.measure.LuceneIndex;
import io.github.linfhash.engines.measure.Measurement;
import io.github.linfhash.engines.measure.PgvectorIndex;
import io.github.linfhash.engines.measure.Setting;
import io.github.linfhash.io.input.TextLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Answers that were written before, without their statements: these are made anew, so that no statement of a file is run.
 *
 * @param engine that they are for
 * @param neighbors k
 * @param similarity by which vectors are near
 * @param dimension of the vectors
 * @param answers those that reached their target
 */
public record StoredAnswers(
        Measurement.Name engine, int neighbors, Similarity similarity, int dimension, List<Chosen> answers) {
    private static final int MOST = 1_000;
    private static final int MOST_LISTS = 32_768;
    private static final int MOST_LINKS = 100;

    /**
     * A setting that was chosen.
     *
     * @param target of recall that it reached
     * @param setting the index and how it is searched
     */
    public record Chosen(double target, Setting setting) {}

    public StoredAnswers {
        answers = List.copyOf(answers);
    }

    /**
     * Reads what {@link MeasureJson} wrote.
     *
     * @throws InputException if it is no such file, or no answer reached its target
     */
    public static StoredAnswers read(Path file) throws IOException {
        JsonNode json;
        try {
            json = new JsonMapper().readTree(TextLines.text(file));
        } catch (JsonProcessingException e) {
            throw new InputException(expected(file) + "no JSON", e);
        }
        if (json == null || !MeasureJson.SCHEMA.equals(json.path("schema").asText())) {
            throw new InputException(expected(file) + "another schema");
        }
        Measurement.Name engine = Stream.of(Measurement.Name.values())
                .filter(one -> one.toString().equals(json.path("engine").asText()))
                .findFirst()
                .orElseThrow(() -> new InputException(expected(file) + "no 'engine'"));
        List<Chosen> answers = new ArrayList<>();
        for (JsonNode answer : json.path("answers")) {
            if (answer.path("reached").asBoolean()) {
                answers.add(new Chosen(
                        answer.path("target").asDouble(),
                        engine == Measurement.Name.LUCENE ? lucene(file, answer) : pgvector(file, answer)));
            }
        }
        if (answers.isEmpty()) {
            throw new InputException("--check: expected an answer that reached its target in " + file + ", found none");
        }
        String named = json.path("vectors").path("similarity").asText();
        for (Similarity similarity : Similarity.values()) {
            if (similarity.name().equalsIgnoreCase(named)) {
                return new StoredAnswers(
                        engine,
                        number(file, json, "neighbors", 1, MOST),
                        similarity,
                        number(file, json.path("vectors"), "dimension", 1, Integer.MAX_VALUE),
                        answers);
            }
        }
        throw new InputException(expected(file) + "no similarity");
    }

    private static String expected(Path file) {
        return "--check: expected measure.json, or the JSON that 'linfhash measure' printed, in " + file + ", found ";
    }

    private static int number(Path file, JsonNode json, String name, int least, int most) {
        JsonNode number = json.path(name);
        if (!number.canConvertToInt() || number.asInt() < least || number.asInt() > most) {
            throw new InputException(expected(file) + "no '" + name + "' from " + least + " to " + most);
        }
        return number.asInt();
    }

    private static Setting pgvector(Path file, JsonNode answer) {
        PgvectorIndex.Type type = type(file, answer, PgvectorIndex.Type.all());
        int candidates = number(file, answer, "candidates", 1, MOST);
        if (type.method() == PgvectorIndex.Method.IVFFLAT) {
            return new Setting(
                    new PgvectorIndex(type, 0, 0, number(file, answer, "lists", 1, MOST_LISTS)),
                    number(file, answer, "probes", 1, MOST_LISTS),
                    candidates);
        }
        return new Setting(
                new PgvectorIndex(
                        type,
                        number(file, answer, "m", 2, MOST_LINKS),
                        number(file, answer, "efConstruction", 2 * 2, MOST),
                        0),
                number(file, answer, "efSearch", 1, MOST),
                candidates);
    }

    private static <T extends IndexSpec.Type> T type(Path file, JsonNode answer, List<T> all) {
        return all.stream()
                .filter(one -> one.toString().equals(answer.path("type").asText()))
                .findFirst()
                .orElseThrow(() -> new InputException(expected(file) + "no 'type' of an index"));
    }

    private static Setting lucene(Path file, JsonNode answer) {
        LuceneIndex.Type type = type(file, answer, LuceneIndex.Type.all());
        boolean merged = answer.path("merged").asBoolean();
        int candidates = number(file, answer, "candidates", 1, MOST);
        return type.graph()
                ? new Setting(
                        new LuceneIndex(
                                type,
                                number(file, answer, "maxConn", 2, LuceneIndex.MOST_CONNECTIONS),
                                number(file, answer, "beamWidth", 1, LuceneIndex.MOST_BEAM),
                                merged,
                                1),
                        number(file, answer, "k", 1, MOST),
                        candidates)
                : new Setting(new LuceneIndex(type, 0, 0, merged, 1), LuceneIndex.SCAN, candidates);
    }
}
