package io.github.linfhash.shell;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class NumberListTest {
    @Test
    void readsNumbersAndRangesAscendingAndEachOnce() {
        assertThat(new NumberList().convert("7,0-2,1").within("--seeds", 0, 100))
                .containsExactly(0L, 1L, 2L, 7L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1,", "-1", "3-1", "1--2", "0-5000", "1.5", "99999999999"})
    void refusesWhatIsNoListOfWholeNumbers(String text) {
        assertThatThrownBy(() -> new NumberList().convert(text)).isInstanceOf(TypeConversionException.class);
    }

    @Test
    void namesTheNumberThatIsOutOfBounds() {
        NumberList list = new NumberList().convert("48,0");
        assertBadInput(() -> list.within("--bits", 1, 4096))
                .hasMessage("--bits: expected numbers from 1 to 4096, found 0");
    }

    /** Codes of quantizers, such as float32, are longer than those of hashing methods. */
    @Test
    void longerCodesAreThoseThatThereAre() {
        NumberList list = new NumberList().convert("48,12288");
        assertThat(list.codeLengths(List.of(192, 12288))).containsExactly(48, 12288);
        assertThatThrownBy(() -> list.codeLengths(List.of(192)))
                .hasMessage("--bits: expected numbers from 1 to 4096, found 12288");
    }
}
