package io.github.linfhash.reports.claims;

import io.github.linfhash.reports.results.MethodSummary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whom a claim is about: a method, perhaps with certain values of some options.
 *
 * @param method the method's name
 * @param options values by name of an option, as texts; null where any will do
 */
public record ClaimSubject(String method, @Nullable Map<String, String> options) {
    /** A method with any options. */
    public static ClaimSubject of(String method) {
        return new ClaimSubject(method, null);
    }

    /** What messages and tables call it. */
    public String name() {
        return required().isEmpty()
                ? method
                : method
                        + required().entrySet().stream()
                                .map(entry -> entry.getKey() + " " + entry.getValue())
                                .collect(Collectors.joining(", ", " (", ")"));
    }

    boolean fits(MethodSummary summary) {
        return summary.name().equals(method)
                && required().entrySet().stream()
                        .allMatch(entry -> summary.options().containsKey(entry.getKey())
                                && String.valueOf(summary.options().get(entry.getKey()))
                                        .equals(entry.getValue()));
    }

    Map<String, String> required() {
        return options == null ? Map.of() : new LinkedHashMap<>(options);
    }
}
