package io.github.linfhash.baselines.kernel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.features.FeatureMatrix;
import org.junit.jupiter.api.Test;

class KernelRidgeTest {
    @Test
    void aSystemWithoutCholeskyFactorIsRefusedWithAdvice() {
        FeatureMatrix equalRows = FeatureMatrix.owning(3, 2, new float[] {1, 2, 1, 2, 1, 2});
        FeatureMatrix withNaN = FeatureMatrix.owning(2, 2, new float[] {1, 2, Float.NaN, 2});

        assertThatThrownBy(() -> KernelRidge.fit(equalRows, new double[3], 1, 0))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContainingAll("a 3 x 3 system has no Cholesky solution; look for NaN", "use a larger ridge");
        assertThatThrownBy(() -> KernelRidge.fit(withNaN, new double[2], 1, 1))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("NaN");
    }
}
