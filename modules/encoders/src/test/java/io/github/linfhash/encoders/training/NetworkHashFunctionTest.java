package io.github.linfhash.encoders.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.codes.BinaryCodes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.layers.BoundedLinear;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.UnfoldedNetwork;
import io.github.linfhash.encoders.layers.UnfoldedNetwork.Stage;
import io.github.linfhash.encoders.layers.UnitVector;
import io.github.linfhash.encoders.layers.Weights;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        return new UnfoldedNetwork(
                GAIN,
                Weights.glorot("W", 6, 9, random),
                List.of(new Stage(Weights.glorot("S1", 6, 6, random), new UnitVector("b1", 6, 0.1))),
                List.of(new BoundedLinear("rho1", 6, 0.5), new BoundedLinear("rho2", 6, 0.7)));
    }

    private static FeatureMatrix images(int rows) {
        UniformRandomProvider random = new RandomStreams(2).stream("images");
        float[] values = new float[9 * rows];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return FeatureMatrix.owning(rows, 9, values);
    }
}
