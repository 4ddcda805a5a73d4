package io.github.linfhash.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "FRACTION, 0, true",
        "FRACTION, 1, true",
        "FRACTION, -0.001, false",
        "FRACTION, 1.001, false",
        "FRACTION, NaN, false",
        "COUNT, 0, true",
        "COUNT, 7, true",
        "COUNT, 7.5, false",
        "COUNT, -1, false",
        "COUNT, Infinity, false",
        "NUMBER, -3.5, true",
        "NUMBER, NaN, false",
        "NUMBER, -Infinity, false",
        "SECONDS, 0, true",
        "SECONDS, 0.5, true",
        "SECONDS, -0.5, false",
        "SECONDS, Infinity, false"
    })
    void aKindAllowsItsValues(Quantity.Kind kind, double value, boolean allowed) {
        assertThat(kind.allows(value)).isEqualTo(allowed);
        assertThat(kind.expected()).startsWith("a");
    }

    @ParameterizedTest
    @CsvSource({"HIGHER, 2", "LOWER, -2", "NONE, 2"})
    void aGainIsADifferenceToTheBetter(Quantity.Direction direction, double gain) {
        assertThat(direction.gain(2)).isEqualTo(gain);
    }
}
