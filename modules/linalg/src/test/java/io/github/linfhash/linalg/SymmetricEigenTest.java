package io.github.linfhash.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.NonFiniteException;
import org.junit.jupiter.api.Test;

class SymmetricEigenTest {
    @Test
    void aMatrixWithKnownEigenpairsIsDecomposedLargestFirstWithPositiveLargestEntries() {
        SymmetricEigen eigen = SymmetricEigen.of(new double[] {2, -1, -1, 2}, 2);

        assertThat(eigen.value(0)).isCloseTo(3, within(1e-12));
        assertThat(eigen.value(1)).isCloseTo(1, within(1e-12));
        assertThat(Math.abs(eigen.vector(0)[0])).isCloseTo(Math.sqrt(0.5), within(1e-12));
        assertThat(eigen.vector(0)[0]).isCloseTo(-eigen.vector(0)[1], within(1e-12));
        assertThat(eigen.vector(1)).containsExactly(new double[] {Math.sqrt(0.5), Math.sqrt(0.5)}, within(1e-12));
    }

    @Test
    void nonFiniteEntriesAreRefused() {
        assertThatThrownBy(() -> SymmetricEigen.of(new double[] {1, 0, 0, Double.NaN}, 2))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("entry (1, 1) of a 2 x 2 matrix is NaN");
    }
}
