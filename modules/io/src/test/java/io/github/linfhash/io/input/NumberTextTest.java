package io.github.linfhash.io.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "-12, -12", "+3., 3", ".5, 0.5", "-.5, -0.5", "1.25e3, 1250", "1E-2, 0.01", "5.e+1, 50"})
    void whatPeopleWriteIsANumber(String text, float value) {
        assertThat(NumberText.isNumber(text)).isTrue();
        assertThat(NumberText.finiteOrNaN(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "-",
                "e5",
                "1e",
                "1e+",
                "1.2.3",
                "0x1p3",
                "NaN",
                "Infinity",
                "1f",
                " 1",
                "1 ",
                "--1",
                "\u0661"
            })
    void nothingElseIs(String text) {
        assertThat(NumberText.isNumber(text)).isFalse();
        assertThat(NumberText.finiteOrNaN(text)).isNaN();
    }

    @Test
    void aNumberThatIsTooLargeHasNoValue() {
        assertThat(NumberText.isNumber("1e39")).isTrue();
        assertThat(NumberText.finiteOrNaN("1e39")).isNaN();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", ".x", "e", "e1x"})
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLongRowOfDigitsIsReadOnce(String end) {
        assertThat(NumberText.isNumber("0".repeat(1_000_000) + end)).isFalse();
    }
}
