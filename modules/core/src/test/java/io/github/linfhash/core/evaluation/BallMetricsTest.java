package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Conventions.EmptyBall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BallMetricsTest {
    // Three queries of two bits against ten codes. Relevant in all: 4, 5 and 0.
    private final DistanceHistograms histograms =
            new DistanceHistograms(3, 2, new int[] {2, 6, 2, 0, 1, 9, 3, 3, 4}, new int[] {1, 3, 0, 0, 1, 4, 0, 0, 0});

    @Test
    void averagesOverQueriesWithEmptyBallsCountingZero() {
        BallMetrics ball = BallMetrics.at(histograms, 0, Conventions.STANDARD);
        assertThat(ball.precision()).isEqualTo((1.0 / 2 + 0 + 0.0 / 3) / 3);
        assertThat(ball.recall()).isEqualTo((1.0 / 4 + 0 + 0) / 3);
        assertThat(ball.emptyBalls()).isEqualTo(1.0 / 3);
    }

    @Test
    void theBallIncludesItsRadius() {
        BallMetrics ball = BallMetrics.at(histograms, 1, Conventions.STANDARD);
        assertThat(ball.precision()).isCloseTo((4.0 / 8 + 1.0 / 1 + 0.0 / 6) / 3, within(1e-15));
        assertThat(ball.recall()).isCloseTo((4.0 / 4 + 1.0 / 5 + 0) / 3, within(1e-15));
        assertThat(ball.emptyBalls()).isZero();
    }

    @Test
    void f1IsTheHarmonicMeanOfTheAverages() {
        BallMetrics ball = BallMetrics.at(histograms, 1, Conventions.STANDARD);
        assertThat(ball.f1()).isCloseTo(2 * 0.5 * 0.4 / (0.5 + 0.4), within(1e-15));
        double meanOfQueries = (2.0 / 3 + 2.0 / 6 + 0) / 3;
        assertThat(Math.abs(ball.f1() - meanOfQueries)).isGreaterThan(0.1);
    }

    @Test
    void f1IsZeroWhereNothingIsFound() {
        assertThat(BallMetrics.at(
                                new DistanceHistograms(1, 1, new int[] {0, 1}, new int[] {0, 1}),
                                0,
                                Conventions.STANDARD)
                        .f1())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 16, 64, 65, 130})
    void equalsTheDefinitionOnRandomCodes(int bits) {
        for (int seed = 0; seed < 20; seed++) {
            RandomExperiment experiment = RandomExperiment.draw(bits, 1 + 3 * seed, seed % 2 == 0, seed);
            for (int radius : new int[] {0, 1, 2, 3, bits, bits + 1}) {
                assertEqualsDefinition(experiment, radius);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 16, 65})
    void equalsTheDefinitionUnderEveryConvention(int bits) {
        for (int seed = 0; seed < 12; seed++) {
            RandomExperiment experiment = RandomExperiment.draw(bits, 1 + 3 * seed, seed % 2 == 0, seed);
            Retrieval retrieval = experiment.retrieval();
            for (EmptyBall emptyBall : EmptyBall.values()) {
                Conventions conventions = Conventions.STANDARD.with(emptyBall);
                for (int radius : new int[] {0, 2}) {
                    BallMetrics macro = BallMetrics.at(retrieval, radius, conventions);
                    BallMetrics micro = BallMetrics.at(retrieval, radius, conventions.with(Average.MICRO));
                    PlainBalls plain = new PlainBalls(experiment, radius);
                    assertClose(macro.precision(), plain.macroPrecision(emptyBall));
                    assertClose(macro.recall(), plain.macroRecall());
                    assertClose(micro.precision(), plain.microPrecision(emptyBall));
                    assertClose(micro.recall(), plain.microRecall());
                    assertClose(macro.emptyBalls(), micro.emptyBalls());
                    BallMetrics mixed =
                            BallMetrics.at(retrieval, radius, conventions.with(Average.MACRO_PRECISION_POOLED_RECALL));
                    assertClose(mixed.precision(), plain.macroPrecision(emptyBall));
                    assertClose(mixed.recall(), plain.microRecall());
                }
            }
        }
    }

    private static void assertClose(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"ZERO, MACRO, 3, 8", "ONE, MACRO, 7, 8", "ZERO, MICRO, 3, 4", "ONE, MICRO, 3, 4"})
    void anEmptyBallIsWorthWhatTheConventionSays(EmptyBall emptyBall, Average average, double of, double by) {
        // Radius 0: two balls are empty, two hold two codes each, of which two and one are relevant.
        DistanceHistograms four =
                new DistanceHistograms(4, 1, new int[] {2, 1, 2, 1, 0, 3, 0, 3}, new int[] {2, 0, 1, 1, 0, 1, 0, 2});
        BallMetrics ball =
                BallMetrics.at(four, 0, Conventions.STANDARD.with(emptyBall).with(average));
        assertThat(ball.precision()).isEqualTo(of / by);
        assertThat(ball.emptyBalls()).isEqualTo(0.5);
        assertThat(ball.recall()).isEqualTo(average == Average.MACRO ? 1.5 / 4 : 3.0 / 7);
    }

    @ParameterizedTest
    @CsvSource({"ZERO, 0", "ONE, 1"})
    void whereAllBallsAreEmptyBothAveragesAreWorthTheSame(EmptyBall emptyBall, double expected) {
        DistanceHistograms empty = new DistanceHistograms(2, 1, new int[] {0, 3, 0, 3}, new int[] {0, 1, 0, 2});
        for (Average average : Average.values()) {
            Conventions conventions = Conventions.STANDARD.with(emptyBall).with(average);
            assertThat(BallMetrics.at(empty, 0, conventions).precision()).isEqualTo(Double.valueOf(expected));
            assertThat(BallMetrics.at(empty, 0, conventions).recall()).isZero();
        }
    }

    @Test
    void pooledRecallIsMacroRecallWhereAllQueriesHaveEquallyMuchToFind() {
        DistanceHistograms equal = new DistanceHistograms(2, 1, new int[] {3, 3, 5, 1}, new int[] {1, 3, 4, 0});
        assertThat(BallMetrics.at(equal, 0, Conventions.STANDARD.with(Average.MICRO))
                        .recall())
                .isEqualTo(BallMetrics.at(equal, 0, Conventions.STANDARD).recall())
                .isEqualTo(5.0 / 8);
        DistanceHistograms unequal = new DistanceHistograms(2, 1, new int[] {3, 3, 5, 1}, new int[] {1, 3, 1, 0});
        assertThat(BallMetrics.at(unequal, 0, Conventions.STANDARD.with(Average.MICRO))
                        .recall())
                .isEqualTo(2.0 / 5);
        assertThat(BallMetrics.at(unequal, 0, Conventions.STANDARD).recall()).isEqualTo(1.25 / 2);
    }

    private static void assertEqualsDefinition(RandomExperiment experiment, int radius) {
        int queries = experiment.queryCount();
        double precision = 0;
        double recall = 0;
        double empty = 0;
        for (int q = 0; q < queries; q++) {
            PlainQuery plain = experiment.plain(q);
            if (plain.ball(radius) == 0) {
                empty++;
            } else {
                precision += (double) plain.hits(radius) / plain.ball(radius);
            }
            if (plain.relevantTotal() > 0) {
                recall += (double) plain.hits(radius) / plain.relevantTotal();
            }
        }
        BallMetrics ball = BallMetrics.at(experiment.retrieval().histograms(), radius, Conventions.STANDARD);
        assertThat(ball.precision()).isCloseTo(precision / queries, within(1e-12));
        assertThat(ball.recall()).isCloseTo(recall / queries, within(1e-12));
        assertThat(ball.emptyBalls()).isCloseTo(empty / queries, within(1e-12));
    }

    @Test
    void refusesNegativeRadiiAndNoQueries() {
        assertThatThrownBy(() -> BallMetrics.at(histograms, -1, Conventions.STANDARD))
                .isInstanceOf(IllegalArgumentException.class);
        DistanceHistograms none = new DistanceHistograms(0, 2, new int[0], new int[0]);
        assertThatThrownBy(() -> BallMetrics.at(none, 2, Conventions.STANDARD))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
