package io.github.linfhash.results.differences;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.differences.ResultDifferences.DifferenceText;
import io.github.linfhash.results.differences.ResultDifferences.MetricDifference;
import io.github.linfhash.results.differences.ResultDifferences.OtherValue;
import io.github.linfhash.results.schema.Results;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultDifferencesTest {
    private static Results made(int seeds, MadeResults.Formula formula) {
        return MadeResults.of(List.of("a", "b"), List.of(16), seeds, formula);
    }

    /** Method a gains 0.1, 0.2 and 0.3 with seeds 0 to 2: mean 0.2, t quantile 4.3027, half width 4.3027 x 0.1 / sqrt(3). */
    private static final Results BEFORE = made(3, (m, bits, seed) -> 0.25);

    private static final Results AFTER = made(3, (m, bits, seed) -> m.equals("a") ? 0.25 + 0.1 * (seed + 1) : 0.25);

    @Test
    void differencesArePairedOverSeeds() {
        MetricDifference a = find(ResultDifferences.of(BEFORE, AFTER), "a");
        assertThat(a.difference()).isCloseTo(0.2, within(1e-12));
        assertThat(a.halfWidth().orElseThrow()).isCloseTo(0.24841, within(1e-5));
        assertThat(a.seeds()).isEqualTo(3);
        assertThat(a.sameCodes()).isZero();
    }

    @Test
    void equalCodesAreCountedAndDifferInNothing() {
        ResultDifferences differences = ResultDifferences.of(BEFORE, AFTER);
        assertThat(differences.runs()).isEqualTo(6);
        assertThat(differences.sameCodes()).isEqualTo(3);
        MetricDifference b = find(differences, "b");
        assertThat(b.sameCodes()).isEqualTo(3);
        assertThat(b.difference()).isZero();
        assertThat(b.significant()).isFalse();
        assertThat(DifferenceText.verdict(differences)).startsWith("3 of 6 runs have identical codes");
    }

    @Test
    void aShiftOfAllSeedsIsMoreThanChance() {
        Results shifted = made(3, (m, bits, seed) -> 0.75 + 1e-4 * seed);
        assertThat(ResultDifferences.of(BEFORE, shifted).metrics()).allMatch(MetricDifference::significant);
        assertThat(ResultDifferences.of(BEFORE, BEFORE).metrics()).noneMatch(MetricDifference::significant);
    }

    @Test
    void optionsOfALengthThatDifferAreNamed() {
        assertThat(ResultDifferences.of(SampleResults.rows(), SampleResults.lengthOptions())
                        .setting())
                .containsExactly(new OtherValue("deep-linf:tuned.learningRate at 48 bits", "", "0.5"));
    }

    @Test
    void onlyCommonSeedsCountAndTheOthersAreNamed() {
        ResultDifferences differences = ResultDifferences.of(BEFORE, made(1, (m, bits, seed) -> 0.5));
        assertThat(find(differences, "a").seeds()).isEqualTo(1);
        assertThat(find(differences, "a").halfWidth()).isEmpty();
        assertThat(find(differences, "a").adjusted()).isEmpty();
        assertThat(differences.unmatched())
                .contains(new OtherValue("a-16-seed2", "measured", "not run"))
                .hasSize(4);
    }

    @Test
    void environmentsThatDifferAreListed() {
        Results other = new Results(BEFORE.protocol(), SampleResults.environment("Another <CPU>"), BEFORE.runs());
        ResultDifferences differences = ResultDifferences.of(BEFORE, other);
        assertThat(differences.setting()).containsExactly(new OtherValue("cpu", "Sample CPU", "Another <CPU>"));
    }

    @Test
    void anotherDeviceOfAMethodIsListed() {
        List<RunResult> runs = BEFORE.runs().stream()
                .map(run -> run.key().method().equals("a") ? run.trainedOn("OpenCL on a card") : run)
                .toList();
        ResultDifferences differences =
                ResultDifferences.of(BEFORE, new Results(BEFORE.protocol(), BEFORE.environment(), runs));
        assertThat(differences.setting()).containsExactly(new OtherValue("device of a", "cpu", "OpenCL on a card"));
    }

    @Test
    void otherRulesDataAndSplitsAreRefused() {
        refused(protocol(BEFORE, "e".repeat(64)), "expected the same hash of the protocol");
        refused(SampleResults.comparison(), "found none that did not fail");
        List<RunResult> moved = BEFORE.runs().stream()
                .map(run -> SampleResults.withHashes(run, "d".repeat(64), run.codesHash()))
                .toList();
        refused(new Results(BEFORE.protocol(), BEFORE.environment(), moved), "the same hash of the split");
    }

    private static void refused(Results other, String pattern) {
        assertBadInput(() -> ResultDifferences.of(BEFORE, other))
                .hasMessageMatching("Results to compare.*(" + pattern + ").*");
    }

    private static Results protocol(Results results, String hash) {
        return MadeResults.named(
                results, results.protocol().name(), results.protocol().title(), hash);
    }

    private static MetricDifference find(ResultDifferences differences, String method) {
        return differences.metrics().stream()
                .filter(d -> d.method().equals(method) && d.metric().key().equals("map"))
                .findFirst()
                .orElseThrow();
    }
}
