package io.github.linfhash.results.regression;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.regression.Expected.ExpectedCell;
import io.github.linfhash.results.regression.Expected.ExpectedHashes;
import io.github.linfhash.results.regression.Expected.ExpectedMetric;
import io.github.linfhash.results.regression.RegressionReport.Subject;
import io.github.linfhash.results.regression.RegressionReport.Verdict;
import io.github.linfhash.results.schema.Results;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Results, what is expected of them, and results that differ from that. */
final class RegressionSamples {
    static final Results RESULTS = withoutFailure(SampleResults.comparison());
    static final Expected EXPECTED = accepted(RESULTS, Optional.empty(), Scope.ALL);

    private RegressionSamples() {}

    /** Accepts results under a protocol that runs everything at every length with every seed. */
    static Expected accepted(Results measured, Optional<Expected> previous, Scope scope) {
        return Acceptance.of(measured, previous, scope, run -> true);
    }

    static ExpectedMetric metric(String method, int bits, String key) {
        return Optional.ofNullable(
                        EXPECTED.find(method, bits).orElseThrow().metrics().get(key))
                .orElseThrow();
    }

    static Verdict verdict(Results measured, String method, int bits, String what) {
        return Regression.compare(EXPECTED, measured, Scope.ALL).checks().stream()
                .filter(check -> check.subject().equals(new Subject(method, bits, what)))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    /** Returns results as another machine measures them. */
    static Results elsewhere(Results results) {
        return new Results(results.protocol(), SampleResults.environment("Another CPU"), results.runs());
    }

    /** Returns the sample results as the code of another commit measures them. */
    static Results measuredAt(String commit) {
        return SampleResults.measuredAt(commit, RESULTS.environment().evaluator(), RESULTS);
    }

    static Results withoutFailure(Results results) {
        RunKey failed = new RunKey("deep-linf", 64, 2);
        return SampleResults.withRuns(
                results, results.runs().stream().map(run -> run.failed() ? SampleResults.measured(failed, 0.4) : run));
    }

    static Results changed(String method, int bits, UnaryOperator<RunResult> change) {
        return SampleResults.withRuns(
                RESULTS,
                RESULTS.runs().stream()
                        .map(run ->
                                run.key().method().equals(method) && run.key().bits() == bits
                                        ? change.apply(run)
                                        : run));
    }

    static RunResult withMetric(RunResult run, String key, double by) {
        Map<String, Double> metrics = new LinkedHashMap<>(run.metrics());
        metrics.merge(key, by, Double::sum);
        return withMetrics(run, metrics);
    }

    static RunResult withMetrics(RunResult run, Map<String, Double> metrics) {
        return run.with(metrics, run.curves(), run.seconds());
    }

    static RunResult withCodes(RunResult run, String codes) {
        return SampleResults.withHashes(run, run.splitHash(), Digests.sha256(codes));
    }

    /** Returns the sample expectations with other cells and hashes. */
    static Expected expecting(ExpectedHashes hashes, List<ExpectedCell> cells) {
        return new Expected(
                EXPECTED.schema(),
                EXPECTED.protocol(),
                hashes,
                EXPECTED.environment(),
                EXPECTED.seeds(),
                EXPECTED.rule(),
                cells);
    }
}
