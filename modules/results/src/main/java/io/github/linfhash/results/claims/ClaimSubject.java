package io.github.linfhash.results.claims;

import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.results.schema.MethodSummary;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whom a claim is about: a method or one of its rows, perhaps with certain values of some options.
 *
 * @param method the method's name
 * @param row of a method that results have in several rows, the one that is meant; null for the row that was tuned for the measure, or else
 *     {@value #DEFAULT_ROW}
 * @param options values by name of an option, as texts; null where any will do
 */
public record ClaimSubject(
        String method, @Nullable String row, @Nullable Map<String, String> options) {
    /** The row that is meant where none is named. */
    public static final String DEFAULT_ROW = "tuned";

    /** A method with any options. */
    public static ClaimSubject of(String method) {
        return new ClaimSubject(method, null, null);
    }

    /** What messages and tables call it where nothing is known of rows. */
    public String name() {
        return name(RunKey.entry(method, row == null ? "" : row));
    }

    /** The same, with another name for the method or its row. */
    String name(String called) {
        return required().isEmpty()
                ? called
                : called
                        + required().entrySet().stream()
                                .map(entry -> entry.getKey() + " " + entry.getValue())
                                .collect(Collectors.joining(", ", " (", ")"));
    }

    boolean fits(MethodSummary summary, String meantRow) {
        return summary.name().equals(method)
                && (summary.row().isEmpty() || summary.row().equals(meantRow))
                && required().entrySet().stream()
                        .allMatch(entry -> summary.options().containsKey(entry.getKey())
                                && String.valueOf(summary.options().get(entry.getKey()))
                                        .equals(entry.getValue()))
                // An option that is another one at some length or with some seed is not the required one of the method.
                && Collections.disjoint(summary.changing(), required().keySet());
    }

    /**
     * The rows that may be meant where the method has several, of which the first that is there counts.
     *
     * @param tuned the row that was tuned for the measure; null where none is named
     */
    List<String> meantRows(@Nullable String tuned) {
        return row != null ? List.of(row) : tuned != null ? List.of(tuned, DEFAULT_ROW) : List.of(DEFAULT_ROW);
    }

    Map<String, String> required() {
        return options == null ? Map.of() : new LinkedHashMap<>(options);
    }
}
