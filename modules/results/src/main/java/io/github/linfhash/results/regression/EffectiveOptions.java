package io.github.linfhash.results.regression;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.results.schema.MethodSummary;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The options that methods were run with, as texts by name. Numbers of other options differ without anything being wrong, so
 * that a comparison of them would say nothing of the program.
 */
public final class EffectiveOptions {
    /** Beyond this many, a sentence no longer helps. */
    private static final int MOST_NAMED = 6;

    private EffectiveOptions() {}

    /** Those of a method at a code length. */
    public static Map<String, String> of(MethodSummary method, int bits) {
        Map<String, String> options = new LinkedHashMap<>();
        method.options().forEach((name, value) -> options.put(name, value.toString()));
        method.optionsAt().getOrDefault(bits, Map.of()).forEach((name, value) -> options.put(name, value.toString()));
        return options;
    }

    /**
     * Requires that methods have the options that the expected results were measured with. An option that only one of both
     * knows, since it was added or removed later, is not compared.
     *
     * @param methods the methods that are compared
     * @param otherwise the options of a cell where the expected results do not say them
     * @throws InputException if an option has another value; the sentence names it, with both values
     */
    public static void require(
            Expected expected,
            List<MethodSummary> methods,
            Scope scope,
            Function<ExpectedCell, Optional<Map<String, String>>> otherwise) {
        Set<String> differing = new LinkedHashSet<>();
        for (MethodSummary method : methods) {
            for (ExpectedCell cell : expected.cells()) {
                if (cell.entry().equals(method.entry()) && scope.has(cell.entry(), cell.bits())) {
                    Optional.ofNullable(cell.options())
                            .or(() -> otherwise.apply(cell))
                            .ifPresent(wanted ->
                                    differing.addAll(differences(method.entry(), wanted, of(method, cell.bits()))));
                }
            }
        }
        if (!differing.isEmpty()) {
            throw new InputException("results of the protocol " + expected.protocol()
                    + ": expected the options that the expected results were measured with, found others: "
                    + named(List.copyOf(differing)));
        }
    }

    private static List<String> differences(String method, Map<String, String> wanted, Map<String, String> found) {
        return found.entrySet().stream()
                .filter(option -> wanted.containsKey(option.getKey())
                        && !option.getValue().equals(wanted.get(option.getKey())))
                .map(option -> method + " has " + option.getKey() + " " + option.getValue() + " instead of "
                        + wanted.get(option.getKey()))
                .toList();
    }

    private static String named(List<String> differing) {
        int more = differing.size() - MOST_NAMED;
        return String.join(", ", more > 0 ? differing.subList(0, MOST_NAMED) : differing)
                + (more > 0 ? ", and " + more + " more" : "");
    }
}
