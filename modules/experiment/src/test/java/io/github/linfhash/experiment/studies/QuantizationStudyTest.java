package io.github.linfhash.experiment.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.quantization.QuantizationErrors;
import io.github.linfhash.encoders.quantization.Representation;
import org.junit.jupiter.api.Test;

class QuantizationStudyTest {
    /** With lambda = K / sqrt(N), the box's bound is K / L; least squares has sqrt(n) / L, here n = 16 / 2. */
    @Test
    void theFramesBoundsAreThoseOfTheTheorem() {
        QuantizationStudy.Outcome outcome = new QuantizationStudy(16, 2).onRandomFrame(20, TrainingContext.quiet(0));
        assertThat(outcome.errors()).hasSize(3 * QuantizationStudy.LEVELS.size());
        for (QuantizationErrors errors : outcome.errors()) {
            double times = errors.bounds().printed() * errors.quantizer().levels();
            boolean box = errors.representation() == Representation.BOX;
            assertThat(times).isCloseTo(box ? 2 : Math.sqrt(8), within(1e-12));
            assertThat(errors.errors().coefficients().mean())
                    .isLessThanOrEqualTo(errors.bounds().proven() * (1 + 1e-12));
        }
    }

    /** (3, 4) has norm 5; a row of zeros has none. */
    @Test
    void signalsAreScaledToNormOne() {
        Matrix signals = QuantizationStudy.signals(FeatureMatrix.copyOf(new float[][] {{3, 4}, {0, 0}}));
        assertThat(signals.toArray()).containsExactly(0.6, 0.8, 0, 0);
    }

    /** Of 1,000 images the 500 are every second one. */
    @Test
    void signalsAreSpreadOverTheImages() {
        float[] values = new float[2000];
        for (int i = 0; i < 1000; i++) {
            values[2 * i + i % 2] = 1;
        }
        Matrix signals = QuantizationStudy.signals(FeatureMatrix.owning(1000, 2, values));
        assertThat(signals.rows()).isEqualTo(500);
        for (int i = 0; i < 500; i++) {
            assertThat(signals.get(i, 0)).isEqualTo(1);
        }
    }
}
