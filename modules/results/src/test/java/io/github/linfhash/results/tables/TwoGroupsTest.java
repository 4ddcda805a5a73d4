package io.github.linfhash.results.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwoGroupsTest {
    /** SNNH's and NNH's quantization errors and NNH's precision, then one run that is a little off, equal runs, and few. */
    @Test
    void runsThatFailedAreAGroup() {
        assertThat(TwoGroups.of(0.043, 0.788, 0.721, 0.048, 0.780)).isTrue();
        assertThat(TwoGroups.of(0.029, 0.032, 0.030, 0.257, 0.046)).isTrue();
        assertThat(TwoGroups.of(0.354, 0.055, 0.355, 0.382, 0.361)).isTrue();
        assertThat(TwoGroups.of(-0.788, -0.043, -0.721, -0.048, -0.780)).isTrue();
        assertThat(TwoGroups.of(0.337, 0.349, 0.349, 0.351, 0.351)).isFalse();
        assertThat(TwoGroups.of(0.2, 0.2, 0.2, 0.2, 0.2)).isFalse();
        assertThat(TwoGroups.of(0.1, 0.9, 0.9)).isFalse();
        assertThat(TwoGroups.of()).isFalse();
    }

    /** Normal samples around zero meet the second condition often, so that the first one is tested. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5, 7, 10, 20})
    void oneInAHundredNormalSamplesHasSuchAGap(int n) {
        NormalDistribution normal = new NormalDistribution(new Well19937c(1), 0, 1);
        int trials = 40_000;
        int found = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] values = normal.sample(n);
            found += TwoGroups.of(values) ? 1 : 0;
        }
        assertThat(100.0 * found / trials).isLessThan(1.2);
        if (n <= 5) {
            assertThat(100.0 * found / trials).isGreaterThan(0.7);
        }
    }

    /** The first two are in Lehmann's tables of the rank sum: 2/20 and 2/252; of equal values, every split is as far. */
    @ParameterizedTest
    @CsvSource({"1 2 3, 4 5 6, 0.1", "1 2 3 4 5, 6 7 8 9 10, 0.00793650793650794", "1 1, 1 1 1, 1", "1 4, 2 3, 1"})
    void ranksGiveExactProbabilities(String first, String second, double p) {
        assertThat(TwoGroups.rankP(numbers(first), numbers(second))).isCloseTo(p, within(1e-12));
        assertThat(TwoGroups.rankP(numbers(second), numbers(first))).isCloseTo(p, within(1e-12));
    }

    @Test
    void manyRunsAreNearTheNormalApproximation() {
        UniformRealDistribution uniform = new UniformRealDistribution(new Well19937c(2), 0, 1);
        double[] first = uniform.sample(9);
        double[] second = Arrays.stream(uniform.sample(9)).map(u -> u + 0.2).toArray();
        assertThat(TwoGroups.rankP(first, second))
                .isCloseTo(new MannWhitneyUTest().mannWhitneyUTest(first, second), within(0.02));
        double[] far = Arrays.stream(uniform.sample(30)).map(u -> u + 9).toArray();
        assertThat(TwoGroups.rankP(uniform.sample(30), far)).isLessThan(1e-9);
        assertThatThrownBy(() -> TwoGroups.rankP(first, new double[0])).hasMessageContaining("found an empty one");
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }
}
