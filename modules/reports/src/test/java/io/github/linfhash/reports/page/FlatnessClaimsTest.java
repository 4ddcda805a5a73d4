package io.github.linfhash.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.statistics.MeanInterval;
import io.github.linfhash.quantizers.flatness.Flatness;
import io.github.linfhash.results.claims.ClaimVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlatnessClaimsTest {
    private static Flatness.Outcome outcome(String name, double flatness, double error, double recall, double half) {
        TreeMap<Integer, MeanInterval> intervals = new TreeMap<>();
        intervals.put(1, new MeanInterval(recall, recall - half, recall + half));
        intervals.put(3, new MeanInterval(recall, recall - half, recall + half));
        return new Flatness.Outcome(name, 192, 32, 2, flatness, 1 - flatness, error, error, 0, error, intervals);
    }

    private static List<FlatnessClaims.Tested> tested(Flatness.Outcome... outcomes) {
        return FlatnessClaims.of(new Flatness(1000, 384, 100, 10, List.of(outcomes)));
    }

    /** Of the 24 orders of four values one rises throughout: p = 1/24; of the 6 of three p = 1/6. */
    @Test
    void aCorrelationHoldsWhereFewOrdersHaveOneAsLarge() {
        Flatness.Outcome[] four = {
            outcome("a", 0.7, 0.30, 0.50, 0.01), outcome("b", 0.8, 0.20, 0.60, 0.01),
            outcome("c", 0.9, 0.15, 0.70, 0.01), outcome("d", 0.95, 0.10, 0.80, 0.01)
        };
        List<FlatnessClaims.Tested> tested = tested(four);
        assertThat(tested).extracting(FlatnessClaims.Tested::verdict).containsOnly(ClaimVerdict.HOLDS);
        assertThat(tested)
                .extracting(FlatnessClaims.Tested::evidence)
                .containsOnly("rank correlation 1.00 over 4 representations, p = 0.042");
        assertThat(tested(four[0], four[1], four[2]))
                .extracting(FlatnessClaims.Tested::verdict)
                .containsOnly(ClaimVerdict.UNDECIDED);
        assertThat(tested(four[0], four[1]))
                .extracting(FlatnessClaims.Tested::evidence)
                .containsOnly("2 representations: expected 3 to 8");
    }

    @Test
    void whatFallsThroughoutDoesNotHold() {
        List<FlatnessClaims.Tested> tested = tested(
                outcome("a", 0.7, 0.30, 0.8, 0.01),
                outcome("b", 0.8, 0.20, 0.7, 0.01),
                outcome("c", 0.9, 0.15, 0.6, 0.01),
                outcome("d", 0.95, 0.10, 0.5, 0.01));
        assertThat(tested)
                .extracting(FlatnessClaims.Tested::verdict)
                .containsExactly(ClaimVerdict.HOLDS, ClaimVerdict.DOES_NOT_HOLD);
        assertThat(tested.get(1).evidence()).isEqualTo("rank correlation -1.00 over 4 representations, p = 0.042");
    }

    /** Of 5 values one of 120 orders rises throughout and 4 do but for one exchange of neighbors: p = 5/120 for rho 0.9. */
    @Test
    void thePermutationsOfFiveAreCounted() {
        double[] recall = {0.5, 0.6, 0.8, 0.7, 0.9};
        List<Flatness.Outcome> outcomes = new ArrayList<>();
        IntStream.range(0, 5)
                .forEach(i -> outcomes.add(outcome("r" + i, 0.7 + i * 0.05, 0.3 - i * 0.05, recall[i], 0.01)));
        assertThat(tested(outcomes.toArray(Flatness.Outcome[]::new)).get(1).evidence())
                .isEqualTo("rank correlation 0.90 over 5 representations, p = 0.042");
    }

    @Test
    void flatRepresentationsStandBesideTheRotationByTheirIntervals() {
        Flatness.Outcome rotation = outcome("rotation", 0.8, 0.2, 0.76, 0.01);
        assertThat(tested(rotation, outcome("anti-sparse-50", 0.9, 0.1, 0.79, 0.01))
                        .get(2))
                .isEqualTo(new FlatnessClaims.Tested(
                        32,
                        "anti-sparse-50 keeps more neighbors than a random rotation",
                        ClaimVerdict.HOLDS,
                        "recall x1 of 0.790 (0.780 to 0.800) beside 0.760 (0.750 to 0.770)"));
        assertThat(tested(rotation, outcome("deep-linf", 0.9, 0.1, 0.70, 0.01))
                        .get(2)
                        .verdict())
                .isEqualTo(ClaimVerdict.DOES_NOT_HOLD);
        assertThat(tested(rotation, outcome("deep-linf", 0.9, 0.1, 0.775, 0.01))
                        .get(2)
                        .verdict())
                .isEqualTo(ClaimVerdict.UNDECIDED);
        assertThat(tested(rotation, outcome("itq", 0.9, 0.1, 0.79, 0.01))).hasSize(2);
    }
}
