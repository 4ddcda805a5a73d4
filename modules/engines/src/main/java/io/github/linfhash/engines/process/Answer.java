package io.github.linfhash.engines.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * An answer of an engine, or an object in it, every part of which is checked. A fault is an {@link InputException}.
 *
 * @param engine that answered
 * @param call that it answered
 * @param json an object
 * @param arrays that it may name
 */
record Answer(String engine, String call, JsonNode json, EngineArrays arrays) {
    private static final int MOST_ELEMENTS = 1_000;

    InputException wrong(String expected, String found) {
        return new InputException(
                engine + " answered \"" + call + "\" wrongly: expected " + expected + ", found " + found);
    }

    private JsonNode field(String field, Predicate<JsonNode> right, String expected) {
        JsonNode found = json.path(field);
        if (!right.test(found)) {
            throw wrong(field + " as " + expected, found.isMissingNode() ? "none" : Excerpt.of(found.toString()));
        }
        return found;
    }

    private static boolean isWhole(JsonNode found, long least, long most) {
        return found.isIntegralNumber()
                && found.canConvertToLong()
                && found.asLong() >= least
                && found.asLong() <= most;
    }

    /** The number of a field, which is whole. */
    long whole(String field, long least, long most) {
        return field(field, found -> isWhole(found, least, most), "a whole number from " + least + " to " + most)
                .asLong();
    }

    /** The number of a field, which is finite and not negative. */
    double number(String field) {
        return field(field, found -> found.isNumber() && isTime(found.asDouble()), "a finite number of 0 or more")
                .asDouble();
    }

    private static boolean isTime(double found) {
        return found >= 0 && found < Double.POSITIVE_INFINITY;
    }

    /** The text of a field. */
    String text(String field) {
        return field(field, JsonNode::isTextual, "a text").asText();
    }

    /** The text of a field, or another one if there is no such field. */
    String text(String field, String otherwise) {
        return json.has(field) ? text(field) : otherwise;
    }

    /** The value of a field that is true or false. */
    boolean flag(String field) {
        return field(field, JsonNode::isBoolean, "true or false").asBoolean();
    }

    /** The object of a field. */
    Answer object(String field) {
        return new Answer(engine, call, field(field, JsonNode::isObject, "an object"), arrays);
    }

    private List<JsonNode> list(String field, Predicate<JsonNode> right, String expected) {
        return StreamSupport.stream(
                        field(
                                        field,
                                        found -> found.isArray()
                                                && found.size() <= MOST_ELEMENTS
                                                && StreamSupport.stream(found.spliterator(), false)
                                                        .allMatch(right),
                                        "a list of " + expected)
                                .spliterator(),
                        false)
                .toList();
    }

    /** The objects of a list. */
    List<Answer> objects(String field) {
        return list(field, JsonNode::isObject, "objects").stream()
                .map(one -> new Answer(engine, call, one, arrays))
                .toList();
    }

    /** The words of a list. */
    List<String> words(String field) {
        return list(field, JsonNode::isTextual, "words").stream()
                .map(JsonNode::asText)
                .toList();
    }

    /** The numbers of a list with at least one. */
    List<Integer> ascending(String field, int least, int most) {
        String expected = "ascending whole numbers from " + least + " to " + most;
        List<Integer> all = list(field, one -> isWhole(one, least, most), expected).stream()
                .map(JsonNode::asInt)
                .toList();
        if (all.isEmpty() || IntStream.range(1, all.size()).anyMatch(i -> all.get(i - 1) >= all.get(i))) {
            throw wrong(field + " as a list of " + expected, Excerpt.of(all.toString()));
        }
        return all;
    }

    /** Reads an array of a shape, in which a second size is the most that it may be. */
    private NpyArray array(String field, NpyType type, List<Integer> shape, boolean narrower) {
        NpyArray found;
        try {
            found = NpyFile.read(arrays.file(text(field)));
        } catch (InputException e) {
            throw new InputException(
                    engine + " answered \"" + call + "\" wrongly: " + field + ": " + e.getMessage(), e);
        }
        boolean fits = found.shape().equals(shape)
                || (narrower
                        && found.dimensions() == 2
                        && found.rows() == shape.get(0)
                        && found.columns() < shape.get(1));
        if (found.type() != type || !fits) {
            throw wrong(
                    field + " of " + type.shown() + " and shape " + shape + (narrower ? " or narrower" : ""),
                    found.type().shown() + " of shape " + found.shape());
        }
        return found;
    }

    /**
     * Lists of different rows below a number, without those that are -1.
     *
     * @param width the elements of each list
     * @param narrower whether there may be fewer elements
     */
    List<int[]> ids(int lists, int width, boolean narrower, int rows) {
        NpyArray found = array("ids", NpyType.INT64, List.of(lists, width), narrower);
        List<int[]> all = new ArrayList<>();
        for (int q = 0; q < lists; q++) {
            Set<Integer> ids = new LinkedHashSet<>();
            for (int i = q * found.columns(); i < (q + 1) * found.columns(); i++) {
                long id = found.integer(i);
                if (id < -1 || id >= rows) {
                    throw wrong("ids from -1 to " + (rows - 1), id + " in list " + q);
                }
                if (id >= 0 && !ids.add((int) id)) {
                    throw wrong("each of the ids once in a list", id + " twice in list " + q);
                }
            }
            all.add(ids.stream().mapToInt(Integer::intValue).toArray());
        }
        return all;
    }

    /** Times of searches, in the order of an array of a shape. */
    double[] millis(List<Integer> shape) {
        NpyArray found = array("millis", NpyType.FLOAT64, shape, false);
        double[] all =
                IntStream.range(0, found.elements()).mapToDouble(found::real).toArray();
        for (int i = 0; i < all.length; i++) {
            if (!isTime(all[i])) {
                throw wrong("millis that are finite and not negative", all[i] + " of search " + i);
            }
        }
        return all;
    }
}
