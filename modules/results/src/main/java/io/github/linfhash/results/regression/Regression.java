package io.github.linfhash.results.regression;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.regression.Expected.ExpectedCell;
import io.github.linfhash.results.regression.Expected.ExpectedEnvironment;
import io.github.linfhash.results.regression.Expected.ExpectedHashes;
import io.github.linfhash.results.regression.Expected.ExpectedMetric;
import io.github.linfhash.results.regression.RegressionReport.Check;
import io.github.linfhash.results.regression.RegressionReport.Check.Numbers;
import io.github.linfhash.results.regression.RegressionReport.Subject;
import io.github.linfhash.results.regression.RegressionReport.Verdict;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
 * Holds results against expected ones.
 *
 * <p>The two sides are compared seed by seed on the seeds that both have, so that what differs between seeds (the split,
 * the initialization) is no part of the difference. Where the codes are the same, all that follows from codes has to be; where the
 * codes were computed alike, they have to be the same. A difference to the better is a difference.
 */
public final class Regression {
    private final Expected expected;
    private final Results measured;
    private final Scope scope;
    private final boolean alike;

    private Regression(Expected expected, Results measured, Scope scope) {
        this.expected = expected;
        this.measured = measured;
        this.scope = scope;
        this.alike = expected.environment().computesLike(ExpectedEnvironment.of(measured.environment()));
    }

    /**
     * All checks of a comparison.
     *
     * @throws InputException if the results are of another protocol
     */
    public static RegressionReport compare(Expected expected, Results measured, Scope scope) {
        String name = measured.protocol().name();
        if (!name.equals(expected.protocol())) {
            throw new InputException("expected results of the protocol " + expected.protocol() + ", found " + name);
        }
        return new Regression(expected, measured, scope).report();
    }

    private RegressionReport report() {
        List<Long> seeds = expected.seeds().stream().filter(scope::has).toList();
        List<Check> checks = new ArrayList<>(identity());
        checks.addAll(splits(seeds));
        for (ExpectedCell cell : expected.cells()) {
            if (scope.has(cell.entry(), cell.bits())) {
                checks.addAll(new CellComparison(expected, cell, alike)
                        .checks(measured.runs(cell.entry(), cell.bits()), seeds));
            }
        }
        checks.addAll(unexpected());
        return new RegressionReport(expected.protocol(), seeds, alike, checks);
    }

    private List<Check> identity() {
        ProtocolSummary found = measured.protocol();
        ExpectedHashes hashes = expected.hashes();
        Check features = Check.ofHashes(
                Subject.ofAll("features"), hashes.features(), found.features().hash());
        // Other machines compute features with other last bits.
        Check judged = alike || features.ok()
                ? features
                : Check.of(features.subject(), Verdict.OK, features.note() + " of another environment");
        return List.of(
                Check.ofHashes(Subject.ofAll("protocol"), hashes.protocol(), found.hash()),
                Check.ofHashes(
                        Subject.ofAll("dataset"),
                        hashes.dataset(),
                        found.dataset().hash()),
                judged);
    }

    private List<Check> splits(List<Long> seeds) {
        Map<Long, RunResult> bySeed = new LinkedHashMap<>();
        measured.runs().forEach(run -> bySeed.putIfAbsent(run.key().seed(), run));
        List<Check> checks = new ArrayList<>();
        expected.hashes().splits().forEach((seed, hash) -> {
            RunResult run = bySeed.get(seed);
            if (run != null && seeds.contains(seed)) {
                checks.add(Check.ofHashes(Subject.ofAll("split of seed " + seed), hash, run.splitHash()));
            }
        });
        return checks;
    }

    private List<Check> unexpected() {
        return measured.runs().stream()
                .map(RunResult::key)
                .filter(key -> scope.has(key.entry(), key.bits()))
                .filter(key -> expected.find(key.entry(), key.bits()).isEmpty())
                .map(Regression::cell)
                .distinct()
                .map(subject -> Check.of(subject, Verdict.NEW, "no reference results for this method and code length"))
                .toList();
    }

    private static Subject cell(RunKey key) {
        return new Subject(key.entry(), key.bits(), "runs");
    }

    /**
     * The checks of one method at one code length.
     *
     * @param expected all that is expected
     * @param cell what is expected of the cell
     * @param alike whether both sides were computed in the same environment
     */
    private record CellComparison(Expected expected, ExpectedCell cell, boolean alike) {
        /** The relative error that the digits in files may hide; {@code VANISHING} is the absolute error, for values near 0. */
        private static final double ROUNDING = 1e-5;

        private static final double VANISHING = 1e-9;

        List<Check> checks(List<RunResult> runs, List<Long> seeds) {
            Map<Long, RunResult> bySeed =
                    runs.stream().collect(Collectors.toMap(run -> run.key().seed(), Function.identity()));
            List<Check> checks = new ArrayList<>();
            List<RunResult> usable = new ArrayList<>();
            for (long seed : seeds.stream().filter(own()::contains).toList()) {
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

        /** The seeds of the cell, in the order of its values. */
        private List<Long> own() {
            return cell.seedsAmong(expected.seeds());
        }

        private boolean hasExpectedCodes(RunResult run) {
            return cell.codes()
                    .get(own().indexOf(run.key().seed()))
                    .equals(Objects.requireNonNullElse(run.codesHash(), ""));
        }

        private Check codes(boolean same) {
            if (same) {
                return Check.of(subject("codes"), Verdict.OK, "");
            }
            return alike
                    ? Check.of(subject("codes"), Verdict.CHANGED, "different codes in the same environment")
                    : Check.of(subject("codes"), Verdict.OK, "different codes in another environment");
        }

        private List<Check> metrics(List<RunResult> runs, boolean sameCodes) {
            Set<String> keys = new LinkedHashSet<>(cell.metrics().keySet());
            runs.forEach(run -> keys.addAll(run.metrics().keySet()));
            return keys.stream().map(key -> metric(key, runs, sameCodes)).toList();
        }

        private Check metric(String key, List<RunResult> runs, boolean sameCodes) {
            ExpectedMetric wanted = cell.metrics().get(key);
            if (wanted == null) {
                return Check.of(subject(key), Verdict.NEW, "no reference value for this metric");
            }
            if (runs.stream().anyMatch(run -> !run.metrics().containsKey(key))) {
                return Check.of(subject(key), Verdict.MISSING, "missing in some runs");
            }
            double mean = wanted.mean(seeds(runs));
            double found = runs.stream()
                    .mapToDouble(run -> run.metrics().getOrDefault(key, Double.NaN))
                    .average()
                    .orElseThrow();
            boolean bound = sameCodes && StandardMetrics.followsFromCodes(key);
            double tolerance = bound ? ROUNDING * Math.abs(mean) + VANISHING : wanted.tolerance(runs.size());
            Numbers numbers = new Numbers(mean, found, tolerance);
            Verdict verdict = numbers.agree()
                    ? Verdict.OK
                    : Verdict.moved(StandardMetrics.quantity(key).direction(), found > mean);
            return new Check(
                    subject(key),
                    Optional.of(numbers),
                    verdict,
                    bound ? "the codes are equal, so the metrics must be equal" : "");
        }

        private IntStream seeds(List<RunResult> runs) {
            return runs.stream().mapToInt(run -> own().indexOf(run.key().seed()));
        }

        private Subject subject(String what) {
            return new Subject(cell.entry(), cell.bits(), what);
        }
    }
}
