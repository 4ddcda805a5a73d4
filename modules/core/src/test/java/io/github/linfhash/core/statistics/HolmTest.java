package io.github.linfhash.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class HolmTest {
    /** Worked out by hand: 0.005 x 4, 0.01 x 3, 0.03 x 2, then 0.04 kept up at 0.06. */
    @Test
    void aLargerValueIsNeverAdjustedToLess() {
        assertThat(Holm.adjust(0.01, 0.04, 0.03, 0.005))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
    }

    /** Where the products rise by themselves: 0.001 x 5, 0.002 x 4, 0.004 x 3, 0.02 x 2, 0.5 x 1. */
    @Test
    void theFactorsRunFromTheNumberOfTestsDownToOne() {
        assertThat(Holm.adjust(0.02, 0.001, 0.5, 0.004, 0.002))
                .containsExactly(new double[] {0.04, 0.005, 0.5, 0.012, 0.008}, within(1e-12));
        assertThat(Holm.adjust(0.03)).containsExactly(0.03);
    }

    @Test
    void whatCouldNotBeTestedDoesNotCount() {
        List<OptionalDouble> family = List.of(
                OptionalDouble.of(0.2), OptionalDouble.empty(), OptionalDouble.of(0.01), OptionalDouble.of(0.03));
        assertThat(Holm.adjust(family))
                .containsExactly(
                        OptionalDouble.of(0.2),
                        OptionalDouble.empty(),
                        OptionalDouble.of(0.03),
                        OptionalDouble.of(0.06));
    }

    @Test
    void nothingIsAdjustedBeyondOne() {
        assertThat(Holm.adjust(0.9, 0.8)).containsExactly(1, 1);
        assertThat(Holm.adjust()).isEmpty();
    }
}
