package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BallMetricsTest {
    // Three queries of two bits against ten codes. Relevant in all: 4, 5 and 0.
    private final DistanceHistograms histograms =
            new DistanceHistograms(3, 2, new int[] {2, 6, 2, 0, 1, 9, 3, 3, 4}, new int[] {1, 3, 0, 0, 1, 4, 0, 0, 0});

    @Test
    void averagesOverQueriesWithEmptyBallsCountingZero() {
        BallMetrics ball = BallMetrics.at(histograms, 0);
        assertThat(ball.precision()).isEqualTo((1.0 / 2 + 0 + 0.0 / 3) / 3);
        assertThat(ball.recall()).isEqualTo((1.0 / 4 + 0 + 0) / 3);
        assertThat(ball.emptyBalls()).isEqualTo(1.0 / 3);
        assertThat(ball.meanBallSize()).isEqualTo(5.0 / 3);
    }

    @Test
    void theBallIncludesItsRadius() {
        BallMetrics ball = BallMetrics.at(histograms, 1);
        assertThat(ball.precision()).isCloseTo((4.0 / 8 + 1.0 / 1 + 0.0 / 6) / 3, within(1e-15));
        assertThat(ball.recall()).isCloseTo((4.0 / 4 + 1.0 / 5 + 0) / 3, within(1e-15));
        assertThat(ball.emptyBalls()).isZero();
    }

    @Test
    void f1IsTheHarmonicMeanOfTheAverages() {
        BallMetrics ball = BallMetrics.at(histograms, 1);
        assertThat(ball.f1()).isCloseTo(2 * 0.5 * 0.4 / (0.5 + 0.4), within(1e-15));
        double meanOfQueries = (2.0 / 3 + 2.0 / 6 + 0) / 3;
        assertThat(Math.abs(ball.f1() - meanOfQueries)).isGreaterThan(0.1);
    }

    @Test
    void f1IsZeroWhereNothingIsFound() {
        assertThat(BallMetrics.at(new DistanceHistograms(1, 1, new int[] {0, 1}, new int[] {0, 1}), 0)
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

    private static void assertEqualsDefinition(RandomExperiment experiment, int radius) {
        int queries = experiment.queryCount();
        double precision = 0;
        double recall = 0;
        double empty = 0;
        double size = 0;
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
            size += plain.ball(radius);
        }
        BallMetrics ball = BallMetrics.at(experiment.retrieval().histograms(), radius);
        assertThat(ball.precision()).isCloseTo(precision / queries, within(1e-12));
        assertThat(ball.recall()).isCloseTo(recall / queries, within(1e-12));
        assertThat(ball.emptyBalls()).isCloseTo(empty / queries, within(1e-12));
        assertThat(ball.meanBallSize()).isCloseTo(size / queries, within(1e-12));
    }

    @Test
    void refusesNegativeRadiiAndNoQueries() {
        assertThatThrownBy(() -> BallMetrics.at(histograms, -1)).isInstanceOf(IllegalArgumentException.class);
        DistanceHistograms none = new DistanceHistograms(0, 2, new int[0], new int[0]);
        assertThatThrownBy(() -> BallMetrics.at(none, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
