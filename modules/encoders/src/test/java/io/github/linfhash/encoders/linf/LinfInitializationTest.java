package io.github.linfhash.encoders.linf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import io.github.linfhash.encoders.admm.AdmmSolver;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Parameter;
import io.github.linfhash.encoders.training.Blobs;
import io.github.linfhash.testing.Filled;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinfInitializationTest {
    private static final int BITS = 6;
    private static final TrainingSet IMAGES = Blobs.of(60, 9, 0.7);

    /** The signals have unit length and the gain is 1, so lambda = 0.1 makes part of the entries reach the box. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void withEachImagesOwnBiasTheUntrainedNetworkGivesTheIteratesOfAdmm(int stages) {
        DeepLinf.Options options = LinfOptions.of(stages, 0.1);
        Matrix dictionary = options.dictionary().learn(IMAGES, BITS, TrainingContext.quiet(1));
        AdmmSolver solver = new AdmmSolver(dictionary, 0.6);
        Network network = new DeepLinf(options).untrained(IMAGES, BITS).fromDictionary(dictionary);
        AdmmSolver.Trace trace = solver.trace(Matrix.copyOf(IMAGES.labeled()), 0.1, stages + 1);
        int atTheBox = 0;

        for (int row = 0; row < IMAGES.labeled().rows(); row++) {
            for (int k = 1; k <= stages; k++) {
                assignBias(network, k, solver.biases(trace.multipliers().get(k)), row);
            }
            float[] x = output(network, row);
            for (int i = 0; i < BITS; i++) {
                double z = trace.codes().get(stages + 1).get(row, i);
                assertThat((double) x[i]).isCloseTo(z, within(1e-6));
                atTheBox += Math.abs(z) == 0.1 ? 1 : 0;
            }
        }
        assertThat(atTheBox).isBetween(20, IMAGES.labeled().rows() * BITS - 20);
    }

    @Test
    void biasesStartAtTheMeanOverTheTrainingImages() {
        DeepLinf.Options options = LinfOptions.of(2, 0.1);
        Matrix dictionary = options.dictionary().learn(IMAGES, BITS, TrainingContext.quiet(1));
        AdmmSolver solver = new AdmmSolver(dictionary, 0.6);
        AdmmSolver.Trace trace = solver.trace(Matrix.copyOf(IMAGES.labeled()), 0.1, 2);

        Network network = new DeepLinf(options).untrained(IMAGES, BITS).fromDictionary(dictionary);

        for (int k = 1; k <= 2; k++) {
            Matrix biases = solver.biases(trace.multipliers().get(k));
            for (int i = 0; i < BITS; i++) {
                double sum = 0;
                for (int row = 0; row < biases.rows(); row++) {
                    sum += biases.get(row, i);
                }
                assertThat((double) parameter(network, "b" + k).toArray()[i])
                        .isCloseTo(sum / biases.rows(), within(1e-6));
            }
        }
    }

    /** No constant trains the function of another one. */
    @Test
    void eachNeuronIsSavedUnderAFunctionOfItsOwn() {
        assertThat(Arrays.stream(DeepLinf.Options.Neuron.values())
                        .map(neuron -> new DeepLinf(LinfOptions.of(1, 0.1)
                                        .with("neuron", neuron)
                                        .with("initialization", DeepLinf.Options.Initialization.RANDOM))
                                .untrained(IMAGES, BITS)
                                .build(TrainingContext.quiet(1))
                                .state()
                                .words()
                                .get("neurons")))
                .doesNotHaveDuplicates()
                .hasSameSizeAs(DeepLinf.Options.Neuron.values());
    }

    private static float[] output(Network network, int row) {
        FeatureMatrix image = IMAGES.labeled().select(new int[] {row});
        Network.Pass pass = network.pass(1);
        pass.input().copyFrom(image.toArray());
        return pass.forward();
    }

    private static void assignBias(Network network, int stage, Matrix biases, int row) {
        parameter(network, "b" + stage).assign(Filled.floats(BITS, i -> (float) biases.get(row, i)));
    }

    private static Parameter parameter(Network network, String name) {
        return network.parameters().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
