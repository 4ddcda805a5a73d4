package io.github.linfhash.results.regression;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The outcome of a comparison with expected results.
 *
 * @param protocol the protocol's name
 * @param seeds the seeds that were compared
 * @param sameEnvironment whether both sides were computed alike, so that codes have to be the same
 * @param checks all checks
 */
public record RegressionReport(String protocol, List<Long> seeds, boolean sameEnvironment, List<Check> checks) {
    public RegressionReport {
        seeds = List.copyOf(seeds);
        checks = List.copyOf(checks);
    }

    /** Whether nothing changed, is missing or is new. */
    public boolean ok() {
        return checks.stream().allMatch(Check::ok);
    }

    public List<Check> failed() {
        return checks.stream().filter(check -> !check.ok()).toList();
    }

    /** One line that counts the verdicts. */
    public String summary() {
        String counts = Arrays.stream(Verdict.values())
                .filter(verdict -> verdict == Verdict.OK || count(verdict) > 0)
                .map(verdict -> count(verdict) + " " + verdict.text())
                .collect(Collectors.joining(", "));
        return protocol + ", seeds " + seeds + ": " + checks.size() + " checks: " + counts;
    }

    private long count(Verdict verdict) {
        return checks.stream().filter(check -> check.verdict() == verdict).count();
    }
}
