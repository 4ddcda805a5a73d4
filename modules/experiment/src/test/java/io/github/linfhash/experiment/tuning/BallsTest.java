package io.github.linfhash.experiment.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.experiment.tuning.TrialResult.Balls;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.junit.jupiter.api.Test;

class BallsTest {
    /** Images whose balls hold Poisson-many rows, at rates drawn from a Gamma distribution of this shape. */
    private static int[] neighbors(double shape, double mean, int images, String stream) {
        UniformRandomProvider random = new RandomStreams(5).stream(stream);
        var rates = AhrensDieterMarsagliaTsangGammaSampler.of(random, shape, mean / shape);
        return IntStream.range(0, images)
                .map(i -> {
                    double rate = rates.sample();
                    return rate < 1e-12 ? 0 : PoissonSampler.of(random, rate).sample();
                })
                .toArray();
    }

    private static Balls balls(int[] neighbors, int fold) {
        long filled = IntStream.of(neighbors).filter(n -> n > 0).count();
        long found = IntStream.of(neighbors).sum();
        long images = neighbors.length;
        return new Balls(images, images * fold, found, found / 2, images * 10, filled, 0.4 * filled);
    }

    /** Balls drawn for a small fold foretell the share of balls that are filled when a hundred times as many are searched. */
    @Test
    void theShareOfFilledBallsInALargeDatabaseIsForetoldFromASmallFold() {
        int images = 200_000;
        for (double shape : new double[] {0.05, 0.3, 2}) {
            Balls small = balls(neighbors(shape, 0.2, images, "small"), 500);
            double large = IntStream.of(neighbors(shape, 20, images, "large"))
                            .filter(n -> n > 0)
                            .count()
                    / (double) images;
            assertThat(small.filledShare(50_000)).isCloseTo(large, within(0.02));
            assertThat(small.precision(50_000)).isCloseTo(0.4 * large, within(0.01));
        }
    }

    @Test
    void aDatabaseOfTheFoldsSizeHasTheFoldsShare() {
        Balls balls = new Balls(100, 50_000, 70, 40, 5_000, 20, 11);
        assertThat(balls.filledShare(500)).isCloseTo(0.2, within(1e-9));
        assertThat(balls.precision(500)).isCloseTo(0.11, within(1e-9));
        assertThat(balls.recall()).isEqualTo(0.008);
        assertThat(balls.filledShare(50_000)).isBetween(0.2, 1.0);
    }

    /** More images with a neighbor than a Poisson distribution of that mean would have: it is the limit. */
    @Test
    void evenlySpreadNeighborsAreThoseOfAPoissonDistribution() {
        Balls even = new Balls(100, 50_000, 50, 30, 5_000, 50, 30);
        assertThat(even.filledShare(1_000)).isCloseTo(1 - Math.exp(-1), within(1e-9));
    }

    @Test
    void ballsThatAreAlwaysEmptyOrAlwaysFullAreSo() {
        assertThat(new Balls(100, 50_000, 0, 0, 5_000, 0, 0).precision(50_000)).isZero();
        Balls full = new Balls(100, 50_000, 50_000, 5_000, 5_000, 100, 10);
        assertThat(full.filledShare(50_000)).isCloseTo(1, within(1e-9));
        assertThat(full.precision(50_000)).isCloseTo(0.1, within(1e-9));
        assertThat(Balls.NONE.precision(50_000)).isZero();
        assertThat(Balls.NONE.recall()).isZero();
    }

    /** One never errs but is empty nearly always, another errs more often and answers: the second is preferred. */
    @Test
    void aBallThatIsAlmostAlwaysEmptyIsNotPreciseForNeverErring() {
        Balls empty = new Balls(500, 250_000, 2, 2, 25_000, 2, 2);
        Balls useful = new Balls(500, 250_000, 2_000, 1_000, 25_000, 250, 125);
        assertThat(useful.precision(59_000)).isGreaterThan(empty.precision(59_000));
    }
}
