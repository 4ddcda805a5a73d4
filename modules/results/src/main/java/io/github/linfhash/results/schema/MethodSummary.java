package io.github.linfhash.results.schema;

import io.github.linfhash.core.method.MethodSpec;
import io.github.linfhash.core.method.MethodSpec.Supervision;
import io.github.linfhash.core.results.RunKey;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A method, or one of its rows, as it took part in a comparison.
 *
 * @param name the method's name in the program
 * @param row the name of the row where the method is there with several sets of options; else empty
 * @param title the method's name for people
 * @param citation where it was published
 * @param supervision what it learns from
 * @param options the value of every option, in the order in which the method declares them
 * @param origins where these values come from, for the options of which that is known
 * @param optionsAt by code length, the options that have another value there
 * @param note a sentence for people on what the row is, or null
 */
public record MethodSummary(
        String name,
        String row,
        String title,
        String citation,
        Supervision supervision,
        Map<String, OptionValue> options,
        Map<String, OptionOrigin> origins,
        Map<Integer, Map<String, OptionValue>> optionsAt,
        @Nullable String note) {
    public MethodSummary {
        options = OrderedMaps.copy(options);
        origins = OrderedMaps.copy(origins);
        optionsAt = copy(optionsAt);
        if (!options.keySet().containsAll(origins.keySet())) {
            throw new IllegalArgumentException("method " + name + " has origins of options that it does not have");
        }
        for (Map<String, OptionValue> changed : optionsAt.values()) {
            if (!options.keySet().containsAll(changed.keySet())) {
                throw new IllegalArgumentException(
                        "method " + name + " has options at a code length that it does not have");
            }
        }
    }

    /** A method that is there once, with the same options at every code length. */
    public MethodSummary(
            String name,
            String title,
            String citation,
            Supervision supervision,
            Map<String, OptionValue> options,
            Map<String, OptionOrigin> origins) {
        this(name, "", title, citation, supervision, options, origins, Map.of(), null);
    }

    private static Map<Integer, Map<String, OptionValue>> copy(Map<Integer, Map<String, OptionValue>> byBits) {
        Map<Integer, Map<String, OptionValue>> copies = new TreeMap<>();
        byBits.forEach((bits, changed) -> copies.put(bits, OrderedMaps.copy(changed)));
        return Collections.unmodifiableMap(copies);
    }

    /** What keys and tables call it: {@code METHOD}, or {@code METHOD:ROW} where it has a row. */
    public String entry() {
        return RunKey.entry(name, row);
    }

    /** What people call it: its title, and the row where it has one. */
    public String label() {
        return row.isEmpty() ? title : title + ", " + row.replace('-', ' ');
    }

    /** The same method as a row. */
    public MethodSummary inRow(
            String otherRow, @Nullable String otherNote, Map<Integer, Map<String, OptionValue>> otherOptionsAt) {
        return new MethodSummary(
                name, otherRow, title, citation, supervision, options, origins, otherOptionsAt, otherNote);
    }

    /**
     * The summary of a registered method with the options that it was given.
     *
     * @param chosen the origin of the options that differ from the method's defaults
     */
    public static <O extends Record> MethodSummary of(MethodSpec<O> spec, O options, OptionOrigin chosen) {
        return new MethodSummary(
                spec.name(),
                spec.title(),
                spec.citation(),
                spec.supervision(),
                OptionValue.allOf(options),
                OptionOrigin.allOf(spec.defaults(), options, chosen));
    }
}
