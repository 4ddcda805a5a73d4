package io.github.linfhash.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {
    private static final double[] RISING = {0.1, 0.2, 0.5, 0.7, 0.9};

    /** Of the 120 orders one rises and one falls throughout. */
    @Test
    void aRisingAndAFallingOrderAreTheFarthestFromNone() {
        assertThat(RankCorrelation.of(RISING, new double[] {1, 2, 3, 4, 5}))
                .isEqualTo(new RankCorrelation(1, 2 / 120.0));
        assertThat(RankCorrelation.of(RISING, new double[] {5, 4, 3, 2, 1}))
                .isEqualTo(new RankCorrelation(-1, 2 / 120.0));
    }

    /** One exchange of neighbors leaves 0.9, which 4 orders have, beside the one that rises; as many fall. */
    @Test
    void allOrdersOfFiveAreCounted() {
        RankCorrelation found = RankCorrelation.of(RISING, new double[] {5, 6, 8, 7, 9});
        assertThat(found.rho()).isCloseTo(0.9, within(1e-12));
        assertThat(found.p()).isEqualTo(10 / 120.0);
    }

    /** The critical value of seven pairs at a two-sided level of 5% is 0.786 (Zar, Biostatistical Analysis, table B.20). */
    @Test
    void sevenPairsNeedTheCriticalValueOfTables() {
        double[] seven = {1, 2, 3, 4, 5, 6, 7};
        RankCorrelation critical = RankCorrelation.of(seven, new double[] {3, 1, 2, 6, 5, 4, 7});
        assertThat(critical.rho()).isCloseTo(1 - 6 * 14 / 336.0, within(1e-12));
        assertThat(critical.p()).isGreaterThan(0.05);
        RankCorrelation beyond = RankCorrelation.of(seven, new double[] {2, 1, 3, 6, 4, 7, 5});
        assertThat(beyond.rho()).isCloseTo(1 - 6 * 12 / 336.0, within(1e-12));
        assertThat(beyond.p()).isLessThan(0.05);
    }

    @Test
    void equalValuesShareTheirRank() {
        double[] tied = {3, 1, 3, 4};
        double[] other = {1, 2, 3, 4};
        assertThat(RankCorrelation.of(tied, other).rho())
                .isCloseTo(new SpearmansCorrelation().correlation(tied, other), within(1e-12));
        RankCorrelation none = RankCorrelation.of(new double[] {2, 2, 2, 2}, other);
        assertThat(none.rho()).isNaN();
        assertThat(none.p()).isEqualTo(1);
    }

    @Test
    void tooFewAndTooManyPairsAreRefused() {
        assertThatThrownBy(() -> RankCorrelation.of(new double[2], new double[2]))
                .hasMessage("expected 3 to 10 pairs, found 2 and 2 values");
        assertThatThrownBy(() -> RankCorrelation.of(new double[11], new double[11]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RankCorrelation.of(new double[] {1, 2, Double.NaN}, new double[3]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
