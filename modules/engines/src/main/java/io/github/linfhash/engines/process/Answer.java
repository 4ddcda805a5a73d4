package io.github.linfhash.engines.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * An answer of an engine, or an object in it, every part of which is checked. A fault is an {@link InputException}.
 *
 * @param engine that answered
 * @param call that it answered
 * @param json an object
 * @param arrays that it may name
 */
record Answer(String engine, String call, JsonNode json, EngineArrays arrays) {
    private static final int LONGEST_TEXT = 20_000;
    private static final int LONGEST_LIST = 1_000;

    InputException wrong(String expected, String found) {
        return new InputException(
                engine + " answered \"" + call + "\" wrongly: expected " + expected + ", found " + found);
    }

    private static String shown(JsonNode found) {
        return found.isMissingNode() ? "none" : Excerpt.of(found.toString());
    }

    /** The number of a field, which is whole. */
    long whole(String field, long least, long most) {
        return whole(field, json.path(field), least, most);
    }

    private long whole(String field, JsonNode found, long least, long most) {
        if (!found.isIntegralNumber() || !found.canConvertToLong() || found.asLong() < least || found.asLong() > most) {
            throw wrong(field + " as a whole number from " + least + " to " + most, shown(found));
        }
        return found.asLong();
    }

    /** The number of a field, which is finite and not negative. */
    double number(String field) {
        JsonNode found = json.path(field);
        if (!found.isNumber() || !(found.asDouble() >= 0 && found.asDouble() < Double.POSITIVE_INFINITY)) {
            throw wrong(field + " as a finite number of 0 or more", shown(found));
        }
        return found.asDouble();
    }

    /** The text of a field. */
    String text(String field) {
        JsonNode found = json.path(field);
        if (!found.isTextual() || found.asText().length() > LONGEST_TEXT) {
            throw wrong(field + " as a text of at most " + LONGEST_TEXT + " characters", shown(found));
        }
        return found.asText();
    }

    /** The text of a field, or another one if there is no such field. */
    String text(String field, String otherwise) {
        return json.has(field) ? text(field) : otherwise;
    }

    /** The value of a field that is true or false. */
    boolean flag(String field) {
        JsonNode found = json.path(field);
        if (!found.isBoolean()) {
            throw wrong(field + " as true or false", shown(found));
        }
        return found.asBoolean();
    }

    /** The object of a field. */
    Answer object(String field) {
        return object(field, json.path(field));
    }

    private Answer object(String field, JsonNode found) {
        if (!found.isObject()) {
            throw wrong(field + " with objects", shown(found));
        }
        return new Answer(engine, call, found, arrays);
    }

    private JsonNode list(String field) {
        JsonNode found = json.path(field);
        if (!found.isArray() || found.size() > LONGEST_LIST) {
            throw wrong(field + " as a list of at most " + LONGEST_LIST + " elements", shown(found));
        }
        return found;
    }

    /** The objects of a list. */
    List<Answer> objects(String field) {
        List<Answer> all = new ArrayList<>();
        list(field).forEach(one -> all.add(object(field, one)));
        return all;
    }

    /** The words of a list. */
    List<String> words(String field) {
        List<String> all = new ArrayList<>();
        list(field).forEach(one -> all.add(one.asText()));
        return all;
    }

    /** The numbers of a list with at least one. */
    List<Integer> ascending(String field, int least, int most) {
        List<Integer> all = new ArrayList<>();
        for (JsonNode one : list(field)) {
            long from = all.isEmpty() ? least : all.get(all.size() - 1) + 1L;
            all.add((int) whole(field + " in ascending order, each", one, from, most));
        }
        if (all.isEmpty()) {
            throw wrong(field + " with at least one number", "none");
        }
        return all;
    }

    /** Reads an array with so many rows, and so many columns; -1 for an array of one dimension. */
    private NpyArray array(String field, NpyType type, int rows, int least, int most) {
        NpyArray found;
        try {
            found = NpyFile.read(arrays.file(text(field)));
        } catch (InputException e) {
            throw new InputException(engine + " answered \"" + call + "\" wrongly: " + field + ": " + e.getMessage(), e);
        }
        boolean fits = most < 0
                ? found.dimensions() == 1
                : found.dimensions() == 2 && found.columns() >= least && found.columns() <= most;
        if (found.type() != type || found.rows() != rows || !fits) {
            String columns = most < 0 ? "" : (least < most ? ", at most " : ", ") + most;
            throw wrong(
                    field + " of " + type.shown() + " and shape [" + rows + columns + "]",
                    found.type().shown() + " of shape " + found.shape());
        }
        return found;
    }

    /** Lists of different rows below a number; at least and at most so many in each, of which those that are -1 are left out. */
    List<int[]> ids(int lists, int least, int most, int rows) {
        NpyArray found = array("ids", NpyType.INT64, lists, least, most);
        int width = found.columns();
        List<int[]> all = new ArrayList<>();
        for (int q = 0; q < lists; q++) {
            Set<Long> seen = new HashSet<>();
            for (int i = q * width; i < (q + 1) * width; i++) {
                long id = found.integer(i);
                if (id < -1 || id >= rows) {
                    throw wrong("ids from -1 to " + (rows - 1), id + " in list " + q);
                }
                if (id >= 0 && !seen.add(id)) {
                    throw wrong("each of the ids once in a list", id + " twice in list " + q);
                }
            }
            all.add(IntStream.range(q * width, (q + 1) * width)
                    .map(i -> (int) found.integer(i))
                    .filter(id -> id >= 0)
                    .toArray());
        }
        return all;
    }

    /** Times of searches, one list for each of some points. */
    double[][] millis(int points, int queries) {
        return millis(array("millis", NpyType.FLOAT64, points, queries, queries), points, queries);
    }

    /** Times of searches. */
    double[] millis(int queries) {
        return millis(array("millis", NpyType.FLOAT64, queries, -1, -1), 1, queries)[0];
    }

    private double[][] millis(NpyArray found, int points, int queries) {
        double[][] all = new double[points][queries];
        for (int i = 0; i < found.elements(); i++) {
            double millis = found.real(i);
            if (!(millis >= 0 && millis < Double.POSITIVE_INFINITY)) {
                throw wrong("millis that are finite and not negative", millis + " of search " + i % queries);
            }
            all[i / queries][i % queries] = millis;
        }
        return all;
    }
}
