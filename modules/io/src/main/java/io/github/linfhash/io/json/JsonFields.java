package io.github.linfhash.io.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.linfhash.core.errors.InputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, read one by one and strictly: a missing field, a field of the wrong kind and, at the
 * {@link #end}, a field that nobody asked for are each one {@link InputException} that names the place.
 */
public final class JsonFields {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int LONGEST_QUOTE = 40;

    private final JsonNode object;
    private final String place;
    private final Set<String> read = new HashSet<>();

    private JsonFields(JsonNode object, String place) {
        this.object = object;
        this.place = place;
    }

    /**
     * The fields of {@code node}.
     *
     * @param place where the object is, for sentences: the file and the path of keys
     */
    public static JsonFields of(JsonNode node, String place) {
        if (!node.isObject()) {
            throw wrong(place, "an object", node);
        }
        return new JsonFields(node, place);
    }

    /** The exception for a value that is not what it should be. */
    public static InputException wrong(String place, String expected, JsonNode found) {
        String text = found.toString();
        String quote = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
        return new InputException(place + ": expected " + expected + ", found " + quote);
    }

    /** Whether there is a field that may be left out. */
    public boolean has(String name) {
        return object.has(name);
    }

    public String text(String name) {
        return require(name, "a text that is not empty", JsonFields::isText).textValue();
    }

    public static String text(JsonNode node, String place) {
        if (!isText(node)) {
            throw wrong(place, "a text that is not empty", node);
        }
        return node.textValue();
    }

    public String hash(String name) {
        return require(name, "a SHA-256 of 64 lower-case hexadecimal digits", JsonFields::isHash)
                .textValue();
    }

    public @Nullable String hashOrNull(String name) {
        return require(name, "a SHA-256 of 64 lower-case hexadecimal digits, or null", n -> n.isNull() || isHash(n))
                .textValue();
    }

    public @Nullable String textOrNull(String name) {
        return require(name, "a text that is not empty, or null", n -> n.isNull() || isText(n))
                .textValue();
    }

    public String oneOf(String name, List<String> choices) {
        return require(name, "one of " + choices, n -> n.isTextual() && choices.contains(n.textValue()))
                .textValue();
    }

    public boolean flag(String name) {
        return require(name, "true or false", JsonNode::isBoolean).booleanValue();
    }

    public int positive(String name) {
        return positive(get(name), place(name));
    }

    public static int positive(JsonNode node, String place) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 1) {
            throw wrong(place, "a whole number from 1 to " + Integer.MAX_VALUE, node);
        }
        return node.intValue();
    }

    public long whole(String name) {
        return whole(get(name), place(name));
    }

    public static long whole(JsonNode node, String place) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw wrong(place, "a whole number of at most 64 bits", node);
        }
        return node.longValue();
    }

    public long notNegative(String name) {
        return require(
                        name,
                        "a whole number of at least 0",
                        n -> n.isIntegralNumber() && n.canConvertToLong() && n.longValue() >= 0)
                .longValue();
    }

    public static double finite(JsonNode node, String place) {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw wrong(place, "a finite number", node);
        }
        return node.doubleValue();
    }

    public JsonFields object(String name) {
        return of(get(name), place(name));
    }

    /** The elements of a list, each read by a function of the element and its place. */
    public <T> List<T> list(String name, BiFunction<JsonNode, String, T> element) {
        return list(require(name, "a list", JsonNode::isArray), place(name), element);
    }

    public static <T> List<T> list(JsonNode array, String place, BiFunction<JsonNode, String, T> element) {
        if (!array.isArray()) {
            throw wrong(place, "a list", array);
        }
        List<T> values = new ArrayList<>();
        for (JsonNode node : array) {
            values.add(element.apply(node, place + "[" + values.size() + "]"));
        }
        return values;
    }

    /** The values of an object whose keys are free, each read by a function of the value and its place. */
    public <T> Map<String, T> map(String name, BiFunction<JsonNode, String, T> value) {
        JsonNode node = require(name, "an object", JsonNode::isObject);
        Map<String, T> values = new LinkedHashMap<>();
        node.properties()
                .forEach(entry ->
                        values.put(entry.getKey(), value.apply(entry.getValue(), place(name) + "." + entry.getKey())));
        return values;
    }

    /** Refuses fields that were not read. */
    public void end() {
        object.fieldNames().forEachRemaining(name -> {
            if (!read.contains(name)) {
                throw new InputException(place + ": the schema has no field '" + name + "' here");
            }
        });
    }

    private JsonNode require(String name, String expected, Predicate<JsonNode> test) {
        JsonNode node = get(name);
        if (!test.test(node)) {
            throw wrong(place(name), expected, node);
        }
        return node;
    }

    private JsonNode get(String name) {
        read.add(name);
        JsonNode node = object.get(name);
        if (node == null) {
            throw new InputException(place + ": the field '" + name + "' is missing");
        }
        return node;
    }

    /** Where a field is, for sentences. */
    public String place(String name) {
        return place + "." + name;
    }

    private static boolean isText(JsonNode node) {
        return node.isTextual() && !node.textValue().isBlank();
    }

    private static boolean isHash(JsonNode node) {
        return node.isTextual() && HASH.matcher(node.textValue()).matches();
    }
}
