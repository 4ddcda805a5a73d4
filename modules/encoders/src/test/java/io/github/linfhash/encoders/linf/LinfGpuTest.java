package io.github.linfhash.encoders.linf;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.linfhash.encoders.algebra.TensorBackend;
import io.github.linfhash.encoders.layers.Network.StageWeights;
import io.github.linfhash.encoders.linf.DeepLinf.Options.Neuron;
import io.github.linfhash.encoders.linf.DeepLinf.Options.Scales;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Passes on a GPU against the same passes in plain Java on the CPU. */
@Tag("gpu")
class LinfGpuTest {
    @BeforeEach
    void needAUsableGpu() {
        assumeTrue(TensorBackend.onGpu(), "no usable GPU, or a build without the Maven profile cuda");
        TensorBackend.requireUsable();
    }

    @Test
    void aStepOnAGpuFollowsTheDifferencesOfTheLoss() {
        new DeepLinfGradientTest()
                .aStepFollowsTheDifferencesOfTheLoss(Neuron.BLU, Scales.PER_STAGE, StageWeights.UNTIED, 2);
    }
}
