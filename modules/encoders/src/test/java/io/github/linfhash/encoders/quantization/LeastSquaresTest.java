package io.github.linfhash.encoders.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.algebra.RandomMatrices;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {
    @Test
    void residualsAreOrthogonalToFewAtoms() {
        Matrix dictionary = RandomMatrices.gaussian(12, 5, 1);
        Matrix signals = RandomMatrices.gaussian(9, 12, 2);

        Matrix solution = LeastSquares.solve(dictionary, signals);

        double[] fitted =
                solution.times(dictionary.transpose()).times(dictionary).toArray();
        assertThat(fitted).containsExactly(signals.times(dictionary).toArray(), within(1e-10));
    }

    /** D = (1 2): the solution of x + 2 z = 5 closest to zero is (1, 2). */
    @Test
    void amongManySolutionsTheSmallestIsTaken() {
        Matrix solution =
                LeastSquares.solve(Matrix.owning(1, 2, new double[] {1, 2}), Matrix.owning(1, 1, new double[] {5}));

        assertThat(solution.toArray()).containsExactly(new double[] {1, 2}, within(1e-14));
    }

    @Test
    void dependentAtomsAreRefused() {
        Matrix dependent = Matrix.owning(3, 2, new double[] {1, 1, 0, 0, 0, 0});

        assertThatThrownBy(() -> LeastSquares.solve(dependent, RandomMatrices.gaussian(1, 3, 2)))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("do not depend on each other");
    }
}
