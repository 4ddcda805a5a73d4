package io.github.linfhash.baselines.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.core.arithmetic.ArithmeticCheck;
import io.github.linfhash.core.errors.InputException;
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

    @Test
    void aWrongResultAndALibraryThatIsNotThereAreTwoThings() {
        assertThatThrownBy(
                        BlasCheck.examine(new ArithmeticCheck(), check -> check.failed("Cholesky factor"))
                                ::requireSound)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("found no Cholesky factor")
                .hasMessageContaining("OPENBLAS_CORETYPE");
        assertThatThrownBy(BlasCheck.examine(new ArithmeticCheck(), check -> {
                    throw new UnsatisfiedLinkError("no jniopenblas in\n/cache");
                })::requireSound)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("native libraries of BLAS: expected to unpack them into the cache folder")
                .hasMessageContaining("UnsatisfiedLinkError: no jniopenblas in /cache")
                .hasMessageNotContaining("OPENBLAS_CORETYPE");
    }
}
