package io.github.linfhash.quantizers.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.AffineMap;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import java.util.Arrays;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A vector has the same values in a batch and alone, to the last bit, and so the same code in linfhash and in {@code linfhash-codes}. */
class FixedOrderTest {
    @ParameterizedTest
    @CsvSource({"384, 384", "512, 64", "768, 448"})
    void batchesAndSingleVectorsAreMappedAlike(int d, int n) {
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
        for (int i = 0; i < count; i++) {
            float[] alone = fixed.apply(Arrays.copyOfRange(values, i * d, (i + 1) * d));
            assertThat(Arrays.copyOfRange(batch, i * n, (i + 1) * n)).isEqualTo(alone);
        }
    }
}
