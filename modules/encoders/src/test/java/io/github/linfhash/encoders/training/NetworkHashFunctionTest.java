package io.github.linfhash.encoders.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.ActivationLayer.BoundedLinear;
import io.github.linfhash.encoders.layers.ActivationLayer.SoftThreshold;
import io.github.linfhash.encoders.layers.ActivationLayer.SquashedActivation;
import io.github.linfhash.encoders.layers.ActivationLayer.Tanh;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Network.Layer;
import io.github.linfhash.encoders.layers.Parameter.UnitParameter;
import io.github.linfhash.encoders.layers.Parameter.Weights;
import io.github.linfhash.encoders.training.NetworkHashFunction.CodeRule;
import io.github.linfhash.testing.Filled;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkHashFunctionTest {
    private static final double GAIN = 3;

    private final Network network = network();
    private final NetworkHashFunction function = new NetworkHashFunction(network, Map.of());

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 1023, 1024, 1025, 5000})
    void blocksOfImagesGiveWhatOneImageAtATimeGives(int rows) {
        FeatureMatrix images = images(rows);
        NetworkTwin twin = new NetworkTwin(GAIN, 1, NetworkTwin.BLU);
        Map<String, double[]> parameters = NetworkTwin.parameters(network);

        BinaryCodes codes = function.encode(images);
        float[] outputs = function.outputs(images);

        assertThat(codes.size()).isEqualTo(rows);
        for (int row = 0; row < rows; row++) {
            double[] expected = twin.forward(parameters, GradientCheck.image(images, row));
            for (int b = 0; b < 6; b++) {
                assertThat((double) outputs[row * 6 + b]).isCloseTo(expected[b], within(1e-5));
                assertThat(codes.bit(row, b)).isEqualTo(outputs[row * 6 + b] > 0);
            }
        }
    }

    /** To the last bit; BLAS takes other kernels for small products than for large. */
    @ParameterizedTest
    @CsvSource({"500, 64, 1", "500, 64, 10", "500, 48, 25", "384, 48, 3", "384, 64, 100"})
    void outputsOfAnImageDoNotDependOnTheImagesBesideIt(int dimension, int bits, int few) {
        UniformRandomProvider random = new RandomStreams(3).stream("init");
        NetworkHashFunction wide = new NetworkHashFunction(
                Network.unfolded(
                        GAIN,
                        List.of(
                                new Layer(
                                        Weights.glorot("W", bits, dimension, random),
                                        null,
                                        new BoundedLinear("rho1", bits, 0.5)),
                                new Layer(
                                        Weights.glorot("S1", bits, bits, random),
                                        new UnitParameter("b1", bits, 0.1),
                                        new BoundedLinear("rho2", bits, 0.7)))),
                Map.of());
        FeatureMatrix images = images(1100, dimension);
        float[] all = wide.outputs(images);
        for (int from = 0; from + few <= 1100; from += Math.max(70, 7 * few)) {
            int first = from;
            int[] chosen = IntStream.range(0, few).map(i -> first + few - 1 - i).toArray();
            float[] alone = wide.outputs(images.select(chosen));
            for (int i = 0; i < few; i++) {
                int at = chosen[i] * bits;
                assertThat(Arrays.equals(all, at, at + bits, alone, i * bits, (i + 1) * bits))
                        .as("image %s among %s, and among all", chosen[i], few)
                        .isTrue();
            }
        }
    }

    @Test
    void otherCodesComeFromTheSameOutputs() {
        Weights weights = Weights.glorot("W1", 6, 9, new RandomStreams(1).stream("init"));
        Network sparse = Network.chain(1, List.of(new Layer(weights, null, new SoftThreshold("rho1", 6, 0.2))));
        FeatureMatrix images = images(200);
        float[] x = new NetworkHashFunction(sparse, Map.of()).outputs(images);
        NetworkHashFunction support = new NetworkHashFunction(sparse, CodeRule.SUPPORT, Map.of());
        NetworkHashFunction ternary = new NetworkHashFunction(sparse, CodeRule.TERNARY, Map.of());
        BinaryCodes supports = support.encode(images);
        BinaryCodes ternaries = ternary.encode(images);

        assertThat(support.bits()).isEqualTo(6);
        assertThat(ternary.bits()).isEqualTo(12);
        int zeros = 0;
        for (int row = 0; row < 200; row++) {
            for (int u = 0; u < 6; u++) {
                float value = x[row * 6 + u];
                zeros += value == 0 ? 1 : 0;
                assertThat(supports.bit(row, u)).isEqualTo(value != 0);
                assertThat(ternaries.bit(row, u)).isEqualTo(value > 0);
                assertThat(ternaries.bit(row, 6 + u)).isEqualTo(value < 0);
            }
        }
        assertThat(zeros).isBetween(100, 1100);
        for (NetworkHashFunction function : List.of(support, ternary)) {
            assertThat(function.encodeWithOutputs(images).codes()).isEqualTo(function.encode(images));
            assertThat(function.encodeWithOutputs(images).outputs().toArray()).isEqualTo(x);
        }
    }

    @ParameterizedTest
    @EnumSource(CodeRule.class)
    void aRestoredFunctionGivesTheSameCodes(CodeRule rule) {
        UniformRandomProvider random = new RandomStreams(1).stream("init");
        Network full = Network.unfolded(
                GAIN,
                List.of(
                        new Layer(
                                Weights.glorot("W", 6, 9, random),
                                new UnitParameter("b0", 6, 0.05),
                                new SoftThreshold("rho1", 6, 0.2)),
                        new Layer(
                                Weights.glorot("S1", 6, 6, random),
                                new UnitParameter("b1", 6, 0.1),
                                new SquashedActivation(2, new SoftThreshold("rho2", 6, 0.3)))));
        Network chain = Network.chain(
                GAIN,
                List.of(
                        new Layer(Weights.glorot("W1", 6, 9, random), new UnitParameter("b1", 6, 0.3), new Tanh()),
                        new Layer(Weights.glorot("W2", 6, 6, random), new UnitParameter("b2", 6, -0.1), new Tanh())));
        FeatureMatrix images = images(50);
        for (Network before : List.of(full, chain)) {
            NetworkHashFunction saved = new NetworkHashFunction(before, rule, Map.of());
            NetworkHashFunction restored = NetworkHashFunction.restore(saved.state());

            assertThat(restored.bits()).isEqualTo(saved.bits());
            assertThat(restored.outputs(images)).isEqualTo(saved.outputs(images));
            assertThat(restored.encode(images).toBytes())
                    .isEqualTo(saved.encode(images).toBytes());
        }
    }

    @Test
    void featuresOfAnotherDimensionAreRefused() {
        FeatureMatrix narrow = FeatureMatrix.owning(1, 3, new float[3]);

        assertThatThrownBy(() -> function.encode(narrow))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dimension 3");
    }

    @Test
    void itKnowsItsSizes() {
        assertThat(function.bits()).isEqualTo(6);
        assertThat(function.dimension()).isEqualTo(9);
        assertThat(function.parameters()).isEqualTo(6 * 9 + 6 * 6 + 6 + 2 * 6);
    }

    private static Network network() {
        UniformRandomProvider random = new RandomStreams(1).stream("init");
        return Network.unfolded(
                GAIN,
                List.of(
                        new Layer(Weights.glorot("W", 6, 9, random), null, new BoundedLinear("rho1", 6, 0.5)),
                        new Layer(
                                Weights.glorot("S1", 6, 6, random),
                                new UnitParameter("b1", 6, 0.1),
                                new BoundedLinear("rho2", 6, 0.7))));
    }

    private static FeatureMatrix images(int rows) {
        return images(rows, 9);
    }

    private static FeatureMatrix images(int rows, int dimension) {
        UniformRandomProvider random = new RandomStreams(2).stream("images");
        return FeatureMatrix.owning(rows, dimension, Filled.floats(dimension * rows, i -> random.nextFloat() - 0.5f));
    }
}
