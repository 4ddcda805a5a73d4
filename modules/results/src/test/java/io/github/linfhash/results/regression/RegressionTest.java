package io.github.linfhash.results.regression;

import static io.github.linfhash.results.regression.RegressionSamples.EXPECTED;
import static io.github.linfhash.results.regression.RegressionSamples.RESULTS;
import static io.github.linfhash.results.regression.RegressionSamples.accepted;
import static io.github.linfhash.results.regression.RegressionSamples.changed;
import static io.github.linfhash.results.regression.RegressionSamples.elsewhere;
import static io.github.linfhash.results.regression.RegressionSamples.expecting;
import static io.github.linfhash.results.regression.RegressionSamples.verdict;
import static io.github.linfhash.results.regression.RegressionSamples.withCodes;
import static io.github.linfhash.results.regression.RegressionSamples.withMetric;
import static io.github.linfhash.results.regression.RegressionSamples.withMetrics;
import static io.github.linfhash.results.regression.RegressionSamples.withoutFailure;
import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.regression.Expected.ExpectedEnvironment;
import io.github.linfhash.results.regression.Expected.ExpectedHashes;
import io.github.linfhash.results.regression.RegressionReport.Check;
import io.github.linfhash.results.regression.RegressionReport.Subject;
import io.github.linfhash.results.regression.RegressionReport.Verdict;
import io.github.linfhash.results.schema.Results;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results that differ from the expected ones, and results that do not. */
class RegressionTest {
    @Test
    void acceptedResultsAreExpected() {
        RegressionReport report = Regression.compare(EXPECTED, RESULTS, Scope.ALL);
        assertThat(report.ok()).as(report.failed().toString()).isTrue();
        // Of all: protocol, dataset, features and 3 splits. Of each of 4 x 2 cells: the codes and 10 metrics.
        assertThat(report.checks()).hasSize(6 + 8 * 11);
        assertThat(report.summary()).isEqualTo("fashion-mnist, seeds [0, 1, 2]: 94 checks: 94 OK");
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

    /** The tolerance is that of {@link ToleranceRule}: 0.005 / sqrt(3), as the seeds have one value. */
    @ParameterizedTest
    @CsvSource({"0.4005, OK", "0.3995, OK", "0.404, CHANGED_BETTER", "0.396, CHANGED_WORSE"})
    void continuousOutputsOfEqualCodesMayDiffer(double found, Verdict verdict) {
        Expected expected =
                accepted(changed("nnh", 64, run -> withMetric(run, "realMap", 0.4)), Optional.empty(), Scope.ALL);
        Results moved = changed("nnh", 64, run -> withMetric(run, "realMap", found));
        assertThat(Regression.compare(expected, elsewhere(moved), Scope.ALL).checks())
                .filteredOn(check -> check.subject().equals(new Subject("nnh", 64, "realMap")))
                .extracting(Check::verdict)
                .containsExactly(verdict);
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
        Results moved = changed("ksh", 48, run -> SampleResults.withHashes(run, Digests.sha256("x"), run.codesHash()));
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
        Results without = SampleResults.withRuns(
                RESULTS,
                RESULTS.runs().stream().filter(run -> !run.key().method().equals("itq")));
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
        Expected without = expecting(
                EXPECTED.hashes(),
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
        assertBadInput(() -> Regression.compare(EXPECTED, withoutFailure(SampleResults.reproduction()), Scope.ALL))
                .hasMessage("expected results of the protocol fashion-mnist, found cifar10");
    }

    @Test
    void aDifferenceOfJustTheToleranceAgrees() {
        assertThat(new Check.Numbers(0.5, 0.75, 0.25).agree()).isTrue();
        assertThat(new Check.Numbers(0.5, 0.25, 0.25).agree()).isTrue();
        assertThat(new Check.Numbers(0.5, Math.nextUp(0.75), 0.25).agree()).isFalse();
    }

    @Test
    void oneSeedOfManyIsEnoughForAChange() {
        Results codes = changed("nnh", 64, run -> run.key().seed() == 1 ? withCodes(run, "other") : run);
        assertThat(verdict(codes, "nnh", 64, "codes")).isEqualTo(Verdict.CHANGED);
        Results metrics = changed("nnh", 64, run -> run.key().seed() == 1 ? without(run, "recall@2") : run);
        assertThat(verdict(metrics, "nnh", 64, "recall@2")).isEqualTo(Verdict.MISSING);
    }

    private static RunResult without(RunResult run, String metric) {
        Map<String, Double> metrics = new LinkedHashMap<>(run.metrics());
        metrics.remove(metric);
        return withMetrics(run, metrics);
    }

    @Test
    void otherFeaturesAreAChangeOnTheSameMachineAlone() {
        ExpectedHashes is = EXPECTED.hashes();
        ExpectedHashes other =
                new ExpectedHashes(is.protocol(), is.dataset(), Digests.sha256("other features"), is.splits());
        Expected expected = expecting(other, EXPECTED.cells());
        assertThat(Regression.compare(expected, RESULTS, Scope.ALL).failed())
                .extracting(check -> check.subject().what())
                .containsExactly("features");
        assertThat(Regression.compare(expected, elsewhere(RESULTS), Scope.ALL).ok())
                .isTrue();
    }

    @Test
    void splitsOfSeedsThatAreLeftOutAreNotLookedAt() {
        ExpectedHashes is = EXPECTED.hashes();
        Map<Long, String> splits = new LinkedHashMap<>(is.splits());
        splits.put(1L, Digests.sha256("another split"));
        Expected expected =
                expecting(new ExpectedHashes(is.protocol(), is.dataset(), is.features(), splits), EXPECTED.cells());
        assertThat(Regression.compare(expected, RESULTS, seeds(0L, 2L)).ok()).isTrue();
        assertThat(Regression.compare(expected, RESULTS, seeds(0L, 1L)).ok()).isFalse();
    }

    private static Scope seeds(Long... seeds) {
        return new Scope(Optional.empty(), Optional.empty(), Optional.of(Set.of(seeds)));
    }

    @Test
    void allButTheCommitDecidesTheBits() {
        ExpectedEnvironment here = new ExpectedEnvironment("c", "17", "cpu", "native", 1);
        assertThat(here.computesLike(new ExpectedEnvironment("d", "17", "cpu", "native", 1)))
                .isTrue();
        assertThat(here.differencesThatDecide(new ExpectedEnvironment("c", "21", "other", "cuda", 2)))
                .containsExactly("jdk", "cpu", "backend", "threads");
    }

    private static Verdict verdictWhereMoved(String key, double by) {
        Results base = SampleResults.with(RESULTS, key, run -> 20 + run.key().seed() / 1000.0);
        Expected expected = RegressionSamples.accepted(base, Optional.empty(), Scope.ALL);
        Results moved = SampleResults.with(RESULTS, key, run -> 20 + run.key().seed() / 1000.0 + by);
        Results otherCodes = new Results(
                moved.protocol(),
                SampleResults.environment("Another CPU"),
                moved.runs().stream().map(run -> withCodes(run, "other")).toList());
        return Regression.compare(expected, otherCodes, Scope.ALL).checks().stream()
                .filter(check -> check.subject().equals(new Subject("ksh", 48, key)))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @ParameterizedTest
    @CsvSource({
        "meanDistance, -1, CHANGED_BETTER",
        "meanDistance, 1, CHANGED_WORSE",
        "meanDistance, 0.01, OK",
        "ofALaterVersion@2, 1, CHANGED",
        "ofALaterVersion@2, -1, CHANGED"
    })
    void theMetricSaysWhichWayIsBetter(String key, double by, Verdict verdict) {
        assertThat(verdictWhereMoved(key, by)).isEqualTo(verdict);
    }

    @Test
    void aMetricThatWasAddedIsNewAndNothingElseChanges() {
        RegressionReport report = Regression.compare(EXPECTED, SampleResults.withDistances(RESULTS), Scope.ALL);
        assertThat(report.failed())
                .hasSize(8)
                .allMatch(check ->
                        check.verdict() == Verdict.NEW && check.subject().what().equals("meanDistance"));
    }
}
