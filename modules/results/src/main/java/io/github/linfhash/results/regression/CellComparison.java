package io.github.linfhash.results.regression;

import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.regression.Check.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The checks of one method at one code length.
 *
 * @param expected all that is expected
 * @param cell what is expected of the cell
 * @param alike whether both sides were computed in the same environment
 */
record CellComparison(Expected expected, ExpectedCell cell, boolean alike) {
    /** What the digits that files keep may hide, relative to the value; and for values that vanish. */
    private static final double ROUNDING = 1e-5;

    private static final double VANISHING = 1e-9;

    List<Check> checks(List<RunResult> runs, List<Long> seeds) {
        Map<Long, RunResult> bySeed =
                runs.stream().collect(Collectors.toMap(run -> run.key().seed(), Function.identity()));
        List<Check> checks = new ArrayList<>();
        List<RunResult> usable = new ArrayList<>();
        for (long seed : seeds) {
            RunResult run = bySeed.get(seed);
            if (run == null || run.failed()) {
                String reason = run == null ? "is not among the results" : "failed: " + run.failure();
                checks.add(Check.of(subject("runs"), Verdict.MISSING, "the run of seed " + seed + " " + reason));
            } else {
                usable.add(run);
            }
        }
        if (!usable.isEmpty()) {
            boolean same = usable.stream().allMatch(this::hasExpectedCodes);
            checks.add(codes(same));
            checks.addAll(metrics(usable, same));
        }
        return checks;
    }

    private boolean hasExpectedCodes(RunResult run) {
        return cell.codes()
                .get(expected.indexOf(run.key().seed()))
                .equals(Objects.requireNonNullElse(run.codesHash(), ""));
    }

    private Check codes(boolean same) {
        if (same) {
            return Check.of(subject("codes"), Verdict.OK, "");
        }
        return alike
                ? Check.of(subject("codes"), Verdict.CHANGED, "other codes in the same environment")
                : Check.of(subject("codes"), Verdict.OK, "other codes in another environment");
    }

    private List<Check> metrics(List<RunResult> runs, boolean sameCodes) {
        Set<String> keys = new LinkedHashSet<>(cell.metrics().keySet());
        runs.forEach(run -> keys.addAll(run.metrics().keySet()));
        return keys.stream().map(key -> metric(key, runs, sameCodes)).toList();
    }

    private Check metric(String key, List<RunResult> runs, boolean sameCodes) {
        ExpectedMetric wanted = cell.metrics().get(key);
        if (wanted == null) {
            return Check.of(subject(key), Verdict.NEW, "nothing is expected of this metric");
        }
        if (runs.stream().anyMatch(run -> !run.metrics().containsKey(key))) {
            return Check.of(subject(key), Verdict.MISSING, "not every run measured it");
        }
        double mean = wanted.mean(seeds(runs));
        double found = runs.stream()
                .mapToDouble(run -> run.metrics().getOrDefault(key, Double.NaN))
                .average()
                .orElseThrow();
        double tolerance = sameCodes ? ROUNDING * Math.abs(mean) + VANISHING : wanted.tolerance(runs.size());
        Numbers numbers = new Numbers(mean, found, tolerance);
        Verdict verdict = numbers.agree()
                ? Verdict.OK
                : Verdict.moved(StandardMetrics.quantity(key).direction(), found > mean);
        return new Check(
                subject(key),
                Optional.of(numbers),
                verdict,
                sameCodes ? "the codes are the same, so the metrics have to be" : "");
    }

    private IntStream seeds(List<RunResult> runs) {
        return runs.stream().mapToInt(run -> expected.indexOf(run.key().seed()));
    }

    private Subject subject(String what) {
        return new Subject(cell.entry(), cell.bits(), what);
    }
}
