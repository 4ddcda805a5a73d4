package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.evaluation.Conventions.Ties;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.Relevance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RankMeasureTest {
    // Distances 0, 0, 1, 1, 1, 2; relevant in database order: 0, 1 | 0, 0, 1 | 1.
    private final Retrieval threeLevels = Retrieval.of(
            BinaryCodes.ofBytes(1, 2, new byte[] {0}),
            BinaryCodes.ofBytes(6, 2, new byte[] {1, 0, 2, 3, 0, 1}),
            Relevance.bySimilarLabels(ClassLabels.of(1), ClassLabels.of(0, 0, 0, 1, 1, 1)));

    // Cut at 3. First tie: 1 or 1/2, each half the time; at rank 3, one time in three, a second hit of precision 2/3.
    @ParameterizedTest
    @CsvSource({
        "AWARE, 35, 108",
        "OPTIMISTIC, 5, 9",
        "PESSIMISTIC, 1, 6",
        "DATABASE_ORDER, 1, 6",
    })
    void averagePrecisionOfTheFirstThreeByHand(Ties ties, double numerator, double divisor) {
        assertThat(averagePrecision(threeLevels, 3, ties)).isCloseTo(numerator / divisor, within(1e-14));
    }

    // Cut at 5, between ties. Database order: ranks 2 and 5, 1/2 and 2/5.
    @Test
    void aCutBetweenTiesByHand() {
        double secondTie = (2.0 / 3 + 2.0 / 4 + 2.0 / 5) / 3;
        assertThat(averagePrecision(threeLevels, 5, Ties.AWARE)).isCloseTo((0.75 + secondTie) / 3, within(1e-14));
        assertThat(averagePrecision(threeLevels, 5, Ties.DATABASE_ORDER))
                .isCloseTo((1.0 / 2 + 2.0 / 5) / 3, within(1e-14));
    }

    @Test
    void aPerfectRankingReachesOneWhereMoreIsRelevantThanIsRanked() {
        Retrieval allRelevant = Retrieval.of(
                BinaryCodes.ofBytes(1, 2, new byte[] {0}),
                BinaryCodes.ofBytes(4, 2, new byte[4]),
                Relevance.bySimilarLabels(ClassLabels.of(1), ClassLabels.of(1, 1, 1, 1)));
        for (Ties ties : Ties.values()) {
            assertThat(averagePrecision(allRelevant, 2, ties)).isCloseTo(1, within(1e-15));
        }
    }

    @Test
    void aCutBeyondTheDatabaseIsTheWholeRanking() {
        assertThat(averagePrecision(threeLevels, 10, Ties.AWARE)).isCloseTo(319.0 / 540, within(1e-14));
    }

    @ParameterizedTest
    @CsvSource({"AWARE, 4, 9", "OPTIMISTIC, 2, 3", "PESSIMISTIC, 1, 3", "DATABASE_ORDER, 1, 3"})
    void precisionOfTheFirstThreeByHand(Ties ties, double numerator, double divisor) {
        // One hit for sure, and another at rank 3 in a third of the orders.
        assertThat(RankMeasure.precision(3).mean(threeLevels, Conventions.STANDARD.with(ties)))
                .isCloseTo(numerator / divisor, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void equalsTheMeanAndTheExtremesOverAllOrders(int size) {
        for (int seed = 0; seed < 8; seed++) {
            RandomExperiment experiment = RandomExperiment.draw(1 + seed % 3, size, seed % 2 == 0, 31L * size + seed);
            Retrieval retrieval = experiment.retrieval();
            for (int k = 1; k <= size + 1; k++) {
                int depth = k;
                assertEquals(
                        AllOrders.mean(experiment, (ranked, total) -> PlainQuery.precision(ranked, depth)),
                        RankMeasure.precision(k),
                        retrieval);
                assertEquals(
                        AllOrders.mean(
                                experiment,
                                (ranked, total) -> total == 0
                                        ? 0
                                        : PlainQuery.precision(ranked, depth) * Math.min(depth, size) / total),
                        RankMeasure.recall(k),
                        retrieval);
                assertEquals(
                        AllOrders.mean(
                                experiment, (ranked, total) -> PlainQuery.averagePrecision(ranked, total, depth)),
                        RankMeasure.averagePrecision(k),
                        retrieval);
            }
        }
    }

    private static void assertEquals(AllOrders orders, RankMeasure measure, Retrieval retrieval) {
        Conventions conventions = Conventions.STANDARD;
        assertThat(measure.mean(retrieval, conventions)).as("%s", measure).isCloseTo(orders.expected(), within(1e-12));
        assertThat(measure.mean(retrieval, conventions.with(Ties.OPTIMISTIC)))
                .as("%s, best", measure)
                .isCloseTo(orders.best(), within(1e-12));
        assertThat(measure.mean(retrieval, conventions.with(Ties.PESSIMISTIC)))
                .as("%s, worst", measure)
                .isCloseTo(orders.worst(), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 16, 64, 65, 130})
    void theOrderOfTheDatabaseEqualsAStableSortAndLiesBetweenTheExtremes(int bits) {
        for (int seed = 0; seed < 10; seed++) {
            RandomExperiment experiment = RandomExperiment.draw(bits, 1 + 11 * seed, seed % 2 == 0, 17L * bits + seed);
            Retrieval retrieval = experiment.retrieval();
            for (int k : new int[] {1, 3, 10, 60, Integer.MAX_VALUE}) {
                assertBetween(RankMeasure.precision(k), retrieval, Conventions.STANDARD);
                assertBetween(RankMeasure.recall(k), retrieval, Conventions.STANDARD);
                assertBetween(RankMeasure.averagePrecision(k), retrieval, Conventions.STANDARD);
                double sorted = 0;
                for (int q = 0; q < experiment.queryCount(); q++) {
                    PlainQuery plain = experiment.plain(q);
                    sorted += PlainQuery.averagePrecision(plain.inDatabaseOrder(), plain.relevantTotal(), k);
                }
                assertThat(averagePrecision(retrieval, k, Ties.DATABASE_ORDER))
                        .isCloseTo(sorted / experiment.queryCount(), within(1e-12));
            }
        }
    }

    private static void assertBetween(RankMeasure measure, Retrieval retrieval, Conventions conventions) {
        double worst = measure.mean(retrieval, conventions.with(Ties.PESSIMISTIC));
        double best = measure.mean(retrieval, conventions.with(Ties.OPTIMISTIC));
        assertThat(measure.mean(retrieval, conventions.with(Ties.AWARE))).isBetween(worst - 1e-12, best + 1e-12);
        assertThat(measure.mean(retrieval, conventions.with(Ties.DATABASE_ORDER)))
                .isBetween(worst - 1e-12, best + 1e-12);
    }

    @Test
    void aTieOfADatabaseOfRealSizeIsCutExactly() {
        // 200,000 tied codes, 60,000 of them relevant, cut at 10: the draws are all but independent, with chance 0.3.
        RankMetrics ranks =
                new RankMetrics(new DistanceHistograms(1, 1, new int[] {200_000, 0}, new int[] {60_000, 0}));
        double[] values = ranks.perQuery(RankMeasure.averagePrecision(10), Ties.AWARE);
        assertThat(values[0]).isCloseTo(independentDraws(10, 0.3), within(2e-5));
    }

    /** Average precision of the first k, every order of hits and misses by its chance. */
    private static double independentDraws(int k, double chance) {
        double expected = 0;
        for (int order = 0; order < 1 << k; order++) {
            boolean[] ranked = new boolean[k];
            double probability = 1;
            for (int rank = 0; rank < k; rank++) {
                ranked[rank] = (order >> rank & 1) != 0;
                probability *= ranked[rank] ? chance : 1 - chance;
            }
            expected += probability * PlainQuery.averagePrecision(ranked, Integer.MAX_VALUE, k);
        }
        return expected;
    }

    @Test
    void queriesWithNothingRelevantCountZero() {
        Retrieval second = Retrieval.of(
                BinaryCodes.ofBytes(2, 2, new byte[] {0, 0}),
                BinaryCodes.ofBytes(2, 2, new byte[] {0, 1}),
                Relevance.bySimilarLabels(ClassLabels.of(1, 2), ClassLabels.of(1, 0)));
        assertThat(RankMeasure.averagePrecision().mean(second, Conventions.STANDARD))
                .isEqualTo(0.5);
        assertThat(RankMeasure.precision(2).mean(second, Conventions.STANDARD)).isEqualTo(0.25);
        assertThat(RankMeasure.averagePrecision().perQuery(second, Conventions.STANDARD))
                .containsExactly(1, 0);
    }

    @Test
    void refusesNoRankAndAnOrderThatHistogramsDoNotKeep() {
        assertThatThrownBy(() -> RankMeasure.precision(0)).isInstanceOf(IllegalArgumentException.class);
        Retrieval counted = Retrieval.counted(threeLevels.histograms(), 1);
        Conventions ordered = Conventions.STANDARD.with(Ties.DATABASE_ORDER);
        assertThatThrownBy(() -> RankMeasure.precision(2).mean(counted, ordered))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> counted.ranks().perQuery(RankMeasure.averagePrecision(), Ties.DATABASE_ORDER))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double averagePrecision(Retrieval retrieval, int k, Ties ties) {
        return RankMeasure.averagePrecision(k).mean(retrieval, Conventions.STANDARD.with(ties));
    }
}
