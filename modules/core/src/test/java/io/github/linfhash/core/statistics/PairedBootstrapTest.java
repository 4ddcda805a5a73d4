package io.github.linfhash.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.GaussianSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
    private static final RandomStreams RANDOM = new RandomStreams(7);

    @Test
    void theMeanGivesEverySeedTheSameWeight() {
        double[][] differences = {{1, 3}, {0, 0, 0, 4}};
        assertThat(new PairedBootstrap(differences).run(RANDOM, 40).mean()).isEqualTo((2.0 + 1.0) / 2);
    }

    @Test
    void aConstantDifferenceIsBeyondDoubt() {
        PairedBootstrap.Outcome outcome = new PairedBootstrap(new double[][] {{0.5, 0.5}, {0.5, 0.5}}).run(RANDOM, 999);
        assertThat(outcome).isEqualTo(new PairedBootstrap.Outcome(0.5, 0.5, 0.5, 2.0 / 1000));
    }

    @Test
    void noDifferenceAtAllHasPOne() {
        assertThat(new PairedBootstrap(new double[2][3]).run(RANDOM, 100))
                .isEqualTo(new PairedBootstrap.Outcome(0, 0, 0, 1));
    }

    @Test
    void turningTheSignTurnsTheIntervalAndKeepsP() {
        double[][] differences = {{0.3, -0.1, 0.2}, {0.1, 0.4, -0.2}};
        double[][] turned = {{-0.3, 0.1, -0.2}, {-0.1, -0.4, 0.2}};
        PairedBootstrap.Outcome one = new PairedBootstrap(differences).run(RANDOM);
        PairedBootstrap.Outcome other = new PairedBootstrap(turned).run(RANDOM);
        assertThat(other.p()).isEqualTo(one.p());
        assertThat(other.low()).isCloseTo(-one.high(), within(1e-12));
        assertThat(other.high()).isCloseTo(-one.low(), within(1e-12));
    }

    @Test
    void pIsTwiceTheExactShareOverAllResamples() {
        // One query a seed: a resample is the mean of two draws from {-1, 3}, namely -1, 1, 1, 3.
        PairedBootstrap.Outcome queries = new PairedBootstrap(new double[][] {{-1, 3}}).run(RANDOM);
        PairedBootstrap.Outcome seeds = new PairedBootstrap(new double[][] {{-1}, {3}}).run(RANDOM);
        assertThat(queries.p()).isCloseTo(2 * 0.25, within(0.03));
        assertThat(seeds.p()).isCloseTo(2 * 0.25, within(0.03));
        assertThat(seeds.low()).isEqualTo(-1);
        assertThat(seeds.high()).isEqualTo(3);
    }

    @Test
    void bothLevelsSpreadAsTheyDoOverAllResamples() {
        double[][] differences = {{0.0, 0.7}, {1.1, 1.0}};
        List<Double> all = allResamples(differences);
        PairedBootstrap.Outcome outcome = new PairedBootstrap(differences).run(RANDOM, 100_000);
        // The distribution has steps: its ends are 0 and 1.1 with shares of 1/64 each, and no step is at 2.5 %.
        assertThat(outcome.low()).isCloseTo(quantile(all, 0.025), within(1e-12));
        assertThat(outcome.high()).isCloseTo(quantile(all, 0.975), within(1e-12));
    }

    /** Every resample of two seeds of two queries, all equally likely. */
    private static List<Double> allResamples(double[][] d) {
        List<Double> means = new ArrayList<>();
        for (int draw = 0; draw < 64; draw++) {
            double[] first = d[draw & 1];
            double[] second = d[draw >> 1 & 1];
            means.add((first[draw >> 2 & 1] + first[draw >> 3 & 1] + second[draw >> 4 & 1] + second[draw >> 5]) / 4);
        }
        Collections.sort(means);
        return means;
    }

    private static double quantile(List<Double> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    @Test
    void ofManyQueriesTheIntervalIsTheNormalOne() {
        UniformRandomProvider random = new RandomStreams(3).stream("normal");
        SharedStateContinuousSampler normal = GaussianSampler.of(ZigguratSampler.NormalizedGaussian.of(random), 0.1, 2);
        int n = 2000;
        double[] differences = new double[n];
        double mean = 0;
        for (int q = 0; q < n; q++) {
            differences[q] = normal.sample();
            mean += differences[q] / n;
        }
        double variance = 0;
        for (double difference : differences) {
            variance += (difference - mean) * (difference - mean) / n;
        }
        double half = 1.959964 * Math.sqrt(variance / n);
        PairedBootstrap.Outcome outcome = new PairedBootstrap(new double[][] {differences}).run(RANDOM);
        // A quantile of a pool of 2,000 is off by 6 % of the standard error, 3 % of the half width, one in three times.
        assertThat(outcome.low()).isCloseTo(mean - half, within(0.09 * half));
        assertThat(outcome.high()).isCloseTo(mean + half, within(0.09 * half));
    }

    @Test
    void equalsASlowTwinThatDrawsTheSameNumbers() {
        double[][] differences = {{0.2, -0.3, 0.5, 0.1}, {0.05, 0.15}, {-0.2, 0.9, -0.4}};
        UniformRandomProvider random = RANDOM.stream("bootstrap");
        double[][] pools = new double[3][];
        for (int s = 0; s < 3; s++) {
            double[] seed = differences[s];
            pools[s] = DoubleStream.generate(() -> random.ints(seed.length, 0, seed.length)
                            .mapToDouble(q -> seed[q])
                            .average()
                            .orElseThrow())
                    .limit(2000)
                    .toArray();
        }
        List<Double> means = new ArrayList<>();
        for (int b = 0; b < 400; b++) {
            List<Double> ofSeeds = new ArrayList<>();
            for (int s = 0; s < 3; s++) {
                double[] pool = pools[random.nextInt(3)];
                ofSeeds.add(pool[random.nextInt(2000)]);
            }
            means.add(ofSeeds.stream().mapToDouble(x -> x).average().orElseThrow());
        }
        Collections.sort(means);
        long below = means.stream().filter(mean -> mean <= 0).count();
        PairedBootstrap.Outcome outcome = new PairedBootstrap(differences).run(RANDOM, 400);
        // NumPy's quantile of 400 values: places 9.975 and 389.025.
        assertThat(outcome.low()).isCloseTo(means.get(9) + 0.975 * (means.get(10) - means.get(9)), within(1e-12));
        assertThat(outcome.high()).isCloseTo(means.get(389) + 0.025 * (means.get(390) - means.get(389)), within(1e-12));
        assertThat(outcome.p()).isCloseTo(2.0 * (below + 1) / 401, within(1e-12));
    }

    @Test
    void theSameSeedGivesTheSameOutcome() {
        PairedBootstrap bootstrap = new PairedBootstrap(new double[][] {{1, -2, 3}, {0, 1, 2}});
        assertThat(bootstrap.run(RANDOM)).isEqualTo(bootstrap.run(RANDOM));
        assertThat(bootstrap.run(RANDOM)).isNotEqualTo(bootstrap.run(new RandomStreams(8)));
    }

    @Test
    void laterChangesOfTheArrayDoNotCount() {
        double[][] differences = {{1, 1}};
        PairedBootstrap bootstrap = new PairedBootstrap(differences);
        differences[0][0] = -5;
        assertThat(bootstrap.run(RANDOM, 40).mean()).isEqualTo(1);
    }

    @Test
    void refusesWhatCannotBeResampled() {
        assertThatThrownBy(() -> new PairedBootstrap(new double[0][])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PairedBootstrap(new double[][] {{1}, {}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seed 1 has none");
        assertThatThrownBy(() -> new PairedBootstrap(new double[][] {{1, Double.POSITIVE_INFINITY}}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PairedBootstrap(new double[][] {{1}}).run(RANDOM, 39))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
