package io.github.linfhash.quantizers.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.AffineMap;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches are mapped by BLAS, single vectors in a fixed order: the two may differ in sign where a value is next to zero alone. */
class FixedOrderTest {
    private static final double NEAR = 1e-5;

    @ParameterizedTest
    @CsvSource({"384, 384", "512, 64", "768, 448"})
    void batchesAndSingleVectorsHaveTheSameSignsButNextToZero(int d, int n) {
        int count = 1000;
        RandomStreams random = new RandomStreams(3);
        UniformRandomProvider draw = random.stream("vectors");
        float[] values = new float[count * d];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((draw.nextDouble() - 0.5) * Math.sqrt(12.0 / d)); // length 1, about
        }
        float[] center = new float[d];
        Arrays.fill(center, 0.01f);
        LinearMap map = LinearMap.of(LinearMap.randomDirections(n, d, random), center);
        float[] batch = map.apply(FeatureMatrix.owning(count, d, values)).toArray();

        AffineMap fixed = AffineMap.of(Objects.requireNonNull(map.weights()), d, center, null);
        float[] alone = new float[n];
        int differ = 0;
        for (int i = 0; i < count; i++) {
            fixed.apply(values, i * d, 1, alone, 0);
            for (int k = 0; k < n; k++) {
                float other = batch[i * n + k];
                assertThat((double) alone[k]).isCloseTo(other, within(NEAR));
                if (alone[k] > 0 != other > 0) {
                    differ++;
                    assertThat(Math.abs((double) other)).isLessThan(NEAR);
                }
            }
        }
        assertThat(differ).isLessThan(count * n / 10_000);
    }
}
