package io.github.linfhash.encoders.training;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.encoders.layers.ActivationLayer;
import io.github.linfhash.encoders.layers.ActivationLayer.BoundedLinear;
import io.github.linfhash.encoders.layers.ActivationLayer.SoftThreshold;
import io.github.linfhash.encoders.layers.Network;
import io.github.linfhash.encoders.layers.Network.Layer;
import io.github.linfhash.encoders.layers.Parameter.Weights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {
    /** Three images of two values, which the unit weights hand to the neurons as they are. */
    private static final FeatureMatrix IMAGES = FeatureMatrix.copyOf(new float[][] {{2, 0.5f}, {-3, 0}, {4, -2}});

    @Test
    void saturationDeadUnitsZerosAndQuantizationErrorOfBoundedUnits() {
        Map<String, Double> measured = new Diagnostics(network(new BoundedLinear("rho", 2, 1)), IMAGES).measure();

        assertThat(measured).containsOnlyKeys("saturation.1", "dead.1", "zeros", "quantization");
        assertThat(measured.get("saturation.1")).isCloseTo(4 / 6.0, within(1e-12));
        assertThat(measured.get("dead.1")).isEqualTo(0.5);
        assertThat(measured.get("zeros")).isCloseTo(1 / 6.0, within(1e-12));
        double first = 1 - 1.5 * 1.5 / (2 * 1.25);
        assertThat(measured.get("quantization")).isCloseTo((first + 0.5 + 0) / 3, within(1e-7));
    }

    @Test
    void shrunkenUnitsCountAsSaturatedWhereTheyAreZero() {
        Map<String, Double> measured = new Diagnostics(network(new SoftThreshold("rho", 2, 2.5)), IMAGES).measure();

        assertThat(measured.get("saturation.1")).isCloseTo(4 / 6.0, within(1e-12));
        assertThat(measured.get("dead.1")).isEqualTo(0.5);
        assertThat(measured.get("zeros")).isCloseTo(4 / 6.0, within(1e-12));
    }

    @Test
    void theGainPutsTheQuantileOfTheFirstInputsAtOne() {
        Weights identity = identity();

        assertThat(new InputGain(InputGain.Rule.QUANTILE, 0.75).resolve(identity, IMAGES))
                .isCloseTo(1 / 3.0, within(1e-7));
        assertThat(new InputGain(InputGain.Rule.FIXED, 7).resolve(identity, IMAGES))
                .isEqualTo(7);
    }

    @Test
    void gainsThatCannotBeAreRefused() {
        assertBadInput(() -> new InputGain(InputGain.Rule.QUANTILE, 1));
        assertBadInput(() -> new InputGain(InputGain.Rule.FIXED, 0));
        assertBadInput(() -> new InputGain(InputGain.Rule.DISTANCE, 1).resolve(identity(), IMAGES))
                .hasMessageContaining("SNNH");
        FeatureMatrix silent = FeatureMatrix.owning(2, 2, new float[4]);
        assertBadInput(() -> InputGain.quantile(identity(), silent, 0.5)).hasMessageContaining("no signal");
    }

    private static Weights identity() {
        Weights weights = new Weights("W1", 2, 2);
        weights.assign(new float[] {1, 0, 0, 1});
        return weights;
    }

    private static Network network(ActivationLayer neurons) {
        return Network.chain(1, List.of(new Layer(identity(), null, neurons)));
    }
}
