package io.github.linfhash.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BackendTest {
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
        assertThat(TensorBackend.describe()).contains("ND4J ", "OpenBLAS 0.3.");
    }
}
