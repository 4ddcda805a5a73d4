package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Conventions.EmptyBall;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RadiusCurvesTest {
    /** The three queries of {@link BallMetricsTest}: two bits, ten codes; relevant in all 4, 5 and 0. */
    private final Map<String, double[]> curves = RadiusCurves.of(
            new DistanceHistograms(3, 2, new int[] {2, 6, 2, 0, 1, 9, 3, 3, 4}, new int[] {1, 3, 0, 0, 1, 4, 0, 0, 0}),
            Conventions.STANDARD);

    @Test
    void thereIsOneValueForEachRadius() {
        assertThat(curves).containsOnlyKeys("radius.precision", "radius.recall");
        assertThat(curves.get("radius.precision"))
                .containsExactly(
                        new double[] {(1.0 / 2) / 3, (4.0 / 8 + 1.0) / 3, (4.0 / 10 + 5.0 / 10) / 3}, within(1e-15));
        assertThat(curves.get("radius.recall"))
                .containsExactly(new double[] {(1.0 / 4) / 3, (1 + 1.0 / 5) / 3, 2.0 / 3}, within(1e-15));
    }

    @Test
    void everyRadiusAgreesWithItsBall() {
        for (int seed = 0; seed < 10; seed++) {
            DistanceHistograms histograms = RandomExperiment.draw(20, 30, seed % 2 == 0, seed)
                    .retrieval()
                    .histograms();
            Map<String, double[]> drawn = RadiusCurves.of(histograms, Conventions.STANDARD);
            for (int radius = 0; radius <= 20; radius++) {
                BallMetrics ball = BallMetrics.at(histograms, radius, Conventions.STANDARD);
                assertThat(at(drawn, RadiusCurves.PRECISION, radius)).isCloseTo(ball.precision(), within(1e-12));
                assertThat(at(drawn, RadiusCurves.RECALL, radius)).isCloseTo(ball.recall(), within(1e-12));
            }
        }
    }

    @Test
    void everyRadiusAgreesWithItsBallUnderOtherConventions() {
        Retrieval retrieval = RandomExperiment.draw(20, 30, true, 4).retrieval();
        for (Average average : Average.values()) {
            Conventions conventions = Conventions.STANDARD.with(average).with(EmptyBall.ONE);
            Map<String, double[]> drawn = RadiusCurves.of(retrieval, conventions);
            for (int radius = 0; radius <= 20; radius++) {
                BallMetrics ball = BallMetrics.at(retrieval, radius, conventions);
                assertThat(at(drawn, RadiusCurves.PRECISION, radius)).isCloseTo(ball.precision(), within(1e-12));
                assertThat(at(drawn, RadiusCurves.RECALL, radius)).isCloseTo(ball.recall(), within(1e-12));
            }
        }
    }

    @Test
    void withoutQueriesThereIsNoCurve() {
        assertThatThrownBy(() ->
                        RadiusCurves.of(new DistanceHistograms(0, 2, new int[0], new int[0]), Conventions.STANDARD))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double at(Map<String, double[]> curves, String name, int radius) {
        return Objects.requireNonNull(curves.get(name))[radius];
    }
}
