package io.github.linfhash.baselines.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.arithmetic.ArithmeticCheck;
import org.junit.jupiter.api.Test;

class BlasCheckTest {
    @Test
    void thisLibraryComputesOnThisProcessorWhatPlainLoopsDo() {
        ArithmeticCheck check = new ArithmeticCheck();
        BlasCheck.examine(check);

        assertThat(check.faults()).isEmpty();
        assertThat(check.compared())
                .containsExactly(
                        "product of float64 matrices",
                        "product of a transposed float64 matrix",
                        "product of float32 matrices",
                        "product of a float64 matrix with a vector",
                        "product of a float32 matrix with a vector",
                        "product of a transposed float32 matrix with a vector",
                        "Cholesky factor",
                        "eigenvectors",
                        "lengths and angles of eigenvectors",
                        "leading eigenvector",
                        "singular vectors",
                        "lengths and angles of singular vectors");
    }
}
