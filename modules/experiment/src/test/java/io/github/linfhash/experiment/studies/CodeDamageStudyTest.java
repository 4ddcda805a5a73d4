package io.github.linfhash.experiment.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.quantization.CodeNoise;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodeDamageStudyTest {
    private static final int BITS = 16;
    private static final int PER_CLASS = 50;

    /** Class 0 has the code 1...1, class 1 the code 0...0; one query of each. */
    private static CodeDamageStudy separated() {
        int[] labels = new int[2 * PER_CLASS];
        float[] outputs = new float[labels.length * BITS];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 2;
            Arrays.fill(outputs, i * BITS, (i + 1) * BITS, labels[i] == 0 ? 1 : -1);
        }
        BinaryCodes database = BinaryCodes.ofSigns(labels.length, BITS, outputs);
        Relevance relevance = Relevance.bySimilarLabels(ClassLabels.of(new int[] {0, 1}), ClassLabels.of(labels));
        return new CodeDamageStudy(database.select(new int[] {0, 1}), database, relevance);
    }

    @Test
    void undamagedCodesAreThoseThatWereGiven() {
        List<CodeDamageStudy.Outcome> outcomes = separated().measure(new RandomStreams(1));
        assertThat(outcomes).hasSize(12);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.percent() == 0)
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome.map()).isEqualTo(1));
    }

    /**
     * By hand: at a share of p each code of class 0 keeps 16 - k ones with k binomial, so no code of 16 ones comes within
     * 2 of 0...0 by loss (that takes 14 of 16), and codes of zeros cannot change: both balls stay pure and not empty.
     */
    @Test
    void lossLeavesZerosAsTheyAre() {
        assertThat(separated().measure(new RandomStreams(1)))
                .filteredOn(outcome -> outcome.noise() == CodeNoise.LOSS)
                .allSatisfy(outcome -> {
                    assertThat(outcome.precision()).isCloseTo(1, within(1e-12));
                    assertThat(outcome.map()).isCloseTo(1, within(1e-12));
                });
    }

    /** One bit: with a share p flipped, a ball of radius 2 holds all codes, half of them relevant. */
    @Test
    void codesOfOneBitRankByThatBitAlone() {
        BinaryCodes database = BinaryCodes.ofSigns(4, 1, new float[] {1, 1, -1, -1});
        Relevance relevance =
                Relevance.bySimilarLabels(ClassLabels.of(new int[] {0}), ClassLabels.of(new int[] {0, 1, 0, 1}));
        List<CodeDamageStudy.Outcome> outcomes =
                new CodeDamageStudy(database.select(new int[] {0}), database, relevance).measure(new RandomStreams(0));
        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome.precision()).isEqualTo(0.5));
    }

    @Test
    void theSameSeedDamagesTheSameEntries() {
        assertThat(separated().measure(new RandomStreams(3)))
                .isEqualTo(separated().measure(new RandomStreams(3)));
    }
}
