package io.github.linfhash.encoders.quantisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.errors.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UniformQuantiserTest {
    /** Four cells of [-2, 2]: midpoints -1.5, -0.5, 0.5 and 1.5. */
    @Test
    void valuesMoveToTheMidpointOfTheirCell() {
        UniformQuantiser quantiser = new UniformQuantiser(2, 4);

        assertThat(quantiser.quantise(-2)).isEqualTo(-1.5);
        assertThat(quantiser.quantise(-1.01)).isEqualTo(-1.5);
        assertThat(quantiser.quantise(-0.99)).isEqualTo(-0.5);
        assertThat(quantiser.quantise(0)).isEqualTo(0.5);
        assertThat(quantiser.quantise(0.3)).isEqualTo(0.5);
        assertThat(quantiser.quantise(2)).isEqualTo(1.5);
    }

    @Test
    void valuesOutsideGoToTheFirstOrLastCell() {
        UniformQuantiser quantiser = new UniformQuantiser(1, 2);

        assertThat(quantiser.quantise(-7)).isEqualTo(-0.5);
        assertThat(quantiser.quantise(7)).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 16, 64})
    void noValueInTheRangeMovesByMoreThanTheRangeOverTheLevels(int levels) {
        double range = 0.7;
        UniformQuantiser quantiser = new UniformQuantiser(range, levels);
        double largest = 0;
        for (int i = 0; i <= 1000; i++) {
            double value = range * (i - 500) / 500.0;
            largest = Math.max(largest, Math.abs(value - quantiser.quantise(value)));
        }

        assertThat(largest).isCloseTo(range / levels, within(1e-9)).isLessThanOrEqualTo(range / levels + 1e-15);
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> new UniformQuantiser(1, 1))
                .isInstanceOf(InputException.class)
                .hasMessage("A quantiser needs a positive range and at least 2 levels, found 1.0 and 1.");
        assertThatThrownBy(() -> new UniformQuantiser(Double.NaN, 2)).isInstanceOf(InputException.class);
    }
}
