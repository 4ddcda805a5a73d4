package io.github.linfhash.encoders.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.algebra.RandomMatrices;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeNoiseTest {
    private static final BinaryCodes CODES =
            BinaryCodes.ofSigns(2000, 45, RandomMatrices.gaussian(2000, 45, 1).toFloats());

    @ParameterizedTest
    @EnumSource
    void noDamageLeavesCodesAsTheyAre(CodeNoise noise) {
        assertThat(noise.apply(CODES, 0, random())).isEqualTo(CODES);
    }

    @Test
    void certainFlipsInvertEveryBitAndCertainLossClearsIt() {
        BinaryCodes flipped = CodeNoise.FLIP.apply(CODES, 1, random());
        BinaryCodes lost = CodeNoise.LOSS.apply(CODES, 1, random());

        for (int i = 0; i < CODES.size(); i++) {
            assertThat(CODES.distance(i, flipped, i)).isEqualTo(45);
            assertThat(lost.word(i, 0)).isZero();
        }
    }

    /** 90,000 bits: four standard deviations of a share of 0.2 are 0.0053. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.2})
    void theGivenShareIsFlippedAndHalfOfItsOnesAreLost(double share) {
        BinaryCodes flipped = CodeNoise.FLIP.apply(CODES, share, random());
        BinaryCodes lost = CodeNoise.LOSS.apply(CODES, share, random());

        long flips = 0;
        long losses = 0;
        for (int i = 0; i < CODES.size(); i++) {
            flips += CODES.distance(i, flipped, i);
            losses += CODES.distance(i, lost, i);
            assertThat(lost.word(i, 0) & ~CODES.word(i, 0)).isZero();
        }
        assertThat(flips / 90_000.0).isCloseTo(share, within(0.0054));
        assertThat(losses / 90_000.0).isCloseTo(share / 2, within(0.0054));
    }

    @Test
    void aShareBeyondOneIsRefused() {
        assertThatThrownBy(() -> CodeNoise.FLIP.apply(CODES, 1.5, random()))
                .isInstanceOf(InputException.class)
                .hasMessage("The share of damaged code entries must be from 0 to 1, found 1.5.");
    }

    private static UniformRandomProvider random() {
        return new RandomStreams(2).stream("noise");
    }
}
