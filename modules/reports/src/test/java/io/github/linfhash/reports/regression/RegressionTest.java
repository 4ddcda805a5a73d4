package io.github.linfhash.reports.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.files.Digests;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.reports.SampleResults;
import io.github.linfhash.reports.results.Results;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegressionTest {
    private static final Results RESULTS = withoutFailure(SampleResults.comparison());
    private static final Expected EXPECTED = Acceptance.of(RESULTS, Optional.empty(), Scope.ALL);

    @Test
    void acceptedResultsAreExpected() {
        RegressionReport report = Regression.compare(EXPECTED, RESULTS, Scope.ALL);
        assertThat(report.ok()).as(report.failed().toString()).isTrue();
        // Of all: protocol, dataset, features and 3 splits. Of each of 4 x 2 cells: the codes and 10 metrics.
        assertThat(report.checks()).hasSize(6 + 8 * 11);
        assertThat(report.summary()).isEqualTo("fashion-mnist, seeds [0, 1, 2]: 94 checks: 94 OK");
    }

    @Test
    void meanSpreadAndToleranceFollowFromTheValues() {
        // map of ksh at 48 bits: 0.348, 0.350, 0.352.
        ExpectedMetric map = metric("ksh", 48, "map");
        assertThat(map.mean()).isCloseTo(0.350, within(1e-9));
        assertThat(map.sd()).isCloseTo(0.002, within(1e-9));
        assertThat(map.tolerance())
                .isCloseTo(0.006 / Math.sqrt(3), within(1e-4))
                .isGreaterThan(0.006 / Math.sqrt(3));
        // One of three seeds may be further away.
        assertThat(map.tolerance(1)).isCloseTo(map.tolerance() * Math.sqrt(3), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "map, 0.01, CHANGED_BETTER",
        "map, -0.01, CHANGED_WORSE",
        "emptyBalls@2, 0.01, CHANGED_WORSE",
        "emptyBalls@0, -0.01, CHANGED_BETTER",
        "uniqueCodes, 100, CHANGED",
        "uniqueCodes, -100, CHANGED",
        "map, 0.0005, OK",
        "map, -0.0005, OK",
    })
    void aMetricOfOtherCodesMayMoveWithinItsToleranceEitherWay(String key, double by, Verdict verdict) {
        Results moved = changed("nnh", 64, run -> withCodes(withMetric(run, key, by), "other"));
        assertThat(verdict(elsewhere(moved), "nnh", 64, key)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"map, 1e-4, CHANGED_BETTER", "map, 1e-8, OK", "uniqueCodes, 1, CHANGED"})
    void equalCodesMustHaveEqualMetrics(String key, double by, Verdict verdict) {
        Results moved = changed("nnh", 64, run -> withMetric(run, key, by));
        assertThat(verdict(elsewhere(moved), "nnh", 64, key)).isEqualTo(verdict);
    }

    @Test
    void theSameEnvironmentMustGiveTheSameCodes() {
        Results moved = changed("nnh", 64, run -> withCodes(run, "other"));
        assertThat(verdict(moved, "nnh", 64, "codes")).isEqualTo(Verdict.CHANGED);
        assertThat(verdict(moved, "nnh", 64, "map")).isEqualTo(Verdict.OK);
        assertThat(verdict(elsewhere(moved), "nnh", 64, "codes")).isEqualTo(Verdict.OK);
    }

    @Test
    void anotherSplitIsAChangeOnEveryMachine() {
        Results moved = changed(
                "ksh",
                48,
                run -> new RunResult(
                        run.key(),
                        Digests.sha256("x"),
                        run.codesHash(),
                        run.parameters(),
                        run.metrics(),
                        Map.of(),
                        Map.of(),
                        null));
        assertThat(Regression.compare(EXPECTED, elsewhere(moved), Scope.ALL).failed())
                .extracting(check -> check.subject().what())
                .containsExactly("split of seed 0", "split of seed 1", "split of seed 2");
    }

    @Test
    void whatFailedOrWasNotRunIsMissing() {
        Results failed = SampleResults.comparison();
        assertThat(Regression.compare(EXPECTED, failed, Scope.ALL).failed())
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.verdict()).isEqualTo(Verdict.MISSING);
                    assertThat(check.note()).isEqualTo("the run of seed 2 failed: " + SampleResults.FAILURE);
                });
        Results without = new Results(
                RESULTS.protocol(),
                RESULTS.environment(),
                RESULTS.runs().stream()
                        .filter(run -> !run.key().method().equals("itq"))
                        .toList());
        assertThat(Regression.compare(EXPECTED, without, Scope.ALL).failed())
                .hasSize(6)
                .allMatch(check -> check.verdict() == Verdict.MISSING);
        Scope others = new Scope(Optional.of(Set.of("ksh", "nnh")), Optional.empty(), Optional.empty());
        assertThat(Regression.compare(EXPECTED, without, others).ok()).isTrue();
    }

    @Test
    void aMetricThatIsNoLongerMeasuredIsMissingAndAnUnexpectedOneIsNew() {
        Results moved = changed("itq", 48, run -> {
            Map<String, Double> metrics = new LinkedHashMap<>(run.metrics());
            metrics.remove("recall@2");
            metrics.put("map@10", 0.5);
            return withMetrics(run, metrics);
        });
        assertThat(verdict(moved, "itq", 48, "recall@2")).isEqualTo(Verdict.MISSING);
        assertThat(verdict(moved, "itq", 48, "map@10")).isEqualTo(Verdict.NEW);
    }

    @Test
    void aMethodThatIsNotExpectedIsNew() {
        Expected without = new Expected(
                EXPECTED.schema(),
                EXPECTED.protocol(),
                EXPECTED.hashes(),
                EXPECTED.environment(),
                EXPECTED.seeds(),
                EXPECTED.rule(),
                EXPECTED.cells().stream()
                        .filter(cell -> !cell.method().equals("ksh"))
                        .toList());
        RegressionReport report = Regression.compare(without, RESULTS, Scope.ALL);
        assertThat(report.failed()).hasSize(2).allMatch(check -> check.verdict() == Verdict.NEW);
        assertThat(report.summary()).endsWith(", 2 NEW");
    }

    @Test
    void aPartOfTheSeedsIsComparedWithTheSameSeeds() {
        Scope first = new Scope(Optional.empty(), Optional.empty(), Optional.of(Set.of(0L)));
        RegressionReport report = Regression.compare(EXPECTED, RESULTS, first);
        assertThat(report.ok()).isTrue();
        assertThat(report.checks())
                .filteredOn(check -> check.subject().equals(new Subject("ksh", 48, "map")))
                .singleElement()
                .satisfies(check ->
                        assertThat(check.numbers().orElseThrow().expected()).isEqualTo(0.348));
    }

    @Test
    void resultsOfAnotherProtocolAreRefused() {
        assertThatThrownBy(() -> Regression.compare(EXPECTED, withoutFailure(SampleResults.reproduction()), Scope.ALL))
                .isInstanceOf(InputException.class)
                .hasMessage("expected results of the protocol fashion-mnist, found cifar10");
    }

    @Test
    void failedRunsAreNotAccepted() {
        assertThatThrownBy(() -> Acceptance.of(SampleResults.comparison(), Optional.empty(), Scope.ALL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("deep-linf-64-seed2: " + SampleResults.FAILURE);
    }

    @Test
    void acceptingAgainKeepsTolerancesThatCarryAReason() {
        ExpectedMetric wide = metric("ksh", 48, "map").withTolerance(0.05, "its solver is random");
        ExpectedCell cell = EXPECTED.find("ksh", 48).orElseThrow();
        Map<String, ExpectedMetric> metrics = new LinkedHashMap<>(cell.metrics());
        metrics.put("map", wide);
        List<ExpectedCell> cells = EXPECTED.cells().stream()
                .map(other -> other.equals(cell) ? new ExpectedCell("ksh", 48, cell.codes(), metrics) : other)
                .toList();
        Expected edited = new Expected(
                EXPECTED.schema(),
                EXPECTED.protocol(),
                EXPECTED.hashes(),
                EXPECTED.environment(),
                EXPECTED.seeds(),
                EXPECTED.rule(),
                cells);
        assertThat(Acceptance.of(RESULTS, Optional.of(edited), Scope.ALL)).isEqualTo(edited);
    }

    @Test
    void theChangelogHasTheOldAndTheNewNumbers() {
        Results moved = changed("nnh", 64, run -> withCodes(withMetric(run, "map", 0.01), "other"));
        Optional<String> entry =
                ChangelogEntry.of(Regression.compare(EXPECTED, moved, Scope.ALL), Optional.of("another optimiser"));
        assertThat(entry).contains("""
                - Expected results of `fashion-mnist` (seeds 0, 1, 2) moved: another optimiser
                  - `nnh-64`: `codes` changed, `map` 0.386 to 0.396
                """);
        assertThat(ChangelogEntry.of(Regression.compare(EXPECTED, RESULTS, Scope.ALL), Optional.empty()))
                .isEmpty();
    }

    private static ExpectedMetric metric(String method, int bits, String key) {
        return Optional.ofNullable(
                        EXPECTED.find(method, bits).orElseThrow().metrics().get(key))
                .orElseThrow();
    }

    private static Verdict verdict(Results measured, String method, int bits, String what) {
        return Regression.compare(EXPECTED, measured, Scope.ALL).checks().stream()
                .filter(check -> check.subject().equals(new Subject(method, bits, what)))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    /** The same results from another machine. */
    private static Results elsewhere(Results results) {
        return new Results(results.protocol(), SampleResults.environment("Another CPU"), results.runs());
    }

    private static Results withoutFailure(Results results) {
        RunKey failed = new RunKey("deep-linf", 64, 2);
        return new Results(
                results.protocol(),
                results.environment(),
                results.runs().stream()
                        .map(run -> run.failed() ? SampleResults.measured(failed, 0.4) : run)
                        .toList());
    }

    private static Results changed(String method, int bits, UnaryOperator<RunResult> change) {
        return new Results(
                RESULTS.protocol(),
                RESULTS.environment(),
                RESULTS.runs().stream()
                        .map(run ->
                                run.key().method().equals(method) && run.key().bits() == bits ? change.apply(run) : run)
                        .toList());
    }

    private static RunResult withMetric(RunResult run, String key, double by) {
        Map<String, Double> metrics = new LinkedHashMap<>(run.metrics());
        metrics.merge(key, by, Double::sum);
        return withMetrics(run, metrics);
    }

    private static RunResult withMetrics(RunResult run, Map<String, Double> metrics) {
        return new RunResult(
                run.key(),
                run.splitHash(),
                run.codesHash(),
                run.parameters(),
                metrics,
                run.curves(),
                run.seconds(),
                null);
    }

    private static RunResult withCodes(RunResult run, String codes) {
        return new RunResult(
                run.key(),
                run.splitHash(),
                Digests.sha256(codes),
                run.parameters(),
                run.metrics(),
                run.curves(),
                run.seconds(),
                null);
    }
}
