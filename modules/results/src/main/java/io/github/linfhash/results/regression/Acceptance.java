package io.github.linfhash.results.regression;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.regression.Expected.ExpectedCell;
import io.github.linfhash.results.regression.Expected.ExpectedEnvironment;
import io.github.linfhash.results.regression.Expected.ExpectedHashes;
import io.github.linfhash.results.regression.Expected.ExpectedMetric;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Makes measured results the expected ones. */
public final class Acceptance {
    private final Results measured;
    private final Optional<Expected> previous;
    private final ToleranceRule rule;
    private final Predicate<RunKey> planned;

    private Acceptance(Results measured, Optional<Expected> previous, Predicate<RunKey> planned) {
        this.measured = measured;
        this.previous = previous;
        this.planned = planned;
        this.rule = previous.map(Expected::rule).map(ToleranceRule::renewed).orElse(ToleranceRule.STANDARD);
    }

    /**
     * Returns the results that are expected from now on. Cells out of scope stay, with the commit that measured them; so do the rule, which gets a
     * relative floor for recall if it has none, and tolerances that carry a reason.
     *
     * @param previous what was expected so far, if anything
     * @param planned whether the protocol runs a method at a length with a seed
     * @throws InputException if a run failed or is missing, if a cell in scope was not measured where others stay, or
     *     if cells stay that were measured with other seeds, on other data or in another environment
     */
    public static Expected of(Results measured, Optional<Expected> previous, Scope scope, Predicate<RunKey> planned) {
        Acceptance acceptance = new Acceptance(measured, previous, planned);
        acceptance.requireAllRuns();
        List<ExpectedCell> cells = new ArrayList<>(acceptance.measuredCells(scope));
        Expected next = acceptance.expecting(cells);
        if (previous.isPresent() && scope.leavesCellsOut()) {
            requireMeasured(previous.get(), scope, cells);
            requireAlike(previous.get(), next);
            cells.addAll(acceptance.staying(previous.get(), scope, next.environment()));
            cells.sort(order(previous.get(), measured.protocol().methodNames()));
            next = acceptance.expecting(cells);
        }
        return next;
    }

    /** A cell that is to be replaced must not get lost for want of a new one. */
    private static void requireMeasured(Expected previous, Scope scope, List<ExpectedCell> measured) {
        for (ExpectedCell cell : previous.cells()) {
            boolean found = measured.stream()
                    .anyMatch(other -> other.entry().equals(cell.entry()) && other.bits() == cell.bits());
            if (scope.has(cell.entry(), cell.bits()) && !found) {
                throw new InputException("expected results of " + cell.name() + " to accept, found none");
            }
        }
    }

    /** The cells that were not measured anew, each with the commit that did measure it. */
    private List<ExpectedCell> staying(Expected previous, Scope scope, ExpectedEnvironment now) {
        return previous.cells().stream()
                .filter(cell -> !scope.has(cell.entry(), cell.bits()))
                .map(cell -> cell.movedFrom(previous.environment().commit(), now.commit())
                        .under(rule))
                .toList();
    }

    private Expected expecting(List<ExpectedCell> cells) {
        return new Expected(
                Expected.SCHEMA,
                measured.protocol().name(),
                hashes(),
                ExpectedEnvironment.of(measured.environment()),
                measured.protocol().seeds(),
                rule,
                cells);
    }

    private static Comparator<ExpectedCell> order(Expected previous, List<String> added) {
        List<String> methods = new ArrayList<>(
                previous.cells().stream().map(ExpectedCell::entry).distinct().toList());
        added.stream().filter(name -> !methods.contains(name)).forEach(methods::add);
        return Comparator.<ExpectedCell>comparingInt(cell -> methods.indexOf(cell.entry()))
                .thenComparingInt(ExpectedCell::bits);
    }

    private static void requireAlike(Expected previous, Expected next) {
        if (!previous.hashes().equals(next.hashes())
                || !previous.environment().computesLike(next.environment())
                || !previous.seeds().equals(next.seeds())) {
            throw new InputException("expected the seeds, data and environment of the cells that stay, found others;"
                    + " accept all methods and code lengths together");
        }
    }

    private void requireAllRuns() {
        if (measured.runs().isEmpty()) {
            throw new InputException("expected runs to accept, found none");
        }
        for (RunResult run : measured.runs()) {
            if (run.failed()) {
                throw new InputException("expected runs that did not fail, found " + run.key() + ": " + run.failure());
            }
        }
        Set<RunKey> found = measured.runs().stream().map(RunResult::key).collect(Collectors.toSet());
        Set<RunKey> all = new LinkedHashSet<>();
        for (Configuration method : measured.protocol().methods()) {
            measured.protocol()
                    .bits()
                    .forEach(bits -> seeds(method, bits).forEach(seed -> all.add(key(method, bits, seed))));
        }
        if (!found.equals(all)) {
            String missing = all.stream()
                    .filter(key -> !found.contains(key))
                    .findFirst()
                    .map(key -> ", not " + key)
                    .orElse("");
            throw new InputException(
                    "expected all " + all.size() + " runs of the protocol, found " + found.size() + missing);
        }
    }

    /** The seeds that a method is run with at a length. */
    private List<Long> seeds(Configuration method, int bits) {
        return measured.protocol().seeds().stream()
                .filter(seed -> planned.test(key(method, bits, seed)))
                .toList();
    }

    private static RunKey key(Configuration method, int bits, long seed) {
        return new RunKey(method.name(), method.variant(), bits, seed);
    }

    private List<ExpectedCell> measuredCells(Scope scope) {
        List<ExpectedCell> cells = new ArrayList<>();
        for (Configuration method : measured.protocol().methods()) {
            for (int bits : measured.protocol().bits().stream().sorted().toList()) {
                if (scope.has(method.entry(), bits) && !seeds(method, bits).isEmpty()) {
                    cells.add(cell(method, bits));
                }
            }
        }
        return cells;
    }

    private ExpectedCell cell(Configuration summary, int bits) {
        String method = summary.entry();
        List<Long> seeds = seeds(summary, bits);
        List<RunResult> runs =
                seeds.stream().map(seed -> run(method, bits, seed)).toList();
        Map<String, ExpectedMetric> metrics = new LinkedHashMap<>();
        for (String key : runs.get(0).metrics().keySet()) {
            List<Double> values = runs.stream()
                    .map(run -> Objects.requireNonNull(run.metrics().get(key), key))
                    .toList();
            ExpectedMetric metric = ExpectedMetric.of(key, values, rule);
            metrics.put(key, keepingTolerance(method, bits, key, metric));
        }
        List<String> codes = runs.stream()
                .map(run -> Objects.requireNonNull(run.codesHash()))
                .toList();
        return new ExpectedCell(
                summary.name(),
                summary.variant().isEmpty() ? null : summary.variant(),
                bits,
                codes,
                metrics,
                null,
                EffectiveOptions.of(summary, bits),
                seeds.equals(measured.protocol().seeds()) ? null : seeds);
    }

    private ExpectedMetric keepingTolerance(String method, int bits, String key, ExpectedMetric metric) {
        ExpectedMetric before = previous.flatMap(file -> file.find(method, bits))
                .map(cell -> cell.metrics().get(key))
                .orElse(null);
        return before == null || before.reason() == null
                ? metric
                : metric.withTolerance(before.tolerance(), before.reason());
    }

    private ExpectedHashes hashes() {
        Map<Long, String> splits = new LinkedHashMap<>();
        for (long seed : measured.protocol().seeds()) {
            measured.runs().stream()
                    .filter(run -> run.key().seed() == seed)
                    .findFirst()
                    .ifPresent(run -> splits.put(seed, run.splitHash()));
        }
        return new ExpectedHashes(
                measured.protocol().hash(),
                measured.protocol().dataset().hash(),
                measured.protocol().features().hash(),
                splits);
    }

    private RunResult run(String method, int bits, long seed) {
        return measured.runs(method, bits).stream()
                .filter(run -> run.key().seed() == seed)
                .findFirst()
                .orElseThrow();
    }

    /**
     * The options that methods were run with, as texts by name. Numbers of other options differ without anything being wrong, so
     * that a comparison of them would say nothing of the program.
     */
    public static final class EffectiveOptions {
        /** Beyond this many, a sentence no longer helps. */
        private static final int MOST_NAMED = 6;

        private EffectiveOptions() {}

        /** Returns the options of a method at a code length. */
        static Map<String, String> of(Configuration method, int bits) {
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
                List<Configuration> methods,
                Scope scope,
                Function<ExpectedCell, Optional<Configuration>> otherwise) {
            Set<String> differing = new LinkedHashSet<>();
            for (Configuration method : methods) {
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
                        + ": expected the options of the reference results, found others: "
                        + named(List.copyOf(differing)));
            }
        }

        private static List<String> differences(
                ExpectedCell cell, Configuration method, Optional<Configuration> otherwise) {
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
}
