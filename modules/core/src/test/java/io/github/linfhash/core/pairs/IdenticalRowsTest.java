package io.github.linfhash.core.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.pairs.Pairs.IdenticalRows;
import org.junit.jupiter.api.Test;

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
}
