package io.github.linfhash.results.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.results.tables.SummaryTable.Summary;
import org.junit.jupiter.api.Test;

class SummaryTest {
    /** Quantiles as tables of Student's t print them: 12.706 and 2.776 for 1 and 4 degrees of freedom. */
    @Test
    void theIntervalIsThatOfStudent() {
        Summary two = Summary.of(1, 3);
        assertThat(two.halfWidth().orElseThrow()).isCloseTo(12.706 * Math.sqrt(2) / Math.sqrt(2), within(1e-3));
        Summary five = Summary.of(1, 2, 3, 4, 5);
        assertThat(five.mean()).isEqualTo(3);
        assertThat(five.halfWidth().orElseThrow()).isCloseTo(2.776 * Math.sqrt(2.5 / 5), within(1e-3));
        assertThat(five.reachOfOneRun().orElseThrow()).isCloseTo(2.776 * Math.sqrt(2.5 * 1.2), within(2e-3));
    }

    @Test
    void oneSeedHasNoInterval() {
        assertThat(Summary.of(0.5).halfWidth()).isEmpty();
        assertThat(Summary.of(0.5).reachOfOneRun()).isEmpty();
    }
}
