package io.github.linfhash.io.binding;

import io.github.linfhash.core.errors.InputException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns options by path into the nested groups of a protocol file. */
public final class OptionPaths {
    private OptionPaths() {}

    /**
     * {@code training.learningRate: 0.1} becomes {@code training: {learningRate: 0.1}}.
     *
     * @throws InputException if one path has a value and another goes through it
     */
    public static Map<String, Object> nest(Map<String, Object> byPath) {
        Map<String, Object> nested = new TreeMap<>();
        byPath.forEach((path, value) -> put(nested, path, path, value));
        return nested;
    }

    /**
     * The nested options of words such as {@code training.epochs=5}; a value is JSON (a number, true, a list) or else text.
     *
     * @param where named at the start of the sentence if a word is wrong
     * @throws InputException if a word is no assignment, or an option is assigned twice
     */
    public static Map<String, Object> parse(String where, List<String> words) {
        Map<String, Object> byPath = new TreeMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1 || equals == word.length() - 1) {
                throw new InputException(where + ": expected NAME=VALUE, found '" + word + "'");
            }
            String path = word.substring(0, equals);
            if (byPath.put(path, StrictReader.value(word.substring(equals + 1))) != null) {
                throw new InputException(where + ": expected each option once, found " + path + " twice");
            }
        }
        return nest(byPath);
    }

    @SuppressWarnings("unchecked") // groups are made below and hold nothing else
    private static void put(Map<String, Object> group, String path, String rest, Object value) {
        int dot = rest.indexOf('.');
        if (dot < 0) {
            group.put(rest, value);
            return;
        }
        Object inner = group.computeIfAbsent(rest.substring(0, dot), name -> new TreeMap<String, Object>());
        if (!(inner instanceof Map)) {
            throw new InputException("option " + path + ": expected no value for a part of its path, found " + inner);
        }
        put((Map<String, Object>) inner, path, rest.substring(dot + 1), value);
    }
}
