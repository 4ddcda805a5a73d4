package io.github.linfhash.results.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.claims.Claim;
import io.github.linfhash.results.claims.Claim.ClaimSubject;
import io.github.linfhash.results.claims.Claim.ClaimTest;
import io.github.linfhash.results.claims.ClaimComparison.EffectText;
import io.github.linfhash.results.claims.ClaimTests;
import io.github.linfhash.results.claims.ClaimTests.ClaimResult;
import io.github.linfhash.results.claims.ClaimTests.ClaimVerdict;
import io.github.linfhash.results.claims.ClaimsFile;
import io.github.linfhash.results.differences.ResultDifferences;
import io.github.linfhash.results.differences.ResultDifferences.DifferenceText;
import io.github.linfhash.results.differences.ResultDifferences.MetricDifference;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.QueryValues;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.tables.ComparisonTable.ComparisonCell;
import io.github.linfhash.results.tables.Leads.Lead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A metric that is no fraction and better when lower, wherever metrics go. */
class LowerIsBetterTest {
    /** One method moves a little from seed to seed, so that no difference is the same for all. */
    private static final Results RESULTS = SampleResults.with(
            SampleResults.withDistances(SampleResults.comparison()),
            "meanDistance",
            run -> run.metrics().getOrDefault("meanDistance", Double.NaN)
                    + (run.key().method().equals("itq") ? 0.001 * (run.key().seed() - 1) : 0));

    private static final Quantity DISTANCE = StandardMetrics.quantity("meanDistance");

    private final ComparisonTable comparison =
            ComparisonBuilder.compare(Evidence.without(RESULTS), PublishedTable.NONE);

    private ComparisonCell cell(String method, int bits) {
        return comparison.rows(method).stream()
                .filter(row -> row.bits() == bits)
                .flatMap(row -> row.cells().stream())
                .filter(cell -> cell.column().equals(DISTANCE))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theSmallestIsTheBestAndLeads() {
        assertThat(cell("itq", 48).best()).isTrue();
        assertThat(cell("ksh", 48).best()).isFalse();
        Lead lead = cell("itq", 48).lead().orElseThrow();
        assertThat(lead.runnerUp().method()).isEqualTo("deep-linf");
        assertThat(lead.best().mean()).isCloseTo(14.16, within(1e-12));
        assertThat(lead.runnerUp().summary().mean()).isCloseTo(14.64, within(1e-12));
        // How far it is ahead, not how far below.
        assertThat(lead.runnerUp().test().difference().mean()).isCloseTo(0.48, within(1e-12));
        assertThat(lead.significant()).isTrue();
    }

    @Test
    void tablesShowItAsTheNumberThatItIs() {
        assertThat(comparison.layout().columns().stream().map(Quantity::head))
                .containsExactly(
                        "mAP",
                        "Mean dist., bits",
                        "Prec.",
                        "Recall",
                        "F1",
                        "Prec.",
                        "Recall",
                        "F1",
                        "r \u2264 2",
                        "r = 0",
                        "Unique codes");
        Map<String, String> files = TableFiles.of(comparison, "t");
        // Seeds are 0.048 apart; 4.3027 x 0.048 / sqrt(3) is 0.119.
        assertThat(files.get("table.md")).contains("| **14.16**\\* \u00b1 0.12 |");
        assertThat(files.getOrDefault("table.csv", "").lines())
                .anyMatch(line -> line.startsWith("itq,48,meanDistance,number,,,14.1"));
        SummaryTable summary = SummaryTable.of(RESULTS);
        assertThat(summary.text())
                .contains("meanDistance", "14.16 \u00b10.12", "; meanDistance is a number; uniqueCodes is a count.");
        assertThat(summary.csv().lines().findFirst().orElseThrow()).contains("meanDistance,meanDistance.sd");
        assertThat(summary.json()).contains("\"meanDistance\"");
    }

    @Test
    void resultsHoldItsKeyAloneAndAreReadWithoutIt(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("results.json");
        ResultsJson.write(file, RESULTS);
        assertThat(ResultsJson.read(file).runs().get(0).metrics())
                .containsEntry("meanDistance", RESULTS.runs().get(0).metrics().get("meanDistance"));
        Results before = SampleResults.comparison();
        ResultsJson.write(file, before);
        assertThat(ResultsJson.read(file).runs().get(0).metrics()).doesNotContainKey("meanDistance");
        assertThat(ComparisonBuilder.compare(Evidence.without(ResultsJson.read(file)), PublishedTable.NONE)
                        .layout()
                        .columns())
                .doesNotContain(DISTANCE);
    }

    @Test
    void aMetricOfAnotherVersionIsShownByItsKeyAndNobodyLeadsInIt() {
        Results later = SampleResults.with(SampleResults.comparison(), "ofALaterVersion@2", run -> 1234.25);
        ComparisonTable shown = ComparisonBuilder.compare(Evidence.without(later), PublishedTable.NONE);
        Quantity column = StandardMetrics.quantity("ofALaterVersion@2");
        assertThat(shown.layout().columns()).contains(column);
        assertThat(shown.leads().find(column, 48)).isEmpty();
        assertThat(TableFiles.of(shown, "t").get("table.md")).contains("ofALaterVersion@2", "| 1234 |");
    }

    @Test
    void differencesAreInItsOwnUnit() {
        Results nearer = SampleResults.with(
                SampleResults.comparison(),
                "meanDistance",
                run -> 10.25 + run.key().seed() + (run.key().seed() == 1 ? 0.001 : -0.0005));
        Results before = SampleResults.with(
                SampleResults.comparison(),
                "meanDistance",
                run -> 12.5 + run.key().seed());
        MetricDifference difference = ResultDifferences.of(before, nearer).metrics().stream()
                .filter(one -> one.metric().key().equals("meanDistance") && one.bits() == 48)
                .findFirst()
                .orElseThrow();
        assertThat(DifferenceText.first(difference)).isEqualTo("13.50");
        assertThat(DifferenceText.second(difference)).isEqualTo("11.25");
        assertThat(DifferenceText.difference(difference)).isEqualTo("-2.250 \u00b1 0.002151");
    }

    /** A claim says which way; what its effect is counted in, the metric does. */
    @Test
    void claimsAreTestedOverSeedsAndQueries() {
        Results made = SampleResults.with(
                MadeResults.of(List.of("a", "b"), List.of(16), 5, (m, bits, seed) -> 0.5),
                "meanDistance",
                run -> (run.key().method().equals("a") ? 3 : 4)
                        + (run.key().method().equals("a") ? 2e-3 : 1e-3)
                                * run.key().seed());
        ClaimTest test = new ClaimTest(
                ClaimTest.Kind.LOWER,
                ClaimSubject.of("a"),
                List.of(ClaimSubject.of("b")),
                List.of("meanDistance"),
                1,
                null,
                null);
        Claim claim = new Claim("c", "here", "words", "a sentence", "a hypothesis", "an alternative", test);
        QueryValues queries = LowerIsBetterTest::around;
        ClaimResult result = ClaimTests.of(
                        new ClaimsFile(ClaimsFile.SCHEMA, "made up", null, null, List.of(claim)),
                        List.of(new Evidence(made, queries)))
                .get(0);
        assertThat(result.verdict()).isEqualTo(ClaimVerdict.HOLDS);
        assertThat(result.comparisons().get(0).basis()).isEqualTo("seeds and queries");
        assertThat(EffectText.of(claim, result.comparisons().get(0)))
                .startsWith("-0.998 [")
                .doesNotContain("points");
    }

    /** Ten queries around a run's value, those of method a further apart. */
    private static Optional<double[]> around(RunResult run, String metric) {
        double[] values = new double[10];
        double spread = run.key().method().equals("a") ? 0.1 : 0.05;
        Arrays.setAll(values, q -> run.metrics().getOrDefault(metric, Double.NaN) + (q % 2 == 0 ? spread : -spread));
        return Optional.of(values);
    }
}
