package io.github.linfhash.encoders.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.algebra.Matrix;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class RandomFramesTest {
    private final UniformRandomProvider random = new RandomStreams(1).stream("frames");

    @Test
    void aTightFrameHasOrthonormalRows() {
        Matrix frame = RandomFrames.tight(20, 50, random);

        Matrix product = frame.times(frame.transpose());

        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 20; j++) {
                assertThat(product.get(i, j)).isCloseTo(i == j ? 1 : 0, within(1e-13));
            }
        }
    }

    @Test
    void signalsHaveNormOne() {
        Matrix signals = RandomFrames.unitSignals(30, 7, random);

        Matrix products = signals.times(signals.transpose());

        for (int i = 0; i < 30; i++) {
            assertThat(products.get(i, i)).isCloseTo(1, within(1e-13));
        }
    }

    @Test
    void fewerVectorsThanDimensionsAreNoFrame() {
        assertThatThrownBy(() -> RandomFrames.tight(5, 4, random))
                .isInstanceOf(InputException.class)
                .hasMessage("A frame needs at least as many vectors as dimensions, found 4 vectors in 5 dimensions.");
    }
}
