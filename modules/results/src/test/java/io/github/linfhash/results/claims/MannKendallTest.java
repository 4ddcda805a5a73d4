package io.github.linfhash.results.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.results.claims.ClaimTests.MannKendall;
import org.junit.jupiter.api.Test;

class MannKendallTest {
    /** Ten falling values: S = -45, variance 10 x 9 x 25 / 18 = 125, z = -44 / sqrt(125) = -3.9355, p = 8.30e-5. */
    @Test
    void aFallIsTheOneOfTheHand() {
        MannKendall fall = MannKendall.of(new double[] {10, 9, 8, 7, 6, 5, 4, 3, 2, 1});
        assertThat(fall.tau()).isEqualTo(-1);
        assertThat(fall.p()).isCloseTo(8.30e-5, within(5e-8));
    }

    /**
     * With two ties of two and one of three: S = 28 - 1 - 1 - 3 = 23, variance (8 x 7 x 21 - 18 - 18 - 66) / 18 = 59.667,
     * z = 22 / 7.7244 = 2.8481, p = 0.0044.
     */
    @Test
    void tiesTakeFromTheVariance() {
        MannKendall rise = MannKendall.of(new double[] {1, 1, 2, 2, 3, 3, 3, 4});
        assertThat(rise.tau()).isCloseTo(23 / 28.0, within(1e-12));
        assertThat(rise.p()).isCloseTo(0.0044, within(5e-5));
    }

    @Test
    void equalValuesHaveNoTrend() {
        MannKendall flat = MannKendall.of(new double[8]);
        assertThat(flat.tau()).isZero();
        assertThat(flat.p()).isEqualTo(1);
    }
}
