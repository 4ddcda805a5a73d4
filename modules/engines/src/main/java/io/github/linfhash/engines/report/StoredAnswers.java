package io.github.linfhash.engines.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.engines.measure.IndexSpec;
import io.github.linfhash.engines.measure.IndexType;
import io.github.linfhash.engines.measure.OperatingPoint;
import io.github.linfhash.io.input.TextLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Answers that were written before, without their lines to paste: these are made anew, so that no statement of a file is run.
 *
 * @param file that they are in
 * @param json all of it
 * @param engine that they are for
 * @param neighbors k
 * @param similarity by which vectors are near
 * @param dimension of the vectors
 */
public record StoredAnswers(
        Path file, JsonNode json, String engine, int neighbors, Similarity similarity, int dimension) {
    private static final int MOST_NEIGHBORS = 1_000;

    /**
     * An operating point that was chosen.
     *
     * @param target of recall that it reached
     * @param point the index and how it is searched
     */
    public record Chosen(double target, OperatingPoint point) {}

    /**
     * Reads what {@link MeasureJson} wrote.
     *
     * @throws InputException if it is no such file
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
        if (!json.path("engine").isTextual()) {
            throw new InputException(expected(file) + "no 'engine'");
        }
        String named = json.path("vectors").path("similarity").asText();
        Similarity similarity = Stream.of(Similarity.values())
                .filter(one -> one.name().equalsIgnoreCase(named))
                .findFirst()
                .orElseThrow(() -> new InputException(expected(file) + "no similarity"));
        return new StoredAnswers(
                file,
                json,
                json.path("engine").asText(),
                number(file, json, "neighbors", 1, MOST_NEIGHBORS),
                similarity,
                number(file, json.path("vectors"), "dimension", 1, Integer.MAX_VALUE));
    }

    /**
     * Returns the answers that reached their target.
     *
     * @param types of the engine
     * @throws InputException if there are none, or one is not of these types
     */
    public List<Chosen> chosen(List<IndexType> types) {
        List<Chosen> answers = new ArrayList<>();
        for (JsonNode answer : json.path("answers")) {
            if (answer.path("reached").asBoolean()) {
                answers.add(new Chosen(answer.path("target").asDouble(), point(answer, types)));
            }
        }
        if (answers.isEmpty()) {
            throw new InputException("--check: expected an answer that reached its target in " + file + ", found none");
        }
        return answers;
    }

    private OperatingPoint point(JsonNode answer, List<IndexType> types) {
        IndexType type = types.stream()
                .filter(one -> one.name().equals(answer.path("type").asText()))
                .findFirst()
                .orElseThrow(() -> new InputException(expected(file) + "no 'type' of an index"));
        Map<String, Integer> parameters = new HashMap<>();
        for (IndexType.Parameter one : type.parameters()) {
            parameters.put(
                    one.name(),
                    one.flag() ? flag(answer, one.key()) : number(file, answer, one.key(), one.least(), one.most()));
        }
        IndexType.Parameter effort = type.effort();
        return new OperatingPoint(
                new IndexSpec(type, parameters),
                effort == null
                        ? IndexType.NO_EFFORT
                        : number(file, answer, effort.key(), effort.least(), effort.most()),
                number(file, answer, "candidates", 1, type.mostCandidates()));
    }

    private int flag(JsonNode answer, String name) {
        JsonNode flag = answer.path(name);
        if (!flag.isBoolean()) {
            throw new InputException(expected(file) + "no '" + name + "' that is true or false");
        }
        return flag.asBoolean() ? 1 : 0;
    }

    private static String expected(Path file) {
        return "--check: expected measure.json, or the JSON that 'linfhash measure' printed, in " + file + ", found ";
    }

    private static int number(Path file, JsonNode json, String name, int least, int most) {
        JsonNode number = json.path(name);
        if (!number.isIntegralNumber()
                || !number.canConvertToInt()
                || number.asInt() < least
                || number.asInt() > most) {
            throw new InputException(expected(file) + "no '" + name + "' from " + least + " to " + most);
        }
        return number.asInt();
    }
}
