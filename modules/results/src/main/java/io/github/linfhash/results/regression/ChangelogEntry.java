package io.github.linfhash.results.regression;

import io.github.linfhash.results.regression.Check.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The lines for CHANGELOG.md about newly accepted results: the old and the new number of everything that moved. */
public final class ChangelogEntry {
    private ChangelogEntry() {}

    /** The entry of results of a protocol of which nothing was expected so far. */
    public static String first(Expected accepted) {
        long methods =
                accepted.cells().stream().map(ExpectedCell::method).distinct().count();
        String bits = accepted.cells().stream()
                .map(cell -> Integer.toString(cell.bits()))
                .distinct()
                .collect(Collectors.joining(", "));
        return "- First expected results of `" + accepted.protocol() + "`: " + methods + " methods, " + bits
                + " bits, seeds " + seeds(accepted.seeds()) + ".\n";
    }

    /**
     * The entry of results that take the place of others; empty if nothing moved.
     *
     * @param report the comparison of the accepted results with what was expected before
     * @param because why they moved, if somebody said so
     */
    public static Optional<String> of(RegressionReport report, Optional<String> because) {
        Map<String, String> moved = new LinkedHashMap<>();
        for (Check check : report.failed()) {
            moved.merge(check.subject().cell(), what(check), (a, b) -> a + ", " + b);
        }
        if (moved.isEmpty()) {
            return Optional.empty();
        }
        String lines = moved.entrySet().stream()
                .map(entry -> "  - " + (entry.getKey().isEmpty() ? "all" : "`" + entry.getKey() + "`") + ": "
                        + entry.getValue() + "\n")
                .collect(Collectors.joining());
        return Optional.of("- Expected results of `" + report.protocol() + "` (seeds " + seeds(report.seeds())
                + ") moved" + because.map(reason -> ": " + reason).orElse("") + "\n" + lines);
    }

    private static String what(Check check) {
        String key = "`" + check.subject().what() + "`";
        if (check.numbers().isPresent()) {
            Numbers numbers = check.numbers().get();
            return key + " " + Digits.text(numbers.expected()) + " to " + Digits.text(numbers.measured());
        }
        return switch (check.verdict()) {
            case NEW -> key + " new";
            case MISSING -> key + " no longer measured";
            default -> key + " changed";
        };
    }

    private static String seeds(List<Long> seeds) {
        return seeds.stream().map(seed -> Long.toString(seed)).collect(Collectors.joining(", "));
    }
}
