package io.github.linfhash.linalg;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.linfhash.core.arithmetic.ArithmeticCheck;
import org.junit.jupiter.api.Test;

class BlasCheckTest {
    @Test
    void thisLibraryComputesOnThisProcessorWhatPlainLoopsDo() {
        ArithmeticCheck check = new ArithmeticCheck();
        assertThatCode(BlasCheck.examine(check, BlasCheck::examineAll)::requireSound)
                .doesNotThrowAnyException();
        assertThat(check.compared())
                .containsExactly(
                        "product of float64 matrices",
                        "product of a transposed float64 matrix",
                        "product of float32 matrices",
                        "eigenvectors",
                        "lengths and angles of eigenvectors",
                        "leading eigenvector",
                        "singular vectors",
                        "lengths and angles of singular vectors");
    }

    @Test
    void aWrongResultAndALibraryThatIsNotThereAreTwoThings() {
        assertBadInput(BlasCheck.examine(new ArithmeticCheck(), check -> check.failed("Cholesky factor"))::requireSound)
                .hasMessageContainingAll("found no Cholesky factor", "OPENBLAS_CORETYPE");
        assertBadInput(BlasCheck.examine(new ArithmeticCheck(), check -> {
                    throw new UnsatisfiedLinkError("no jniopenblas in\n/cache");
                })::requireSound)
                .hasMessageContainingAll(
                        "native libraries of BLAS: expected to unpack them into the cache folder",
                        "UnsatisfiedLinkError: no jniopenblas in /cache")
                .hasMessageNotContaining("OPENBLAS_CORETYPE");
    }
}
