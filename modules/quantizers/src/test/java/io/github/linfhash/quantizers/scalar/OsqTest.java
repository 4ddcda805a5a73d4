package io.github.linfhash.quantizers.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.testing.Filled;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;

class OsqTest {
    private static float[] normal(int d, long seed) {
        ZigguratSampler.NormalizedGaussian gaussian =
                ZigguratSampler.NormalizedGaussian.of(new RandomStreams(seed).stream("x"));
        return Filled.floats(d, j -> (float) gaussian.sample());
    }

    /** The anisotropic loss, in plain loops. */
    private static double loss(float[] x, double low, double high, int points) {
        double step = (high - low) / (points - 1);
        double along = 0;
        double squares = 0;
        double length = 0;
        for (float value : x) {
            double nearest = low + step * Math.round((Math.min(high, Math.max(low, value)) - low) / step);
            along += value * (value - nearest);
            squares += (value - nearest) * (value - nearest);
            length += value * value;
        }
        return 0.9 * along * along / length + 0.1 * squares;
    }

    /** No grid of a search over both ends loses much less; of more points the descent finds what is best near its start. */
    @Test
    void losesLittleMoreThanTheBestOfManyGrids() {
        int points = 2;
        for (long seed = 0; seed < 5; seed++) {
            float[] x = normal(64, seed);
            Osq.Interval found = Osq.Interval.of(x, points);
            double best = Double.POSITIVE_INFINITY;
            for (double low = -4; low < 0; low += 0.05) {
                for (double high = 0.05; high < 4; high += 0.05) {
                    best = Math.min(best, loss(x, low, high, points));
                }
            }
            assertThat(loss(x, found.low(), found.high(), points)).isLessThan(1.2 * best);
        }
    }

    @Test
    void aVectorOfTwoValuesIsExact() {
        float[] x = {-1, 3, 3, -1, -1};
        Osq.Interval found = Osq.Interval.of(x, 2);
        byte[] numbers = new byte[5];
        found.round(x, numbers, 0);
        assertThat(numbers).containsExactly(0, 1, 1, 0, 0);
        assertThat(found.low()).isCloseTo(-1, within(1e-5f));
        assertThat(found.high()).isCloseTo(3, within(1e-5f));
    }

    @Test
    void equalValuesHaveAGrid() {
        Osq.Interval zeros = Osq.Interval.of(new float[3], 4);
        assertThat(zeros.nearest(0)).isZero();
        assertThat(zeros.step()).isZero();
        Osq.Interval twos = Osq.Interval.of(new float[] {2, 2}, 16);
        assertThat(twos.low() + twos.step() * twos.nearest(2)).isCloseTo(2, within(1e-5f));
    }
}
