package io.github.linfhash.results.regression;

import static io.github.linfhash.results.regression.RegressionSamples.EXPECTED;
import static io.github.linfhash.results.regression.RegressionSamples.RESULTS;
import static io.github.linfhash.results.regression.RegressionSamples.changed;
import static io.github.linfhash.results.regression.RegressionSamples.elsewhere;
import static io.github.linfhash.results.regression.RegressionSamples.expecting;
import static io.github.linfhash.results.regression.RegressionSamples.measuredAt;
import static io.github.linfhash.results.regression.RegressionSamples.metric;
import static io.github.linfhash.results.regression.RegressionSamples.withCodes;
import static io.github.linfhash.results.regression.RegressionSamples.withMetric;
import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.regression.Expected.ExpectedCell;
import io.github.linfhash.results.regression.Expected.ExpectedHashes;
import io.github.linfhash.results.regression.Expected.ExpectedMetric;
import io.github.linfhash.results.regression.RegressionReport.Check;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Results that may become the expected ones, and results that may not. */
class AcceptanceTest {
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

    @Test
    void failedRunsAreNotAccepted() {
        assertBadInput(() -> RegressionSamples.accepted(SampleResults.comparison(), Optional.empty(), Scope.ALL))
                .hasMessageContaining("deep-linf-64-seed2: " + SampleResults.FAILURE);
    }

    @Test
    void acceptingAgainKeepsTolerancesThatCarryAReason() {
        ExpectedMetric wide = metric("ksh", 48, "map").withTolerance(0.05, "its solver is random");
        ExpectedCell cell = EXPECTED.find("ksh", 48).orElseThrow();
        Map<String, ExpectedMetric> metrics = new LinkedHashMap<>(cell.metrics());
        metrics.put("map", wide);
        List<ExpectedCell> cells = EXPECTED.cells().stream()
                .map(other -> other.equals(cell)
                        ? new ExpectedCell("ksh", null, 48, cell.codes(), metrics, null, cell.options(), null)
                        : other)
                .toList();
        Expected edited = expecting(EXPECTED.hashes(), cells);
        assertThat(RegressionSamples.accepted(RESULTS, Optional.of(edited), Scope.ALL))
                .isEqualTo(edited);
    }

    /** Cells that stay must have been measured on the same, or one file would mix what cannot be compared. */
    @Test
    void aPartIsAcceptedWhereTheRestWasMeasuredAlikeAlone() {
        Scope ksh = new Scope(Optional.of(Set.of("ksh")), Optional.empty(), Optional.empty());
        Optional<Expected> before = Optional.of(EXPECTED);
        Results moved = changed("nnh", 64, run -> withMetric(run, "map", 0.01));
        assertThat(RegressionSamples.accepted(moved, before, ksh)).isEqualTo(EXPECTED);
        assertThat(RegressionSamples.accepted(moved, before, Scope.ALL)).isNotEqualTo(EXPECTED);
        assertOthersFound(elsewhere(RESULTS), before, ksh);
        ExpectedHashes is = EXPECTED.hashes();
        ExpectedHashes other =
                new ExpectedHashes(is.protocol(), Digests.sha256("other data"), is.features(), is.splits());
        assertOthersFound(RESULTS, Optional.of(expecting(other, EXPECTED.cells())), ksh);
        List<Long> order = List.of(2L, 1L, 0L);
        Expected reordered = new Expected(
                EXPECTED.schema(),
                EXPECTED.protocol(),
                is,
                EXPECTED.environment(),
                order,
                EXPECTED.rule(),
                EXPECTED.cells());
        assertOthersFound(RESULTS, Optional.of(reordered), ksh);
    }

    private static void assertOthersFound(Results measured, Optional<Expected> before, Scope scope) {
        assertBadInput(() -> RegressionSamples.accepted(measured, before, scope))
                .hasMessageStartingWith("expected the seeds, data and environment of the cells that stay");
    }

    /** A scope twice, then everything: a cell has the commit that measured it, said where it is not the file's. */
    @Test
    void aCellThatStaysKeepsTheCommitThatMeasuredIt() {
        String first = EXPECTED.environment().commit();
        Scope ksh = new Scope(Optional.of(Set.of("ksh")), Optional.empty(), Optional.empty());
        Scope at48 = new Scope(Optional.empty(), Optional.of(Set.of(48)), Optional.empty());

        Expected second = RegressionSamples.accepted(measuredAt("second"), Optional.of(EXPECTED), ksh);
        assertThat(second.environment().commit()).isEqualTo("second");
        assertThat(commits(second)).containsEntry("ksh-48", "").containsEntry("ksh-64", "");
        assertThat(commits(second)).containsEntry("nnh-48", first).containsEntry("itq-64", first);

        Expected third = RegressionSamples.accepted(measuredAt("third"), Optional.of(second), at48);
        assertThat(third.environment().commit()).isEqualTo("third");
        assertThat(commits(third)).containsEntry("ksh-48", "").containsEntry("nnh-48", "");
        assertThat(commits(third)).containsEntry("ksh-64", "second").containsEntry("nnh-64", first);

        // The first commit again: what it measured before is no exception any more.
        Expected again = RegressionSamples.accepted(measuredAt(first), Optional.of(third), at48);
        assertThat(commits(again)).containsEntry("ksh-64", "second").containsEntry("nnh-64", "");

        Expected all = RegressionSamples.accepted(measuredAt("fourth"), Optional.of(third), Scope.ALL);
        assertThat(commits(all))
                .hasSize(8)
                .allSatisfy((cell, commit) -> assertThat(commit).isEmpty());
        assertThat(ExpectedYaml.text(all).replace("fourth", first)).isEqualTo(ExpectedYaml.text(EXPECTED));
    }

    private static Map<String, String> commits(Expected expected) {
        return expected.cells().stream()
                .collect(Collectors.toMap(ExpectedCell::name, cell -> Objects.requireNonNullElse(cell.commit(), "")));
    }

    @Test
    void aCellThatIsToBeAcceptedMustHaveBeenMeasured() {
        Scope at128 = new Scope(Optional.empty(), Optional.of(Set.of(128)), Optional.empty());
        ExpectedCell ksh = EXPECTED.find("ksh", 48).orElseThrow();
        List<ExpectedCell> cells = new ArrayList<>(EXPECTED.cells());
        cells.add(new ExpectedCell("ksh", null, 128, ksh.codes(), ksh.metrics(), null, ksh.options(), null));
        Optional<Expected> before = Optional.of(expecting(EXPECTED.hashes(), cells));
        assertBadInput(() -> RegressionSamples.accepted(RESULTS, before, at128))
                .hasMessage("expected results of ksh-128 to accept, found none");
    }

    @Test
    void aComparisonThatLacksARunIsNotAccepted() {
        List<RunResult> runs = RESULTS.runs();
        Results without = new Results(RESULTS.protocol(), RESULTS.environment(), runs.subList(0, runs.size() - 1));
        assertBadInput(() -> RegressionSamples.accepted(without, Optional.empty(), Scope.ALL))
                .hasMessage("expected all 24 runs of the protocol, found 23, not "
                        + runs.get(runs.size() - 1).key());
    }

    /** A row that a protocol runs at one length with two of the seeds, as it does with slow ones. */
    @Test
    void aRowThatIsNotRunEverywhereIsExpectedWhereItIs() {
        Predicate<RunKey> planned = run -> !run.method().equals("ksh")
                || (run.bits() == 48 && Set.of(0L, 2L).contains(run.seed()));
        List<RunResult> runs =
                RESULTS.runs().stream().filter(run -> planned.test(run.key())).toList();
        Results some = new Results(RESULTS.protocol(), RESULTS.environment(), runs);
        assertBadInput(() -> RegressionSamples.accepted(some, Optional.empty(), Scope.ALL))
                .hasMessageStartingWith("expected all 24 runs of the protocol, found 20, not ksh-");
        Expected expected = Acceptance.of(some, Optional.empty(), Scope.ALL, planned);

        assertThat(expected.find("ksh", 64)).isEmpty();
        ExpectedCell ksh = expected.find("ksh", 48).orElseThrow();
        assertThat(ksh.seeds()).containsExactly(0L, 2L);
        assertThat(Objects.requireNonNull(ksh.metrics().get("map")).values()).containsExactly(0.348, 0.352);
        assertThat(expected.find("nnh", 48).orElseThrow().seeds()).isNull();
        assertThat(ExpectedYaml.text(expected)).contains("    seeds: [0, 2]\n");

        assertThat(Regression.compare(expected, some, Scope.ALL).ok()).isTrue();
        Results without = SampleResults.withRuns(
                RESULTS, runs.stream().filter(run -> !run.key().toString().equals("ksh-48-seed2")));
        assertThat(Regression.compare(expected, without, Scope.ALL).failed())
                .extracting(Check::note)
                .containsExactly("the run of seed 2 is not among the results");
        // The value of seed 2 is the second of the cell's, though the third of the file's seeds.
        Scope seed2 = new Scope(Optional.empty(), Optional.empty(), Optional.of(Set.of(2L)));
        assertThat(Regression.compare(expected, some, seed2).ok()).isTrue();
        Results moved = SampleResults.withRuns(
                RESULTS,
                runs.stream()
                        .map(run -> run.key().toString().equals("ksh-48-seed2")
                                ? withMetric(withCodes(run, "other"), "map", -0.1)
                                : run));
        assertThat(Regression.compare(expected, moved, seed2).ok()).isFalse();
    }

    @Test
    void seedsOfACellAreSomeOfTheFilesInItsOrder() {
        ExpectedCell ksh = EXPECTED.find("ksh", 48).orElseThrow();
        for (List<Long> seeds : List.of(List.<Long>of(), List.of(2L, 0L), List.of(0L, 7L))) {
            ExpectedCell cell =
                    new ExpectedCell("ksh", null, 48, ksh.codes(), ksh.metrics(), null, ksh.options(), seeds);
            assertThatThrownBy(() -> expecting(EXPECTED.hashes(), List.of(cell)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("ksh-48, seeds: expected some of the seeds [0, 1, 2] in this order, found " + seeds);
        }
    }

    @Test
    void aMeanIsThatOfItsValuesToFiveDigits() {
        List<Double> values = List.of(0.3, 0.5);
        assertThat(new ExpectedMetric(0.400003, 0.1, 0, null, values).values()).isEqualTo(values);
        assertThatThrownBy(() -> new ExpectedMetric(0.40001, 0.1, 0, null, values))
                .hasMessage("expected the mean of [0.3, 0.5], found 0.40001");
    }
}
