package io.github.linfhash.linalg;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import org.junit.jupiter.api.Test;

class CodeLengthTest {
    @Test
    void aCodeAsLongAsTheFeaturesIsTheLongest() {
        assertThatNoException().isThrownBy(() -> CodeLength.requireAtMost(12, 12, "itq"));
        assertThatThrownBy(() -> CodeLength.requireAtMost(13, 12, "itq"))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "itq: a code of 13 bits needs features of dimension 13 or more, but these have 12; ask for 12 bits or fewer");
    }

    @Test
    void aCodeHasAtLeastOneBit() {
        assertThatNoException().isThrownBy(() -> CodeLength.requirePositive(1));
        assertThatThrownBy(() -> CodeLength.requirePositive(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CodeLength.requireAtMost(-1, 3, "itq")).isInstanceOf(IllegalArgumentException.class);
    }
}
