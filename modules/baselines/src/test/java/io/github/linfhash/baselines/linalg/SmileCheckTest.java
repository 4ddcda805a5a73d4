package io.github.linfhash.baselines.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.arithmetic.ArithmeticCheck;
import org.junit.jupiter.api.Test;

class SmileCheckTest {
    @Test
    void thisLibraryComputesOnThisProcessorWhatPlainLoopsDo() {
        ArithmeticCheck check = new ArithmeticCheck();
        SmileCheck.examineAll(check);
        assertThat(check.faults()).isEmpty();
        assertThat(check.compared())
                .containsExactly(
                        "product of a float64 matrix with a vector",
                        "product of a float32 matrix with a vector",
                        "product of a transposed float32 matrix with a vector",
                        "Cholesky factor");
    }
}
