package io.github.linfhash.encoders.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.errors.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UniformQuantizerTest {
    /** Four cells of [-2, 2]: midpoints -1.5, -0.5, 0.5 and 1.5. */
    @Test
    void valuesMoveToTheMidpointOfTheirCell() {
        UniformQuantizer quantizer = new UniformQuantizer(2, 4);

        assertThat(quantizer.quantize(-2)).isEqualTo(-1.5);
        assertThat(quantizer.quantize(-1.01)).isEqualTo(-1.5);
        assertThat(quantizer.quantize(-0.99)).isEqualTo(-0.5);
        assertThat(quantizer.quantize(0)).isEqualTo(0.5);
        assertThat(quantizer.quantize(0.3)).isEqualTo(0.5);
        assertThat(quantizer.quantize(2)).isEqualTo(1.5);
    }

    @Test
    void valuesOutsideGoToTheFirstOrLastCell() {
        UniformQuantizer quantizer = new UniformQuantizer(1, 2);

        assertThat(quantizer.quantize(-7)).isEqualTo(-0.5);
        assertThat(quantizer.quantize(7)).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 16, 64})
    void noValueInTheRangeMovesByMoreThanTheRangeOverTheLevels(int levels) {
        double range = 0.7;
        UniformQuantizer quantizer = new UniformQuantizer(range, levels);
        double largest = 0;
        for (int i = 0; i <= 1000; i++) {
            double value = range * (i - 500) / 500.0;
            largest = Math.max(largest, Math.abs(value - quantizer.quantize(value)));
        }

        assertThat(largest).isCloseTo(range / levels, within(1e-9)).isLessThanOrEqualTo(range / levels + 1e-15);
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> new UniformQuantizer(1, 1))
                .isInstanceOf(InputException.class)
                .hasMessage("A quantizer needs a positive range and at least 2 levels, found 1.0 and 1.");
        assertThatThrownBy(() -> new UniformQuantizer(Double.NaN, 2)).isInstanceOf(InputException.class);
    }
}
