package io.github.linfhash.harness.tuning;

import java.util.Map;
import java.util.TreeMap;

/** Turns options by path into the nested groups of a protocol file. */
final class OptionPaths {
    private OptionPaths() {}

    /** {@code training.learningRate: 0.1} becomes {@code training: {learningRate: 0.1}}. */
    static Map<String, Object> nest(Map<String, Object> byPath) {
        Map<String, Object> nested = new TreeMap<>();
        byPath.forEach((path, value) -> put(nested, path, value));
        return nested;
    }

    @SuppressWarnings("unchecked") // groups are made below and hold nothing else
    private static void put(Map<String, Object> group, String path, Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            group.put(path, value);
        } else {
            Object inner = group.computeIfAbsent(path.substring(0, dot), name -> new TreeMap<String, Object>());
            put((Map<String, Object>) inner, path.substring(dot + 1), value);
        }
    }
}
