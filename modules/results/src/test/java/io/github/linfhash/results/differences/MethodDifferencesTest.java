package io.github.linfhash.results.differences;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.differences.ResultDifferences.MethodDifferences;
import io.github.linfhash.results.differences.ResultDifferences.MetricDifference;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
import java.util.List;
import org.junit.jupiter.api.Test;

class MethodDifferencesTest {
    /** Method "mine" is 0.1, 0.2 and 0.3 above "a" with seeds 0 to 2, and equal to "b". */
    private static final Results OTHERS = MadeResults.of(
            List.of("a", "b"), List.of(16), 3, (method, bits, seed) -> method.equals("a") ? 0.25 : 0.35 + 0.1 * seed);

    private static final Results MINE =
            MadeResults.of(List.of("mine"), List.of(16), 3, (method, bits, seed) -> 0.35 + 0.1 * seed);

    private static final List<Quantity> METRICS =
            List.of(StandardMetrics.MAP.quantity(), StandardMetrics.RECALL_2.quantity());

    private static MetricDifference find(List<MetricDifference> differences, String method) {
        return differences.stream()
                .filter(difference -> difference.method().equals(method)
                        && difference.metric().key().equals("map"))
                .findFirst()
                .orElseThrow();
    }

    /** The mean is 0.2, t is 0.2 / (0.1 / sqrt(3)) = 3.4641 with two degrees of freedom, and p 0.0742 for one test. */
    @Test
    void oneMethodIsPairedWithEachOtherOverSeeds() {
        List<MetricDifference> differences =
                MethodDifferences.of(Evidence.without(MINE), "mine", Evidence.without(OTHERS), METRICS);
        MetricDifference a = find(differences, "a");
        assertThat(a.difference()).isCloseTo(0.2, within(1e-12));
        assertThat(a.seeds()).isEqualTo(3);
        assertThat(a.halfWidth().orElseThrow()).isCloseTo(0.24841, within(1e-5));
        assertThat(a.adjusted().orElseThrow()).isGreaterThanOrEqualTo(0.0741);
        MetricDifference b = find(differences, "b");
        assertThat(b.difference()).isZero();
        assertThat(b.adjusted()).hasValue(1);
    }

    /**
     * Two tests at each length and in each metric: the smaller p doubles, however many metrics and lengths there are. The lead over
     * "a" has p 0.0742 (above), that over "b", which is equal, 1.
     */
    @Test
    void theTestsOfOneMetricAtOneLengthAreCorrectedTogether() {
        Results mine = MadeResults.of(List.of("mine"), List.of(16, 32), 3, (method, bits, seed) -> 0.35 + 0.1 * seed);
        Results others = MadeResults.of(
                List.of("a", "b"),
                List.of(16, 32),
                3,
                (method, bits, seed) -> method.equals("a") ? 0.25 : 0.35 + 0.1 * seed);
        List<MetricDifference> differences =
                MethodDifferences.of(Evidence.without(mine), "mine", Evidence.without(others), METRICS);
        assertThat(differences)
                .hasSize(8)
                .allSatisfy(one -> assertThat(one.tests()).isEqualTo(2));
        assertThat(differences.stream().filter(one -> one.method().equals("a")))
                .hasSize(4)
                .allSatisfy(one -> assertThat(one.adjusted().orElseThrow()).isCloseTo(2 * 0.07418, within(1e-5)));
    }

    @Test
    void severalSearchesAreOneMethod() {
        Results mine = MadeResults.of(List.of("mine"), List.of(48), 5, (m, bits, seed) -> 0.9 + 0.001 * (seed % 2));
        List<MetricDifference> differences = MethodDifferences.of(
                Evidence.without(mine), "mine", Evidence.without(MadeResults.searched(List.of("a"), 3, 5)), METRICS);
        MetricDifference pair = find(differences, "a:tuned-map");
        assertThat(pair.seeds()).isEqualTo(5);
        assertThat(pair.tests()).isEqualTo(1);
        assertThat(pair.adjusted()).isPresent();
    }

    @Test
    void seedsThatOneAloneHasDoNotCount() {
        Results one = MadeResults.of(List.of("mine"), List.of(16), 1, (method, bits, seed) -> 0.5);
        MetricDifference a =
                find(MethodDifferences.of(Evidence.without(one), "mine", Evidence.without(OTHERS), METRICS), "a");
        assertThat(a.seeds()).isEqualTo(1);
        assertThat(a.adjusted()).isEmpty();
    }

    @Test
    void runsOfOtherLengthsAreNothingToCompareWith() {
        Results longer = MadeResults.of(List.of("mine"), List.of(32), 3, (method, bits, seed) -> 0.5);
        assertBadInput(() -> MethodDifferences.of(Evidence.without(longer), "mine", Evidence.without(OTHERS), METRICS))
                .hasMessage(
                        "Results to compare with mine: expected runs of the same bits and seeds, found none that did not"
                                + " fail");
    }
}
