package io.github.linfhash.quantizers.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorMapsTest {
    private static final RandomStreams RANDOM = new RandomStreams(3);

    private static void keepsInnerProducts(VectorMap map, FeatureMatrix vectors, float[] center) {
        FeatureMatrix mapped = map.apply(vectors);
        assertThat(mapped.dimension()).isEqualTo(map.outputs());
        for (int i = 0; i < 20; i++) {
            for (int k = 0; k <= i; k++) {
                double expected = 0;
                for (int j = 0; j < center.length; j++) {
                    expected += ((double) vectors.get(i, j) - center[j]) * ((double) vectors.get(k, j) - center[j]);
                }
                assertThat(Samples.product(mapped, i, mapped, k)).isCloseTo(expected, within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 12, 64, 100})
    void rotationsKeepInnerProducts(int d) {
        FeatureMatrix vectors = Samples.vectors(30, d, 5);
        float[] center = LinearMap.mean(vectors);
        keepsInnerProducts(LinearMap.of(LinearMap.randomDirections(d, d, RANDOM), center), vectors, center);
        keepsInnerProducts(HadamardMap.inBlocks(center, RANDOM.stream("h")), vectors, center);
        keepsInnerProducts(HadamardMap.padded(center, RANDOM.stream("h")), vectors, center);
        keepsInnerProducts(LinearMap.rotatedComponents(vectors, d, center, RANDOM), vectors, center);
    }

    @Test
    void hadamardMapsHaveTheirOutputs() {
        assertThat(HadamardMap.inBlocks(new float[384], RANDOM.stream("h")).outputs())
                .isEqualTo(384);
        assertThat(HadamardMap.padded(new float[384], RANDOM.stream("h")).outputs())
                .isEqualTo(512);
        assertThat(HadamardMap.padded(new float[256], RANDOM.stream("h")).outputs())
                .isEqualTo(256);
    }

    /** Each coordinate of a rotated unit vector has the mean square 1 / d; a map that left one where it is would not. */
    @Test
    void aHadamardRotationSpreadsOneCoordinate() {
        float[] one = new float[96];
        one[5] = 1;
        double sum = 0;
        for (long seed = 0; seed < 200; seed++) {
            FeatureMatrix mapped = HadamardMap.inBlocks(new float[96], new RandomStreams(seed).stream("h"))
                    .apply(FeatureMatrix.owning(1, 96, one));
            sum += mapped.get(0, 5) * mapped.get(0, 5) / 200;
            double largest = 0;
            for (float value : mapped.toArray()) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(largest).isLessThan(0.6);
        }
        assertThat(sum).isBetween(0.5 / 96, 2.0 / 96);
    }

    @Test
    void moreDirectionsThanDimensionsAreThoseOfSeveralRotations() {
        double[][] rows = LinearMap.randomDirections(7, 3, RANDOM);
        assertThat(dot(rows[0], rows[1])).isCloseTo(0, within(1e-12));
        assertThat(dot(rows[3], rows[5])).isCloseTo(0, within(1e-12));
        assertThat(Math.abs(dot(rows[0], rows[3]))).isBetween(1e-6, 1 - 1e-6);
        assertThat(dot(rows[6], rows[6])).isCloseTo(1, within(1e-12));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    @Test
    void componentsKeepTheMostVariance() {
        float[][] rows = new float[100][3];
        for (int i = 0; i < 100; i++) {
            rows[i] = new float[] {(float) Math.sin(i), 10 * (float) Math.cos(1.7 * i), 0.01f * (i % 7)};
        }
        FeatureMatrix vectors = FeatureMatrix.copyOf(rows);
        double[][] first = LinearMap.principalComponents(vectors, 1);
        assertThat(Math.abs(first[0][1])).isGreaterThan(0.99);
    }

    @Test
    void otherDimensionsAreRefused() {
        VectorMap map = HadamardMap.padded(new float[8], RANDOM.stream("h"));
        assertThatThrownBy(() -> map.apply(Samples.vectors(6, 7, 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LinearMap.first(2, new float[3]).apply(Samples.vectors(6, 7, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
