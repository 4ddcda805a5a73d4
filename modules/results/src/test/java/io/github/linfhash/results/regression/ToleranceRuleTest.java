package io.github.linfhash.results.regression;

import static io.github.linfhash.results.regression.RegressionSamples.RESULTS;
import static io.github.linfhash.results.regression.RegressionSamples.elsewhere;
import static io.github.linfhash.results.regression.RegressionSamples.withCodes;
import static io.github.linfhash.results.regression.RegressionSamples.withMetrics;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.regression.Expected.ExpectedMetric;
import io.github.linfhash.results.regression.RegressionReport.Subject;
import io.github.linfhash.results.regression.RegressionReport.Verdict;
import io.github.linfhash.results.schema.Results;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a metric may move on another machine, above all a recall that is far below the floor of fractions. */
class ToleranceRuleTest {
    private static final ToleranceRule WITHOUT_SHARE = new ToleranceRule(3, 0.005, null, 20, "before");

    private static Results withRecall(double first) {
        Results recall = SampleResults.withRuns(
                RESULTS,
                RESULTS.runs().stream().map(run -> withCodes(recall(run, first), "codes " + first + run.key())));
        return elsewhere(recall);
    }

    private static RunResult recall(RunResult run, double first) {
        Map<String, Double> metrics = new LinkedHashMap<>(run.metrics());
        metrics.put("recall@2", first * (1 + 0.1 * run.key().seed()));
        return withMetrics(run, metrics);
    }

    private static Verdict verdict(Expected expected, double first) {
        return Regression.compare(expected, withRecall(first), Scope.ALL).checks().stream()
                .filter(check -> check.subject().equals(new Subject("ksh", 48, "recall@2")))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    private static Expected expecting(double first, Optional<Expected> before) {
        Results measured = withRecall(first);
        return RegressionSamples.accepted(
                new Results(measured.protocol(), RESULTS.environment(), measured.runs()), before, Scope.ALL);
    }

    @ParameterizedTest
    @CsvSource({
        "1e-4, 1e-3, CHANGED_BETTER",
        "1e-4, 2e-5, CHANGED_WORSE",
        "1e-4, 1.2e-4, OK",
        "1e-4, 0.8e-4, OK",
        "0.2, 0.4, CHANGED_BETTER",
        "0.2, 0.201, OK",
        "0, 5e-7, OK",
        "0, 1e-5, CHANGED_BETTER",
    })
    void aSmallRecallMayNotBecomeAMultipleOfItself(double expected, double measured, Verdict verdict) {
        assertThat(verdict(expecting(expected, Optional.empty()), measured)).isEqualTo(verdict);
    }

    @Test
    void withoutAShareTheFloorOfFractionsHidIt() {
        Expected is = expecting(1e-4, Optional.empty());
        Expected before = new Expected(
                is.schema(),
                is.protocol(),
                is.hashes(),
                is.environment(),
                is.seeds(),
                WITHOUT_SHARE,
                is.cells().stream().map(cell -> cell.under(WITHOUT_SHARE)).toList());
        assertThat(verdict(before, 1e-3)).isEqualTo(Verdict.OK);

        // Accepted again, even in part, the file goes by the new rule; tolerances that were set by hand stay.
        Scope itq = new Scope(Optional.of(Set.of("itq")), Optional.empty(), Optional.empty());
        Results again = new Results(
                RESULTS.protocol(), RESULTS.environment(), withRecall(1e-4).runs());
        for (Scope scope : List.of(itq, Scope.ALL)) {
            Expected accepted = RegressionSamples.accepted(again, Optional.of(before), scope);
            assertThat(accepted.rule()).isEqualTo(new ToleranceRule(3, 0.005, 0.5, 20, "before"));
            assertThat(verdict(accepted, 1e-3)).isEqualTo(Verdict.CHANGED_BETTER);
        }
        ExpectedMetric byHand = new ExpectedMetric(1e-4, null, 0.01, "its solver is random", List.of(1e-4));
        assertThat(byHand.under(ToleranceRule.STANDARD, "recall@2")).isEqualTo(byHand);
    }

    /** Two digits are kept, rounded up. */
    @Test
    void theToleranceCoversTheSpreadsWhateverTheMean() {
        ToleranceRule rule = ToleranceRule.STANDARD;
        assertThat(rule.tolerance("recall@0", 1e-4, 1e-4, 4)).isBetween(1.5e-4, 0.000165);
        assertThat(rule.tolerance("recall@0", 1e-4, 0, 4)).isBetween(2.5e-5, 2.75e-5);
        assertThat(rule.tolerance("f1@2", 2e-4, 0, 1)).isBetween(1e-4, 0.00011);
        assertThat(rule.tolerance("recallPooled@0", 0.3, 0, 1)).isBetween(0.005, 0.0055);
        // Precision moves by whole queries: one ball of a thousand that gets its first code is 0.001.
        assertThat(rule.tolerance("precision@0", 1e-4, 0, 1)).isBetween(0.005, 0.0055);
        assertThat(rule.tolerance("uniqueCodes", 30, 0, 1)).isBetween(20.0, 22.0);
        // Half a percent of the mean, and three standard deviations.
        assertThat(rule.tolerance("meanDistance", 20, 0, 1)).isBetween(0.1, 0.11);
        assertThat(rule.tolerance("meanDistance", 20, 0.1, 4)).isBetween(0.15, 0.165);
    }
}
