package io.github.linfhash.encoders.generic;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.linfhash.encoders.algebra.TensorBackend;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Passes on a GPU against the same passes in plain Java on the CPU. */
@Tag("gpu")
class NnhGpuTest {
    @BeforeEach
    void needAUsableGpu() {
        assumeTrue(TensorBackend.onGpu(), "no usable GPU, or a build without the Maven profile cuda");
        TensorBackend.requireUsable();
    }

    @Test
    void aStepOnAGpuFollowsTheDifferencesOfTheLoss() {
        new NnhGradientTest().aStepFollowsTheDifferencesOfTheLoss();
    }
}
