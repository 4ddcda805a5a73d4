package io.github.linfhash.encoders.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.encoders.dictionary.KSvd.WorstSignals;
import org.junit.jupiter.api.Test;

class WorstSignalsTest {
    @Test
    void signalsComeByTheSizeOfTheirResidualsAndEachOnce() {
        WorstSignals worst = new WorstSignals(4);
        double[] residuals = {1, 0, -3, 1, 0, 0, 2, 2};

        assertThat(worst.next(residuals)).isEqualTo(1);
        assertThat(worst.next(residuals)).isEqualTo(3);
        assertThat(worst.next(residuals)).isEqualTo(0);
        assertThat(worst.next(residuals)).isEqualTo(-1);
    }
}
