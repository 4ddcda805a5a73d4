package io.github.linfhash.results.regression;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds results against expected ones.
 *
 * <p>The two sides are compared seed by seed on the seeds that both have, so that what differs between seeds (the split,
 * the initialisation) is no part of the difference. Where the codes are the same, the metrics have to be; where the
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
                Subject.ofAll("features"), hashes.features(), found.features().fingerprint());
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
                .map(subject -> Check.of(subject, Verdict.NEW, "nothing is expected of this method and code length"))
                .toList();
    }

    private static Subject cell(RunKey key) {
        return new Subject(key.entry(), key.bits(), "runs");
    }
}
