package io.github.linfhash.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.testing.Blobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AffineProjectionTest {
    @ParameterizedTest
    @CsvSource({"1,1,1", "5,3,2", "7,4,9", "300,13,17", "4100,130,5"})
    void everyValueEqualsThePlainSum(int n, int d, int outputs) {
        FeatureMatrix features = Blobs.classes(new Blobs.Sizes(1, d, n, 1), 5).train();
        double[][] rows = new double[outputs][d];
        double[] offsets = new double[outputs];
        for (int k = 0; k < outputs; k++) {
            offsets[k] = Math.cos(k);
            for (int j = 0; j < d; j++) {
                rows[k][j] = Math.sin(1 + k * d + j);
            }
        }
        float[] values = AffineProjection.of(rows, offsets).apply(features);

        for (int i = 0; i < n; i++) {
            for (int k = 0; k < outputs; k++) {
                double expected = offsets[k];
                for (int j = 0; j < d; j++) {
                    expected += rows[k][j] * features.get(i, j);
                }
                assertThat((double) values[i * outputs + k]).isCloseTo(expected, within(2e-6 * d));
            }
        }
    }

    @Test
    void aCenteredProjectionMapsTheMeanToZero() {
        AffineProjection projection =
                AffineProjection.centered(new double[][] {{1, 2}, {0, -4}}, new double[] {0.5, 3});

        assertThat(projection.apply(new float[] {0.5f, 3})).containsExactly(0, 0);
        assertThat(projection.parameters()).isEqualTo(6);
    }

    @Test
    void theOffsetDecidesExactlyBetweenNeighboringFloats() {
        float low = 0.1f;
        float high = Math.nextUp(low);
        AffineProjection projection =
                AffineProjection.linear(new double[][] {{1, 0, 0, 0, 0}}).withOffsets(new float[] {-low});

        assertThat(projection.apply(new float[] {low, 9, 9, 9, 9})[0]).isZero();
        assertThat(projection.apply(new float[] {high, 9, 9, 9, 9})[0]).isPositive();
    }

    @Test
    void weightsThatAreNoFiniteFloatsAndOffsetsOfAnotherNumberAreRefused() {
        assertThatThrownBy(() -> AffineProjection.linear(new double[][] {{1, 2}, {1e300, 0}}))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("projection 1 has the weight 1.0E300");
        assertThatThrownBy(() -> AffineProjection.of(new double[][] {{1}}, new double[2]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AffineProjection.linear(new double[][] {{1}}).withOffsets(new float[2]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
