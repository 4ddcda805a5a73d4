package io.github.linfhash.encoders.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.encoders.training.TrainingOptions.LossSign;
import org.junit.jupiter.api.Test;

class ContrastiveLossTest {
    /** Pair 0 is similar at distance 5, pair 1 dissimilar at distance 1, pair 2 dissimilar at distance 10. */
    private static final float[] OUTPUTS = {
        0, 0, 0, 0, 0, 0,
        3, 4, 0, 1, 6, 8
    };

    private static final boolean[] SIMILAR = {true, false, false};

    @Test
    void theMeanOfHalfSquaresAndHalfSquaredShortfalls() {
        float[] gradient = new float[12];

        double loss = new ContrastiveLoss(5, LossSign.CORRECTED, 0).gradient(OUTPUTS, SIMILAR, gradient);

        assertThat(loss).isCloseTo((12.5 + 8 + 0) / 3, within(1e-12));
        assertThat(gradient)
                .containsExactly(
                        new float[] {-1, -4 / 3f, 0, 4 / 3f, 0, 0, 1, 4 / 3f, 0, -4 / 3f, 0, 0}, within(1e-6f));
    }

    @Test
    void asPrintedTheShortfallIsSubtracted() {
        float[] gradient = new float[12];

        double loss = new ContrastiveLoss(5, LossSign.PRINTED, 0).gradient(OUTPUTS, SIMILAR, gradient);

        assertThat(loss).isCloseTo((12.5 - 8) / 3, within(1e-12));
        assertThat(gradient[3]).isEqualTo(-4 / 3f);
        assertThat(gradient[9]).isEqualTo(4 / 3f);
    }

    @Test
    void thePenaltyCountsBothEndsOfEveryPair() {
        float[] gradient = new float[12];

        double loss = new ContrastiveLoss(5, LossSign.CORRECTED, 0.3).gradient(OUTPUTS, SIMILAR, gradient);

        assertThat(loss).isCloseTo(20.5 / 3 + 0.3 * 22 / 3, within(1e-6));
        assertThat(gradient[10]).isEqualTo(0.1f);
    }

    @Test
    void twoEqualDissimilarOutputsGiveNoDirection() {
        float[] gradient = new float[4];

        double loss = new ContrastiveLoss(5, LossSign.CORRECTED, 0).gradient(new float[4], new boolean[1], gradient);

        assertThat(loss).isEqualTo(12.5);
        assertThat(gradient).containsExactly(new float[4], within(0f));
    }
}
