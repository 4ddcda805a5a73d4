package io.github.linfhash.harness.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.errors.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearAlgebraTest {
    @Test
    void itIsSoundHere() {
        assertThat(LinearAlgebra.faults()).isEmpty();
    }

    @Test
    void whatIsWrongIsToldInOneSentence() {
        assertThatThrownBy(() -> LinearAlgebra.requireNone(List.of("Cholesky factor off by 14", "product off by 2.0")))
                .isInstanceOf(InputException.class)
                .hasMessage("linear algebra on this processor: expected BLAS to give what plain loops give, found"
                        + " Cholesky factor off by 14, product off by 2.0; set OPENBLAS_CORETYPE=Haswell, or another"
                        + " kernel, before the start");
    }
}
