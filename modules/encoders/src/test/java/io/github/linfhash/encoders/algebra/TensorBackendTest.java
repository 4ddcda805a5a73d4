package io.github.linfhash.encoders.algebra;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.linfhash.core.arithmetic.ArithmeticCheck;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TensorBackendTest {
    @Test
    void theBackendLoadsMultipliesAndKeepsStandardOutputClean() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        double[] product;
        try (INDArray a = Nd4j.create(new double[][] {{1, 2}, {3, 4}});
                INDArray b = Nd4j.create(new double[][] {{5}, {6}})) {
            product = a.mmul(b).dup('c').data().asDouble();
        } finally {
            System.setOut(before);
        }

        assertThat(product).containsExactly(17, 39);
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aKernelThatTheUserChoseIsPartOfItsName() {
        assertThat(TensorBackend.chosenKernel("Haswell")).isEqualTo(" with OPENBLAS_CORETYPE=Haswell");
        assertThat(TensorBackend.chosenKernel(null)).isEmpty();
        assertThat(TensorBackend.chosenKernel(" ")).isEmpty();
        assertThat(TensorBackend.describe()).contains("ND4J ", "OpenBLAS 0.3.", " for training");
    }

    @Test
    void thisLibraryComputesOnThisProcessorWhatPlainLoopsDo() {
        ArithmeticCheck check = new ArithmeticCheck();
        TensorBackend.ProductCheck.examine(check);

        assertThat(check.faults()).isEmpty();
        assertThat(check.compared())
                .containsExactly("product of tensors", "product of a transposed tensor", "outer product of tensors");
    }

    @Test
    void gatheredColumnsAreTheChosenImages() {
        FloatMatrix matrix = FloatMatrix.zeros(2, 3);

        matrix.gather(new float[] {10, 11, 20, 21, 30, 31}, new int[] {2, 0, 2});

        float[] values = new float[6];
        matrix.copyTo(values);
        assertThat(values).containsExactly(30, 31, 10, 11, 30, 31);
    }

    @ParameterizedTest
    @CsvSource({"9, 0", "10, 0", "3, 5"})
    void gpusThatTheBackendHasNoCodeForAreRefusedInOneSentence(int major, int minor) {
        assertBadInput(() -> TensorBackend.requireComputeCapability(major, minor))
                .hasMessageContainingAll("3.7 to 8.9", "has " + major + "." + minor);
    }

    @ParameterizedTest
    @CsvSource({"3, 7", "7, 5", "8, 6", "8, 9"})
    void gpusThatTheBackendHasCodeForAreAccepted(int major, int minor) {
        assertThatCode(() -> TensorBackend.requireComputeCapability(major, minor))
                .doesNotThrowAnyException();
    }
}
