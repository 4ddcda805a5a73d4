package io.github.linfhash.encoders.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.NonFiniteException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyFactorTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 40})
    void aMatrixTimesItsInverseIsTheIdentity(int size) {
        Matrix factor = RandomMatrices.gaussian(size + 3, size, 5);
        Matrix gram = factor.transpose().times(factor);

        Matrix inverse = CholeskyFactor.of(gram).inverse();

        Matrix product = gram.times(inverse);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                assertThat(product.get(i, j)).isCloseTo(i == j ? 1 : 0, within(1e-9));
                assertThat(inverse.get(i, j)).isEqualTo(inverse.get(j, i));
            }
        }
    }

    @Test
    void theInverseOfATwoByTwoMatrixIsTheOneFoundByHand() {
        Matrix inverse = CholeskyFactor.of(Matrix.owning(2, 2, new double[] {4, 2, 2, 3}))
                .inverse();

        double[] expected = {0.375, -0.25, -0.25, 0.5};
        assertThat(inverse.toArray()).containsExactly(expected, within(1e-15));
    }

    @Test
    void anIndefiniteMatrixIsRefused() {
        assertThatThrownBy(() -> CholeskyFactor.of(Matrix.owning(2, 2, new double[] {1, 2, 2, 1})))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("pivot 1 is -3.0");
    }
}
