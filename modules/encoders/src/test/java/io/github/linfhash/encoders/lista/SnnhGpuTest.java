package io.github.linfhash.encoders.lista;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.linfhash.encoders.algebra.TensorBackend;
import io.github.linfhash.encoders.layers.Network.StageWeights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Passes on a GPU against the same passes in plain Java on the CPU. */
@Tag("gpu")
class SnnhGpuTest {
    @BeforeEach
    void needAUsableGpu() {
        assumeTrue(TensorBackend.onGpu(), "no usable GPU, or a build without the Maven profile cuda");
        TensorBackend.requireUsable();
    }

    @Test
    void aStepOnAGpuFollowsTheDifferencesOfTheLoss() {
        new SnnhGradientTest().aStepFollowsTheDifferencesOfTheLoss(StageWeights.UNTIED, 2, 0);
    }
}
