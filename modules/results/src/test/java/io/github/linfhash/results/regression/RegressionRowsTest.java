package io.github.linfhash.results.regression;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.regression.Acceptance.EffectiveOptions;
import io.github.linfhash.results.regression.Expected.ExpectedCell;
import io.github.linfhash.results.regression.RegressionReport.Verdict;
import io.github.linfhash.results.schema.Results;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected results of a method in several rows. */
class RegressionRowsTest {
    private static final Results ROWS = SampleResults.rows();
    private static final Expected EXPECTED = RegressionSamples.accepted(ROWS, Optional.empty(), Scope.ALL);

    private static Scope scope(String... methods) {
        return new Scope(Optional.of(Set.of(methods)), Optional.empty(), Optional.empty());
    }

    @Test
    void eachRowHasCellsOfItsOwn() {
        assertThat(EXPECTED.cells()).hasSize(5 * 2);
        assertThat(EXPECTED.find("deep-linf:tuned", 48).orElseThrow().variant()).isEqualTo("tuned");
        assertThat(EXPECTED.find("deep-linf", 48)).isEmpty();
        assertThat(Regression.compare(EXPECTED, ROWS, Scope.ALL).ok()).isTrue();
    }

    @Test
    void theFileNamesRowsWhereThereAreAny() {
        assertThat(ExpectedYaml.text(EXPECTED))
                .contains("  - method: deep-linf\n    variant: as-printed\n    bits: 48\n");
        assertThat(ExpectedYaml.text(RegressionSamples.EXPECTED)).doesNotContain("row:");
    }

    /** Cells of an older file, without rows, against results with rows: neither is taken for the other. */
    @Test
    void cellsWithoutARowAreNotThoseOfARow() {
        RegressionReport report = Regression.compare(
                new Expected(
                        Expected.SCHEMA,
                        EXPECTED.protocol(),
                        EXPECTED.hashes(),
                        EXPECTED.environment(),
                        EXPECTED.seeds(),
                        EXPECTED.rule(),
                        EXPECTED.cells().stream()
                                .filter(cell -> !"as-printed".equals(cell.variant()))
                                .map(cell -> new ExpectedCell(
                                        cell.method(),
                                        null,
                                        cell.bits(),
                                        cell.codes(),
                                        cell.metrics(),
                                        null,
                                        null,
                                        null))
                                .toList()),
                ROWS,
                scope("deep-linf"));
        assertThat(report.failed())
                .filteredOn(check -> check.verdict() == Verdict.NEW)
                .extracting(check -> check.subject().cell())
                .containsExactly(
                        "deep-linf:as-printed-48",
                        "deep-linf:as-printed-64",
                        "deep-linf:tuned-48",
                        "deep-linf:tuned-64");
        assertThat(report.failed())
                .filteredOn(check -> check.verdict() == Verdict.MISSING)
                .extracting(check -> check.subject().cell())
                .containsOnly("deep-linf-48", "deep-linf-64");
    }

    /** The tuned row has another learning rate at 48 bits. */
    @Test
    void optionsOfEachLengthAreHeldAgainstThoseThatWereMeasured() {
        Results byLength = SampleResults.lengthOptions();
        Expected expected = RegressionSamples.accepted(byLength, Optional.empty(), Scope.ALL);
        requireOptions(expected, byLength, Scope.ALL);
        assertBadInput(() -> requireOptions(expected, ROWS, Scope.ALL))
                .hasMessageEndingWith("found others: deep-linf:tuned has learningRate 0.01 instead of 0.5");
        requireOptions(expected, ROWS, new Scope(Optional.empty(), Optional.of(Set.of(64)), Optional.empty()));
    }

    private static void requireOptions(Expected expected, Results results, Scope scope) {
        EffectiveOptions.require(expected, results.protocol().methods(), scope, cell -> Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"deep-linf, 4", "deep-linf:tuned, 2", "ksh, 2", "nothing, 0"})
    void aMethodStandsForAllItsRowsAndARowForItself(String named, int cells) {
        List<String> looked = Regression.compare(EXPECTED, ROWS, scope(named)).checks().stream()
                .map(check -> check.subject().cell())
                .filter(cell -> !cell.isEmpty())
                .distinct()
                .toList();
        assertThat(looked).hasSize(cells);
    }

    @Test
    void oneRowIsAcceptedAndTheOtherStays() {
        Expected moved = RegressionSamples.accepted(ROWS, Optional.of(EXPECTED), scope("deep-linf:tuned"));
        assertThat(moved.cells())
                .extracting(ExpectedCell::name)
                .isEqualTo(EXPECTED.cells().stream().map(ExpectedCell::name).toList());
    }
}
