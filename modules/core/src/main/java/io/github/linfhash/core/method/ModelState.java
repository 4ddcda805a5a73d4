package io.github.linfhash.core.method;

import io.github.linfhash.codes.NonFiniteException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parts of a learned map from vectors to vectors or codes, as plain data: saving it, and {@link MethodSpec#restore} on what was saved, give the
 * same map to the last bit.
 *
 * @param kind the map's form, such as {@code linear}: says which numbers, words and arrays there are
 * @param inputs the dimension of the vectors that it takes
 * @param outputs the number of values or bits that it gives for one
 * @param numbers scalars by name, all finite
 * @param words choices by name
 * @param arrays the learned arrays by name
 */
public record ModelState(
        String kind,
        int inputs,
        int outputs,
        Map<String, Double> numbers,
        Map<String, String> words,
        Map<String, ModelArray> arrays) {
    /** The regular expression for names of kinds, numbers, words and arrays. */
    public static final String NAME = "[A-Za-z][A-Za-z0-9-]{0,39}";

    public ModelState {
        numbers = copy(numbers);
        words = copy(words);
        arrays = copy(arrays);
        if (inputs < 1 || outputs < 1 || !kind.matches(NAME)) {
            throw new IllegalArgumentException(
                    "a state of kind '" + kind + "' cannot have " + inputs + " inputs and " + outputs + " outputs");
        }
        Set<String> names = new HashSet<>();
        for (Map<String, ?> part : List.of(numbers, words, arrays)) {
            for (String name : part.keySet()) {
                if (!names.add(name)) {
                    throw new IllegalArgumentException("two parts of a model are called '" + name + "'");
                }
            }
        }
        numbers.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new NonFiniteException(
                        "a model's values must be finite, and its number '" + name + "' is " + value);
            }
        });
    }

    /** A state without numbers, words and arrays. */
    public ModelState(String kind, int inputs, int outputs) {
        this(kind, inputs, outputs, Map.of(), Map.of(), Map.of());
    }

    private static <T> Map<String, T> copy(Map<String, T> values) {
        for (String name : values.keySet()) {
            if (!name.matches(NAME)) {
                throw new IllegalArgumentException("'" + name + "' is no name of a part of a model");
            }
        }
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    private static <T> Map<String, T> plus(Map<String, T> values, String name, T value) {
        Map<String, T> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return more;
    }

    /** The bytes that the elements of all arrays take. */
    public long bytes() {
        return arrays.values().stream().mapToLong(ModelArray::bytes).sum();
    }

    /** Returns this state with one more number. */
    public ModelState with(String name, double number) {
        return new ModelState(kind, inputs, outputs, plus(numbers, name, number), words, arrays);
    }

    /** Returns this state with one more word. */
    public ModelState with(String name, String word) {
        return new ModelState(kind, inputs, outputs, numbers, plus(words, name, word), arrays);
    }

    /** Returns this state with one more array. */
    public ModelState with(String name, ModelArray array) {
        return new ModelState(kind, inputs, outputs, numbers, words, plus(arrays, name, array));
    }
}
