package io.github.linfhash.advisor.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.random.Shuffle;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeanByChanceTest {
    private static FeatureMatrix normal(int n, double[] deviations, long seed) {
        Random random = new Random(seed);
        float[] values = new float[n * deviations.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (5 + deviations[i % deviations.length] * random.nextGaussian());
        }
        return FeatureMatrix.owning(n, deviations.length, values);
    }

    private static double[] spectrum(int d, double first) {
        double[] deviations = new double[d];
        Arrays.fill(deviations, 1);
        deviations[0] = first;
        return deviations;
    }

    /** A variance of 100, and 99 of 1. */
    @Test
    void momentsAreThoseOfTheEigenvalues() {
        MeanByChance found = MeanByChance.of(normal(2000, spectrum(100, 10), 3));
        assertThat(found.second()).isCloseTo((1e4 + 99) / (199.0 * 199), within(0.02));
        assertThat(found.third()).isCloseTo((1e6 + 99) / (199.0 * 199 * 199), within(0.02));
    }

    @Test
    void momentsAreThoseOfSomeEigenvalues() {
        for (int d : new int[] {1, 2, 300}) {
            for (int n : new int[] {6, 7, 90}) {
                MeanByChance found = MeanByChance.of(normal(n, spectrum(d, 1), n));
                assertThat(found.second()).isBetween(1.0 / d, 1.0);
                assertThat(found.third())
                        .isBetween(
                                found.second() * found.second() * (1 - 1e-12),
                                found.second() * Math.sqrt(found.second()) * (1 + 1e-12));
            }
        }
        MeanByChance equal = MeanByChance.of(FeatureMatrix.owning(10, 3, new float[30]));
        assertThat(equal).isEqualTo(new MeanByChance(1, 1));
    }

    /** Quantiles of chi-square divided by the degrees of freedom: 10.828, 29.588, 149.449 (R, qchisq(0.999, f)). */
    @ParameterizedTest
    @CsvSource({"1, 10.828", "10, 29.588", "100, 149.449"})
    void alikeDirectionsHaveAChiSquare(int freedom, double quantile) {
        double factor = new MeanByChance(1.0 / freedom, 1.0 / freedom / freedom).rareFactor();
        assertThat(factor * factor * freedom).isCloseTo(quantile, within(1e-3));
    }

    /** Of 4,000 random halves, about four are farther apart, whether all directions are alike, one is large, or vectors are copies. */
    @ParameterizedTest
    @CsvSource({"1, 1", "4, 1", "30, 1", "1, 20"})
    void oneInAThousandRandomHalvesIsFartherApart(double first, int copies) {
        int n = 400;
        int d = 20;
        FeatureMatrix some = normal(n / copies, spectrum(d, first), 8);
        float[] values = new float[n * d];
        int[] order = Shuffle.sample(new RandomStreams(1).stream("order"), n, n);
        for (int i = 0; i < n; i++) {
            some.copyRows(order[i] % some.rows(), 1, values, i * d);
        }
        FeatureMatrix vectors = FeatureMatrix.owning(n, d, values);
        double factor = MeanByChance.of(vectors).rareFactor();
        double spread = 0;
        double[] mean = new double[d];
        for (int i = 0; i < values.length; i++) {
            mean[i % d] += values[i] / n;
        }
        for (int i = 0; i < values.length; i++) {
            spread += Math.pow(values[i] - mean[i % d], 2) / n;
        }
        int farther = 0;
        for (int draw = 0; draw < 4000; draw++) {
            int[] half = Shuffle.sample(new RandomStreams(draw).stream("half"), n, n / 2);
            double[] less = new double[d];
            for (int row : half) {
                for (int j = 0; j < d; j++) {
                    less[j] += (values[row * d + j] - mean[j]) * 4 / n;
                }
            }
            double squares = Arrays.stream(less).map(x -> x * x).sum();
            farther += squares > factor * factor * spread * 4 / n ? 1 : 0;
        }
        assertThat(farther).isBetween(0, 14);
    }
}
