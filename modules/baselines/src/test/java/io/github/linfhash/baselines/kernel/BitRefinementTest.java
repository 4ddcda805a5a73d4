package io.github.linfhash.baselines.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BitRefinementTest {
    @Test
    void theSmoothSignEqualsTheHyperbolicTangentOfHalfItsArgument() {
        double[] values = new double[20001];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i - 10000) / 100.0;
        }
        double[] signs = new double[values.length];
        BitRefinement.smoothSigns(values, signs);

        for (int i = 0; i < values.length; i++) {
            assertThat(signs[i]).as("phi(%s)", values[i]).isCloseTo(Math.tanh(values[i] / 2), within(1e-12));
        }
    }

    @Test
    void theSmoothSignSaturatesAtInfinityAndKeepsNotANumber() {
        double[] signs = new double[4];
        BitRefinement.smoothSigns(new double[] {Double.POSITIVE_INFINITY, -1e300, Double.NaN, 0}, signs);

        assertThat(signs).containsExactly(1, -1, Double.NaN, 0);
    }
}
