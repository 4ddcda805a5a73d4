package io.github.linfhash.quantizers.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.statistics.MeanInterval;
import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.inference.TTest;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class CrossedIntervalTest {
    /** With one seed it is Student's interval. */
    @Test
    void ofOneSeedIsThatOfTheQueries() {
        double[] values = {0.5, 0.7, 0.6, 0.9, 0.4};
        MeanInterval expected = MeanInterval.of(values);
        MeanInterval found = CrossedInterval.of(new double[][] {values});
        assertThat(found.mean()).isCloseTo(expected.mean(), within(1e-12));
        assertThat(found.low()).isCloseTo(expected.low(), within(1e-9));
        assertThat(found.high()).isCloseTo(expected.high(), within(1e-9));
    }

    /**
     * Effects of queries -0.2, 0 and 0.2, of seeds -0.1, 0 and 0.1, and a residual of 0.06, -0.06, 0 over -0.06, 0.06, 0 over zeros. By
     * hand: Vq = 0.04 / 3, Vs = 0.01 / 3, Ve = 4 * 0.06^2 / (2 * 2) / 9 = 0.0004, and V = 0.05 / 3 - 0.0004 with V^2 / (Vq^2 / 2 + Vs^2 / 2)
     * degrees of freedom, which are 2.80170.
     */
    @Test
    void theResidualIsTakenAwayByItsDegreesOfFreedom() {
        double[][] values = {
            {0.5 - 0.1 - 0.2 + 0.06, 0.5 - 0.1 - 0.06, 0.5 - 0.1 + 0.2},
            {0.5 - 0.2 - 0.06, 0.5 + 0.06, 0.5 + 0.2},
            {0.5 + 0.1 - 0.2, 0.5 + 0.1, 0.5 + 0.1 + 0.2}
        };
        double half = new TDistribution(2.80170).inverseCumulativeProbability(0.975) * Math.sqrt(0.05 / 3 - 0.0004);

        MeanInterval interval = CrossedInterval.of(values);

        assertThat(interval.mean()).isCloseTo(0.5, within(1e-12));
        assertThat(interval.high() - interval.mean()).isCloseTo(half, within(1e-5));
        assertThat(interval.mean() - interval.low()).isCloseTo(half, within(1e-5));
    }

    /** Of 500 draws of query and seed effects around 0.5, about 95 % of the intervals hold it. */
    @Test
    void coversTheMean() {
        UniformRandomProvider random = new RandomStreams(5).stream("effects");
        int covered = 0;
        for (int trial = 0; trial < 500; trial++) {
            double[] ofQuery = random.doubles(60, -0.2, 0.2).toArray();
            double[] ofSeed = random.doubles(4, -0.05, 0.05).toArray();
            double[][] values = new double[4][60];
            for (int s = 0; s < 4; s++) {
                for (int q = 0; q < 60; q++) {
                    values[s][q] = 0.5 + ofQuery[q] + ofSeed[s] + 0.1 * (random.nextDouble() - 0.5);
                }
            }
            MeanInterval interval = CrossedInterval.of(values);
            covered += interval.low() <= 0.5 && 0.5 <= interval.high() ? 1 : 0;
        }
        // Four seeds tell little of their spread: 0.90 to 0.99 is what such intervals keep.
        assertThat(covered).isBetween(450, 495);
    }

    @Test
    void endsStayWithinFractions() {
        MeanInterval interval = CrossedInterval.of(new double[][] {{1, 1, 0.9}, {1, 1, 1}});
        assertThat(interval.high()).isEqualTo(1);
        assertThat(CrossedInterval.of(new double[][] {{1, 1}, {1, 1}})).isEqualTo(new MeanInterval(1, 1, 1));
    }

    /** With one seed it is Student's paired test, and the ends may be below 0. */
    @Test
    void aDifferenceOfOneSeedIsThePairedTest() {
        double[] one = {0.5, 0.7, 0.4, 0.9, 0.3};
        double[] other = {0.7, 0.8, 0.8, 0.8, 0.6};
        CrossedInterval.Difference found = CrossedInterval.difference(List.of(one), List.of(other));
        MeanInterval expected = MeanInterval.of(new double[] {-0.2, -0.1, -0.4, 0.1, -0.3});
        assertThat(found.interval().mean()).isCloseTo(-0.18, within(1e-12));
        assertThat(found.interval().low()).isCloseTo(expected.low(), within(1e-9));
        assertThat(found.interval().high()).isCloseTo(expected.high(), within(1e-9));
        assertThat(found.p()).isCloseTo(new TTest().pairedTTest(one, other), within(1e-9));
    }

    @Test
    void equalDifferencesHaveNoSpread() {
        List<double[]> ones = List.of(new double[] {1, 1}, new double[] {1, 1});
        List<double[]> halves = List.of(new double[] {0.5, 0.5}, new double[] {0.5, 0.5});
        assertThat(CrossedInterval.difference(ones, ones).p()).isEqualTo(1);
        assertThat(CrossedInterval.difference(ones, halves))
                .isEqualTo(new CrossedInterval.Difference(new MeanInterval(0.5, 0.5, 0.5), 0));
    }

    /** Without any difference about one in twenty tests is below 0.05, also where seeds differ. */
    @Test
    void differencesHoldTheirLevel() {
        UniformRandomProvider random = new RandomStreams(6).stream("effects");
        List<double[]> zeros = List.of(new double[4][60]);
        int below = 0;
        for (int trial = 0; trial < 500; trial++) {
            double[] ofSeed = random.doubles(4, -0.02, 0.02).toArray();
            double[][] differences = new double[4][];
            for (int s = 0; s < 4; s++) {
                double effect = ofSeed[s];
                differences[s] =
                        random.doubles(60, -0.3, 0.3).map(one -> one + effect).toArray();
            }
            below += CrossedInterval.difference(List.of(differences), zeros).p() < 0.05 ? 1 : 0;
        }
        assertThat(below).isBetween(8, 45);
    }
}
