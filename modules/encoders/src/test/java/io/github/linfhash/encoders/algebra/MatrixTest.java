package io.github.linfhash.encoders.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.features.FeatureMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixTest {
    @ParameterizedTest
    @CsvSource({"1,1,1", "3,4,5", "7,5,3", "33,6,2", "2,9,40", "70,131,150"})
    void theProductIsThatOfThePlainTripleLoop(int rows, int inner, int columns) {
        Matrix left = RandomMatrices.gaussian(rows, inner, 1);
        Matrix right = RandomMatrices.gaussian(inner, columns, 2);

        Matrix product = left.times(right);

        assertThat(product.rows()).isEqualTo(rows);
        assertThat(product.columns()).isEqualTo(columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = 0;
                for (int k = 0; k < inner; k++) {
                    sum += left.get(i, k) * right.get(k, j);
                }
                assertThat(product.get(i, j)).isCloseTo(sum, within(1e-11));
            }
        }
    }

    @Test
    void productsOfUnfittingSizesAreRefused() {
        Matrix matrix = RandomMatrices.gaussian(2, 3, 1);

        assertThatThrownBy(() -> matrix.times(matrix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Matrix[2 x 3] cannot be multiplied by Matrix[2 x 3]");
    }

    @Test
    void transposingExchangesRowsAndColumns() {
        Matrix matrix = Matrix.owning(2, 3, new double[] {1, 2, 3, 4, 5, 6});

        assertThat(matrix.transpose()).isEqualTo(Matrix.owning(3, 2, new double[] {1, 4, 2, 5, 3, 6}));
    }

    @Test
    void columnMeansAverageOverTheRows() {
        assertThat(Matrix.owning(2, 2, new double[] {1, 10, 3, 30}).columnMeans())
                .containsExactly(2, 20);
    }

    @Test
    void featuresKeepTheirValuesThereAndBack() {
        FeatureMatrix features = FeatureMatrix.copyOf(new float[][] {{0.1f, -2}, {3, 1e-20f}});

        Matrix matrix = Matrix.copyOf(features);

        assertThat(matrix.get(0, 0)).isEqualTo(0.1f);
        assertThat(FeatureMatrix.owning(2, 2, matrix.toFloats())).isEqualTo(features);
    }

    @Test
    void theFirstValueThatIsNotFiniteIsNamed() {
        Matrix matrix = Matrix.owning(2, 2, new double[] {1, 2, 3, Double.NaN});

        assertThatThrownBy(() -> matrix.requireFinite("the signals", "check the features"))
                .isInstanceOf(NonFiniteException.class)
                .hasMessage("Row 1 of the signals has NaN in column 1; check the features.");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 40})
    void aMatrixTimesItsInverseIsTheIdentity(int size) {
        Matrix factor = RandomMatrices.gaussian(size + 3, size, 5);
        Matrix gram = factor.transpose().times(factor);

        Matrix inverse = gram.positiveDefiniteInverse();

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
        Matrix inverse = Matrix.owning(2, 2, new double[] {4, 2, 2, 3}).positiveDefiniteInverse();

        double[] expected = {0.375, -0.25, -0.25, 0.5};
        assertThat(inverse.toArray()).containsExactly(expected, within(1e-15));
    }

    @Test
    void anIndefiniteMatrixIsRefused() {
        assertThatThrownBy(() -> Matrix.owning(2, 2, new double[] {1, 2, 2, 1}).positiveDefiniteInverse())
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("pivot 1 is -3.0");
    }
}
