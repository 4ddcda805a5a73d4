package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.evaluation.Conventions.Ties;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankMetricsTest {
    @Test
    void threeLevelsGive319Over540() {
        assertThat(ranks(new int[] {2, 3, 1}, new int[] {1, 1, 1}).map()).isCloseTo(319.0 / 540, within(1e-14));
    }

    @Test
    void threeLargerLevelsGive28037Over50400() {
        assertThat(ranks(new int[] {4, 4, 2}, new int[] {2, 1, 2}).map()).isCloseTo(28037.0 / 50400, within(1e-14));
    }

    @Test
    void oneTieOfAllScoresBarelyAboveTheShareOfRelevantCodes() {
        assertThat(ranks(new int[] {59_000, 0}, new int[] {5_900, 0}).map()).isCloseTo(0.100161, within(5e-7));
    }

    @Test
    void boundsOfOneTieByHand() {
        // Relevant at ranks 1, 2 of 4, or at ranks 3, 4.
        RankMetrics ranks = ranks(new int[] {0, 4}, new int[] {0, 2});
        assertThat(ranks.map(Ties.OPTIMISTIC)).isCloseTo(1.0, within(1e-15));
        assertThat(ranks.map(Ties.PESSIMISTIC)).isCloseTo((1.0 / 3 + 2.0 / 4) / 2, within(1e-15));
    }

    /** The mean precision of the first k. */
    private static double precision(RankMetrics ranks, int k) {
        return Arrays.stream(ranks.perQuery(RankMeasure.precision(k), Ties.AWARE))
                .average()
                .orElseThrow();
    }

    @Test
    void precisionOfTheFirstKTakesAShareOfTheTieThatItCuts() {
        RankMetrics ranks = ranks(new int[] {2, 4, 1}, new int[] {2, 1, 1});
        assertThat(precision(ranks, 1)).isEqualTo(1);
        assertThat(precision(ranks, 2)).isEqualTo(1);
        assertThat(precision(ranks, 4)).isEqualTo((2 + 2 * 0.25) / 4);
        assertThat(precision(ranks, 6)).isEqualTo(3.0 / 6);
        assertThat(precision(ranks, 7)).isEqualTo(4.0 / 7);
    }

    @Test
    void aQueryWithNothingRelevantCountsZeroInTheMean() {
        RankMetrics ranks = new RankMetrics(new DistanceHistograms(2, 0, new int[] {3, 3}, new int[] {3, 0}));
        assertThat(ranks.perQuery(RankMeasure.averagePrecision(), Ties.AWARE))
                .containsExactly(new double[] {1, 0}, within(1e-15));
        assertThat(ranks.map()).isCloseTo(0.5, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void equalsTheAverageAndTheExtremesOverAllOrders(int size) {
        for (int seed = 0; seed < 12; seed++) {
            RandomExperiment experiment = RandomExperiment.draw(1 + seed % 3, size, seed % 2 == 0, 100L * size + seed);
            AllOrders orders = AllOrders.mean(experiment, (ranked, total) -> PlainQuery.averagePrecision(ranked));
            RankMetrics ranks = experiment.retrieval().ranks();
            assertThat(ranks.map()).isCloseTo(orders.expected(), within(1e-13));
            assertThat(ranks.map(Ties.OPTIMISTIC)).isCloseTo(orders.best(), within(1e-13));
            assertThat(ranks.map(Ties.PESSIMISTIC)).isCloseTo(orders.worst(), within(1e-13));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 16, 63, 64, 65, 128, 130})
    void equalsTheSortedRankingAndTheExpectedDrawOnRandomCodes(int bits) {
        for (int seed = 0; seed < 15; seed++) {
            assertEqualsTwin(RandomExperiment.draw(bits, 1 + 9 * seed, seed % 2 == 0, 7919L * bits + seed));
        }
    }

    private static void assertEqualsTwin(RandomExperiment experiment) {
        int queries = experiment.queryCount();
        int size = experiment.databaseSize();
        int k = (size + 1) / 2;
        double expected = 0;
        double precision = 0;
        double best = 0;
        double worst = 0;
        for (int q = 0; q < queries; q++) {
            PlainQuery plain = experiment.plain(q);
            PlainQuery.Expectation expectation = plain.expectation(k);
            expected += expectation.averagePrecision();
            precision += expectation.precisionAtK();
            best += plain.optimistic();
            worst += plain.pessimistic();
        }
        RankMetrics ranks = experiment.retrieval().ranks();
        assertThat(ranks.map()).isCloseTo(expected / queries, within(1e-12));
        assertThat(precision(ranks, k)).isCloseTo(precision / queries, within(1e-12));
        assertThat(ranks.map(Ties.OPTIMISTIC)).isCloseTo(best / queries, within(1e-12));
        assertThat(ranks.map(Ties.PESSIMISTIC)).isCloseTo(worst / queries, within(1e-12));
    }

    @Test
    void refusesNoQueries() {
        assertThatThrownBy(() -> new RankMetrics(new DistanceHistograms(0, 1, new int[0], new int[0])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static RankMetrics ranks(int[] all, int[] relevant) {
        return new RankMetrics(new DistanceHistograms(1, all.length - 1, all, relevant));
    }
}
