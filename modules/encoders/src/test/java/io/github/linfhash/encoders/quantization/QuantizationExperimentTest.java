package io.github.linfhash.encoders.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.algebra.RandomMatrices;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class QuantizationExperimentTest {
    private static final List<Integer> LEVELS = List.of(2, 4, 8, 16, 32, 64);

    /** Twice as many vectors as dimensions, and a box wide enough to represent the signals exactly. */
    private static List<QuantizationErrors> onATightFrame() {
        UniformRandomProvider random = new RandomStreams(4).stream("frames");
        Matrix frame = RandomFrames.tight(32, 64, random);
        Matrix signals = RandomFrames.unitSignals(100, 32, random);
        QuantizationExperiment experiment = new QuantizationExperiment(frame, 2 / Math.sqrt(64), signals);
        assertThat(experiment.unfinishedSignals()).isZero();
        return experiment.measure(LEVELS);
    }

    @Test
    void everyRepresentationIsMeasuredWithEveryNumberOfLevels() {
        List<QuantizationErrors> errors = onATightFrame();

        assertThat(errors).hasSize(18);
        int next = 0;
        for (Representation representation : Representation.values()) {
            for (int levels : LEVELS) {
                assertThat(errors.get(next).representation()).isEqualTo(representation);
                assertThat(errors.get(next).quantizer().levels()).isEqualTo(levels);
                next++;
            }
        }
    }

    @Test
    void noErrorExceedsTheProvenBound() {
        for (QuantizationErrors errors : onATightFrame()) {
            assertThat(errors.outside()).isZero();
            assertThat(errors.errors().coefficients().maximum())
                    .isLessThanOrEqualTo(errors.bounds().proven() * (1 + 1e-12));
            assertThat(errors.errors().coefficients().mean())
                    .isLessThanOrEqualTo(errors.errors().coefficients().maximum());
            // A tight frame does not lengthen a vector.
            assertThat(errors.errors().reconstructions().maximum())
                    .isLessThanOrEqualTo(errors.errors().coefficients().maximum() * (1 + 1e-12));
        }
    }

    /** lambda sqrt(N) = 2 and sqrt(n) = 5.66 by hand; half the range of least squares is 1, and sqrt(N) = 8. */
    @Test
    void boundsAreThoseOfTheTheorem() {
        for (QuantizationErrors errors : onATightFrame()) {
            boolean box = errors.representation() == Representation.BOX;
            assertThat(errors.bounds().printed() * errors.quantizer().levels())
                    .isCloseTo(box ? 2 : Math.sqrt(32), within(1e-12));
            if (errors.representation() != Representation.LEAST_SQUARES_FITTED) {
                assertThat(errors.bounds().proven() * errors.quantizer().levels())
                        .isCloseTo(box ? 2 : 8, within(1e-12));
            }
        }
    }

    /** What the theorem is for: on the same range that the signals' norm implies, the box is far less disturbed. */
    @Test
    void theBoxLosesLessThanLeastSquaresOnTheTheoremsRanges() {
        List<QuantizationErrors> errors = onATightFrame();

        for (int l = 0; l < LEVELS.size(); l++) {
            assertThat(errors.get(l).errors().coefficients().mean())
                    .isLessThan(errors.get(6 + l).errors().coefficients().mean());
        }
    }

    @Test
    void errorsAreThoseOfTheQuantizedCoefficientsByHand() {
        Matrix identity = Matrix.owning(2, 2, new double[] {1, 0, 0, 1});
        Matrix signal = Matrix.owning(1, 2, new double[] {0.6, -0.5});

        List<QuantizationErrors> errors = new QuantizationExperiment(identity, 0.4, signal).measure(List.of(2));

        // Box: (0.4, -0.4), quantized to (0.2, -0.2).
        QuantizationErrors box = errors.get(0);
        assertThat(box.errors().coefficients().mean()).isCloseTo(0.2 * Math.sqrt(2), within(1e-6));
        assertThat(box.errors().signals().mean()).isCloseTo(0.5, within(1e-6));
        // Least squares: (0.6, -0.5), quantized to (0.5, -0.5) on [-1, 1] and to (0.3, -0.3) on [-0.6, 0.6].
        assertThat(errors.get(1).errors().coefficients().mean()).isCloseTo(0.1, within(1e-12));
        assertThat(errors.get(2).quantizer().range()).isCloseTo(0.6, within(1e-12));
        assertThat(errors.get(2).errors().signals().maximum()).isCloseTo(Math.sqrt(0.13), within(1e-12));
    }

    @Test
    void aLearnedDictionaryOfFewAtomsCanBeMeasuredToo() {
        Matrix dictionary = RandomMatrices.unitRows(6, 20, 5).transpose();
        Matrix signals = RandomFrames.unitSignals(50, 20, new RandomStreams(5).stream("frames"));

        List<QuantizationErrors> errors = new QuantizationExperiment(dictionary, 0.1, signals).measure(List.of(64));

        for (QuantizationErrors error : errors) {
            assertThat(error.errors().coefficients().maximum())
                    .isLessThanOrEqualTo(error.bounds().proven() * (1 + 1e-12));
            assertThat(error.errors().signals().mean())
                    .isGreaterThan(error.errors().reconstructions().mean());
        }
    }

    @Test
    void badInputIsNamed() {
        Matrix identity = Matrix.owning(2, 2, new double[] {1, 0, 0, 1});

        assertThatThrownBy(() -> new QuantizationExperiment(identity, 1, Matrix.owning(1, 2, new double[] {3, 4})))
                .isInstanceOf(InputException.class)
                .hasMessage("Signals to be quantized must have norms of at most 1, found 5.0 for signal 0.");
        assertThatThrownBy(() -> new QuantizationExperiment(identity, 1, Matrix.owning(0, 2, new double[0])))
                .isInstanceOf(InputException.class);
    }
}
