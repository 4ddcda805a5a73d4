package io.github.linfhash.encoders.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.EncoderNetwork;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.ActivationLayer.BoundedLinear;
import io.github.linfhash.encoders.layers.ActivationLayer.BoundedThreshold;
import io.github.linfhash.encoders.layers.ActivationLayer.FreelyScaled;
import io.github.linfhash.encoders.layers.ActivationLayer.HardThreshold;
import io.github.linfhash.encoders.layers.ActivationLayer.ScaledTanh;
import io.github.linfhash.encoders.layers.ActivationLayer.SoftThreshold;
import io.github.linfhash.encoders.layers.ActivationLayer.SquashedActivation;
import io.github.linfhash.encoders.layers.ActivationLayer.Tanh;
import io.github.linfhash.encoders.layers.Network.Layer;
import io.github.linfhash.encoders.layers.Parameter.UnitParameter;
import io.github.linfhash.encoders.layers.Parameter.Weights;
import io.github.linfhash.testing.Filled;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A network encodes single vectors as it encodes blocks, but for what another order of summation does. */
class FrozenNetworkTest {
    private static final int INPUTS = 50;
    private static final int UNITS = 24;
    private static final int VECTORS = 400;
    private static final double NEAR = 1e-5;
    private static final UniformRandomProvider RANDOM = new RandomStreams(5).stream("networks");

    /** Every function of a layer, by the number of the layer. */
    static Stream<IntFunction<ActivationLayer>> neurons() {
        return Stream.of(
                k -> new BoundedLinear("rho" + k, UNITS, 0.7),
                k -> new ScaledTanh("rho" + k, UNITS, 0.7),
                k -> new SoftThreshold("rho" + k, UNITS, 0.1),
                k -> new HardThreshold("rho" + k, UNITS, 0.2, 0.5),
                k -> new BoundedThreshold(k, UNITS, 0.1, 0.6),
                k -> k < 3
                        ? new SoftThreshold("rho" + k, UNITS, 0.1)
                        : new SquashedActivation(2, new SoftThreshold("rho" + k, UNITS, 0.1)),
                k -> scaled(k, new FreelyScaled("mu" + k, UNITS, new BoundedLinear("rho" + k, UNITS, 0.7))),
                k -> new Tanh());
    }

    private static ActivationLayer scaled(int layer, ActivationLayer neurons) {
        neurons.parameters().forEach(vector -> vector.assign(draw(UNITS, 0.3 * layer)));
        return neurons;
    }

    @ParameterizedTest
    @MethodSource("neurons")
    void anUnfoldedNetworkIsTheSameForSingleVectors(IntFunction<ActivationLayer> neurons) {
        Weights lateral = Weights.glorot("S1", UNITS, UNITS, RANDOM);
        UnitParameter bias = new UnitParameter("b1", UNITS, 0);
        bias.assign(draw(UNITS, 0.1));
        UnitParameter first = new UnitParameter("b0", UNITS, 0);
        first.assign(draw(UNITS, 0.1));
        requireSame(Network.unfolded(
                1.5,
                List.of(
                        new Layer(Weights.glorot("W", UNITS, INPUTS, RANDOM), first, neurons.apply(1)),
                        new Layer(lateral, bias, neurons.apply(2)),
                        new Layer(lateral, bias, neurons.apply(3)))));
        requireSame(Network.unfolded(
                0.8,
                List.of(
                        new Layer(Weights.glorot("W", UNITS, INPUTS, RANDOM), null, neurons.apply(1)),
                        new Layer(lateral, null, neurons.apply(2)))));
    }

    @Test
    void aChainIsTheSameForSingleVectors() {
        Weights first = Weights.glorot("W1", 30, INPUTS, RANDOM);
        Weights second = Weights.glorot("W2", UNITS, 30, RANDOM);
        requireSame(Network.chain(
                2,
                List.of(
                        new Layer(first, new UnitParameter("b1", 30, 0.05), new Tanh()),
                        new Layer(second, new UnitParameter("b2", UNITS, -0.05), new Tanh()))));
        requireSame(Network.chain(2, List.of(new Layer(first, null, new Tanh()), new Layer(second, null, new Tanh()))));
    }

    private static float[] draw(int size, double spread) {
        return Filled.floats(size, i -> (float) (spread * (2 * RANDOM.nextDouble() - 1)));
    }

    private static void requireSame(Network network) {
        float[] vectors = draw(VECTORS * INPUTS, 1);
        Network.Pass pass = network.pass(VECTORS);
        pass.input().copyRows(FeatureMatrix.owning(VECTORS, INPUTS, vectors), 0, VECTORS);
        float[] together = pass.forward();
        EncoderNetwork frozen = network.frozen();
        assertThat(frozen.inputs()).isEqualTo(INPUTS);
        assertThat(frozen.outputs()).isEqualTo(UNITS);
        int differ = 0;
        for (int i = 0; i < VECTORS; i++) {
            float[] alone = frozen.apply(Arrays.copyOfRange(vectors, i * INPUTS, (i + 1) * INPUTS));
            for (int k = 0; k < UNITS; k++) {
                float other = together[i * UNITS + k];
                assertThat((double) alone[k]).isCloseTo(other, within(NEAR));
                differ += alone[k] > 0 != other > 0 ? 1 : 0;
            }
        }
        assertThat(differ).isLessThanOrEqualTo(VECTORS * UNITS / 1000);
    }

    @Test
    void aVectorOfAnotherDimensionIsRefused() {
        EncoderNetwork frozen = Network.chain(
                        1, List.of(new Layer(Weights.glorot("W1", UNITS, INPUTS, RANDOM), null, new Tanh())))
                .frozen();
        assertThatThrownBy(() -> frozen.apply(new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected vectors of dimension 50, found 3 values");
    }

    @Test
    void layersThatAStateCouldNotDescribeAreRefused() {
        Layer bare = new Layer(Weights.glorot("W1", UNITS, UNITS, RANDOM), null, new Tanh());
        Layer biased = new Layer(bare.weights(), new UnitParameter("b1", UNITS, 0), new Tanh());

        assertThatThrownBy(() -> Network.chain(1, List.of(bare, biased))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Network.chain(1, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Network.unfolded(1, List.of(biased)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two layers");
        assertThat(Network.unfolded(1, List.of(biased, bare)).parameters()).hasSize(2);
    }
}
