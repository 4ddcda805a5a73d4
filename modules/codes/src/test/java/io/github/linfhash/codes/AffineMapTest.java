package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AffineMapTest {
    private static float[] random(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (random.nextDouble() - 0.5);
        }
        return values;
    }

    /** The documented order: groups of four products, summed from the left, then added; single products for the rest; b last. */
    private static float inOrder(float[] row, float[] x, float @Nullable [] center, float offset) {
        float sum = 0;
        int j = 0;
        for (; j + 4 <= x.length; j += 4) {
            float group = row[j] * less(x, center, j);
            for (int k = 1; k < 4; k++) {
                group += row[j + k] * less(x, center, j + k);
            }
            sum += group;
        }
        for (; j < x.length; j++) {
            sum += row[j] * less(x, center, j);
        }
        return sum + offset;
    }

    private static float less(float[] x, float @Nullable [] center, int j) {
        return center == null ? x[j] : x[j] - center[j];
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "4, 3, 2",
        "7, 5, 17",
        "64, 48, 33",
        "130, 9, 16",
        "7, 5, 64",
        "30, 6, 65",
        "12, 127, 600",
        "19, 9, 1100",
        "5, 128, 70"
    })
    void everyVectorHasTheSameBitsAloneAndAmongOthers(int d, int n, int count) {
        float[] weights = random(n * d, 1);
        float[] vectors = random(count * d, 2);
        float[] center = random(d, 3);
        float[] offsets = random(n, 4);
        for (boolean centered : new boolean[] {false, true}) {
            float @Nullable [] less = centered ? center : null;
            AffineMap map = AffineMap.of(weights, d, less, offsets);
            float[] together = new float[count * n + 1];
            map.apply(vectors, 0, count, together, 1);
            for (int i = 0; i < count; i++) {
                float[] alone = new float[n];
                map.apply(vectors, i * d, 1, alone, 0);
                float[] x = Arrays.copyOfRange(vectors, i * d, (i + 1) * d);
                for (int k = 0; k < n; k++) {
                    float[] row = Arrays.copyOfRange(weights, k * d, (k + 1) * d);
                    assertThat(alone[k]).isEqualTo(inOrder(row, x, less, offsets[k]));
                    assertThat(together[1 + i * n + k]).isEqualTo(alone[k]);
                }
            }
        }
    }

    @Test
    void itIsTheProductOfRealNumbers() {
        int d = 300;
        float[] weights = random(20 * d, 5);
        float[] x = random(d, 6);
        float[] values = new float[20];
        AffineMap.of(weights, d, null, null).apply(x, 0, 1, values, 0);
        for (int k = 0; k < 20; k++) {
            double exact = 0;
            for (int j = 0; j < d; j++) {
                exact += (double) weights[k * d + j] * x[j];
            }
            assertThat((double) values[k]).isCloseTo(exact, within(1e-5));
        }
    }

    @Test
    void itTellsWhatItWasMadeOf() {
        float[] weights = random(6, 7);
        AffineMap map = AffineMap.of(weights, 3, null, new float[] {1, 2});
        assertThat(map.weights()).containsExactly(weights);
        assertThat(map.offsets()).containsExactly(1, 2);
        assertThat(map.inputs()).isEqualTo(3);
        assertThat(map.outputs()).isEqualTo(2);
        assertThat(map.withOffsets(new float[] {3, 4}).offsets()).containsExactly(3, 4);
    }

    @Test
    void wrongSizesAndValuesAreRefused() {
        assertThatThrownBy(() -> AffineMap.of(new float[5], 3, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("5 weights are no matrix of 3 columns");
        assertThatThrownBy(() -> AffineMap.of(new float[6], 3, new float[2], null))
                .hasMessage("center: expected 3 values, found 2");
        assertThatThrownBy(() -> AffineMap.of(new float[] {1, Float.NaN}, 2, null, null))
                .isInstanceOf(NonFiniteException.class)
                .hasMessage("an affine map has as weight 1 the value NaN");
    }
}
