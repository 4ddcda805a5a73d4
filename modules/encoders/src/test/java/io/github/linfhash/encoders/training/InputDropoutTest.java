package io.github.linfhash.encoders.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.training.BatchSampler.InputDropout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InputDropoutTest {
    private static final int VALUES = 100_001;

    @Test
    void theAskedShareBecomesZeroAndTheMeanStays() {
        float[] batch = masked(0.3, 1, 2);
        long zeros = 0;
        for (float value : batch) {
            zeros += value == 0 ? 1 : 0;
            assertThat(value == 0 || Math.abs(value - 1 / 0.7f) < 1e-4f).isTrue();
        }
        // The standard deviation of the share is 0.0014.
        assertThat((double) zeros / VALUES).isCloseTo(0.3, within(0.007));
    }

    /** Two values are masked by the same 32 bits; the standard deviation of the share of pairs is 0.0013. */
    @Test
    void neighborsAreMaskedIndependently() {
        float[] batch = masked(0.3, 1, 2);
        int both = 0;
        for (int i = 0; i + 1 < VALUES; i += 2) {
            both += batch[i] == 0 && batch[i + 1] == 0 ? 1 : 0;
        }
        assertThat(both / (VALUES / 2.0)).isCloseTo(0.09, within(0.007));
    }

    /** Of a million values, one in 65,536 is kept: 15 on average. With one level too many, none would be. */
    @Test
    void theShareIsExactToTheLastLevel() {
        float[] batch = new float[1_000_000];
        Arrays.fill(batch, 1);
        new InputDropout(1 - 1.0 / 65536, new RandomStreams(3).counter("dropout")).apply(batch, 1, 2);
        int kept = 0;
        for (float value : batch) {
            kept += value == 65536 ? 1 : 0;
        }
        assertThat(kept).isBetween(1, 40);
    }

    @Test
    void eachStepHasAMaskOfItsOwnThatOthersDoNotChange() {
        assertThat(masked(0.5, 1, 2)).isEqualTo(masked(0.5, 1, 2));
        assertThat(masked(0.5, 1, 3)).isNotEqualTo(masked(0.5, 1, 2));
        assertThat(masked(0.5, 2, 2)).isNotEqualTo(masked(0.5, 1, 2));
    }

    @Test
    void withoutAShareNothingChanges() {
        assertThat(masked(0, 1, 2)).containsOnly(1f);
    }

    private static float[] masked(double share, int epoch, int step) {
        float[] batch = new float[VALUES];
        Arrays.fill(batch, 1);
        new InputDropout(share, new RandomStreams(3).counter("dropout")).apply(batch, epoch, step);
        return batch;
    }
}
