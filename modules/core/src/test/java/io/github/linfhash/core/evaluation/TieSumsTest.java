package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TieSumsTest {
    /** The reference adds one number after the other, as the table of all harmonic numbers once did. */
    @Test
    void harmonicNumbersBetweenThoseInTheTableAreThoseOfAWholeTable() {
        double[] harmonic = new double[1001];
        for (int n = 1; n < harmonic.length; n++) {
            harmonic[n] = harmonic[n - 1] + 1.0 / n;
        }
        TieSums sums = new TieSums(1000);
        assertThat(sums.databaseSize()).isEqualTo(1000);
        for (int before = 0; before <= 1000; before++) {
            for (int hits : new int[] {0, 1, 63, 64, 65, 1000 - before}) {
                if (before + hits <= 1000) {
                    assertThat(sums.run(before, 7, hits))
                            .isEqualTo(hits + (7.0 - before) * (harmonic[before + hits] - harmonic[before]));
                }
            }
        }
    }
}
