package io.github.linfhash.core.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.pairs.Pairs.IdenticalRows;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class IdenticalRowsTest {
    @Test
    void copiesAreRowsOfEqualValues() {
        IdenticalRows rows = IdenticalRows.of(FeatureMatrix.copyOf(
                new float[][] {{1, 2}, {2, 1}, {1, 2}, {1, Float.NaN}, {1, Float.NaN}, {0, 2}, {-0f, 2}}));

        assertThat(rows.original(2)).isZero();
        assertThat(rows.identical(0, 2)).isTrue();
        assertThat(rows.identical(0, 1)).isFalse();
        assertThat(rows.identical(3, 4)).isFalse();
        assertThat(rows.identical(4, 4)).isTrue();
        assertThat(rows.identical(5, 6)).isTrue();
    }

    /** Comparing all pairs of so many rows takes minutes. */
    @Test
    @Timeout(60)
    void normalizedRowsAreComparedInLinearTime() {
        int n = 100_000;
        float[] values = new float[2 * n];
        for (int i = 0; i < n; i++) {
            double angle = (i / 2 + 1) * 1e-5;
            values[2 * i] = (float) Math.cos(angle);
            values[2 * i + 1] = (float) Math.sin(angle);
        }
        IdenticalRows rows = IdenticalRows.of(FeatureMatrix.owning(n, 2, values));
        assertThat(IntStream.range(0, n)).allMatch(i -> rows.original(i) == i / 2 * 2);
    }
}
