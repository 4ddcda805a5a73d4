package io.github.linfhash.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeanIntervalTest {
    // Two-sided 95 % quantiles from printed tables of Student's t, by number of values.
    @ParameterizedTest
    @CsvSource({"2, 12.706", "3, 4.303", "5, 2.776", "10, 2.262", "31, 2.042"})
    void halfTheWidthIsTheTabulatedQuantileTimesTheStandardError(int n, double tabulated) {
        double[] values = new double[n];
        double mean = 0;
        for (int i = 0; i < n; i++) {
            values[i] = Math.sin(i) + 3;
            mean += values[i] / n;
        }
        double variance = 0;
        for (double value : values) {
            variance += Math.pow(value - mean, 2) / (n - 1);
        }
        MeanInterval interval = MeanInterval.of(values);
        double half = (interval.high() - interval.low()) / 2;
        assertThat(interval.mean()).isCloseTo(mean, within(1e-12));
        assertThat(half / Math.sqrt(variance / n)).isCloseTo(tabulated, within(6e-4));
        assertThat(interval.mean() - interval.low()).isCloseTo(half, within(1e-12));
    }

    @Test
    void twoValuesByHand() {
        // s = 1 / sqrt(2), s / sqrt(2) = 1 / 2, and t of one degree of freedom at 75 % is tan(pi / 4) = 1.
        MeanInterval interval = MeanInterval.of(new double[] {0, 1}, 0.5);
        assertThat(interval.low()).isCloseTo(0, within(1e-8));
        assertThat(interval.high()).isCloseTo(1, within(1e-8));
    }

    @Test
    void equalValuesLeaveNoDoubt() {
        assertThat(MeanInterval.of(new double[] {0.25, 0.25, 0.25})).isEqualTo(new MeanInterval(0.25, 0.25, 0.25));
    }

    @Test
    void refusesOneValueNoNumberAndLevelsThatAreNone() {
        assertThatThrownBy(() -> MeanInterval.of(new double[] {1})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MeanInterval.of(new double[] {1, Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> MeanInterval.of(new double[] {1, 2}, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MeanInterval.of(new double[] {1, 2}, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
