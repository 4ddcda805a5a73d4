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
    static Map<String, String> of(MethodSummary method, int bits) {
        Map<String, String> texts = new LinkedHashMap<>();
        method.optionsOf(bits).forEach((name, value) -> texts.put(name, value.toString()));
        return texts;
    }

    /**
     * Requires that methods have the options that the expected results were measured with. An option that only one of both
     * knows, since it was added or removed later, is not compared.
     *
     * @param methods the methods that are compared
     * @param otherwise the method of a cell where the expected results do not say its options
     * @throws InputException if an option has another value; the sentence names it, with both values
     */
    public static void require(
            Expected expected,
            List<MethodSummary> methods,
            Scope scope,
            Function<ExpectedCell, Optional<MethodSummary>> otherwise) {
        Set<String> differing = new LinkedHashSet<>();
        for (MethodSummary method : methods) {
            for (ExpectedCell cell : expected.cells()) {
                if (cell.entry().equals(method.entry())
                        && scope.has(cell.entry(), cell.bits())
                        && cell.seedsAmong(expected.seeds()).stream().anyMatch(scope::has)) {
                    differing.addAll(differences(cell, method, otherwise.apply(cell)));
                }
            }
        }
        if (!differing.isEmpty()) {
            throw new InputException("results of the protocol " + expected.protocol()
                    + ": expected the options that the expected results were measured with, found others: "
                    + named(List.copyOf(differing)));
        }
    }

    private static List<String> differences(
            ExpectedCell cell, MethodSummary method, Optional<MethodSummary> otherwise) {
        Map<String, String> wanted = Optional.ofNullable(cell.options())
                .or(() -> otherwise.map(other -> of(other, cell.bits())))
                .orElse(Map.of());
        return of(method, cell.bits()).entrySet().stream()
                .filter(option -> wanted.containsKey(option.getKey())
                        && !option.getValue().equals(wanted.get(option.getKey())))
                .map(option -> method.entry() + " has " + option.getKey() + " " + option.getValue() + " instead of "
                        + wanted.get(option.getKey()))
                .toList();
    }

    private static String named(List<String> differing) {
        int more = differing.size() - MOST_NAMED;
        return String.join(", ", more > 0 ? differing.subList(0, MOST_NAMED) : differing)
                + (more > 0 ? ", and " + more + " more" : "");
    }
}
