package io.github.linfhash.baselines.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.SymmetricEigen;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhiteningTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 40})
    void generalizedPairsSolveThePencilAndAreOrthonormalInB(int n) {
        double[] a = randomSymmetric(n, 3);
        double[] b = gram(randomSymmetric(n, 4), n);
        SymmetricEigen eigen = Whitening.of(b, n).eigen(a);

        for (int k = 0; k < n; k++) {
            double[] v = eigen.vector(k);
            double[] bv = times(b, v);
            double[] av = times(a, v);
            for (int i = 0; i < n; i++) {
                assertThat(av[i]).isCloseTo(eigen.value(k) * bv[i], within(1e-6 * (1 + Math.abs(eigen.value(k)))));
            }
            for (int other = 0; other < n; other++) {
                assertThat(dot(eigen.vector(other), bv)).isCloseTo(other == k ? 1 : 0, within(1e-8));
            }
            assertThat(k == 0 || eigen.value(k) <= eigen.value(k - 1)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 40})
    void smileGivesTheBitsOfTheSameRoutine(int n) {
        double[] a = randomSymmetric(n, 5);
        SymmetricEigen expected = SymmetricEigen.of(a, n);
        SymmetricEigen found = SmileMatrices.eigen(a, n);

        for (int k = 0; k < n; k++) {
            assertThat(found.value(k)).isEqualTo(expected.value(k));
            assertThat(found.vector(k)).isEqualTo(expected.vector(k));
        }
    }

    @Test
    void nonFiniteEntriesAndIndefiniteMatricesAreRefused() {
        assertThatThrownBy(() -> SmileMatrices.eigen(new double[] {1, 0, 0, Double.NaN}, 2))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("entry (1, 1) of a 2 x 2 matrix is NaN");
        assertThatThrownBy(() -> Whitening.of(new double[] {1, 2, 2, 1}, 2))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining(
                        "a 2 x 2 matrix has no Cholesky factor: it is not positive definite; use a larger ridge");
    }

    private static double[] randomSymmetric(int n, long seed) {
        UniformRandomProvider random = new RandomStreams(seed).stream("matrix");
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i * n + j] = random.nextDouble(-1, 1);
                matrix[j * n + i] = matrix[i * n + j];
            }
        }
        return matrix;
    }

    private static double[] gram(double[] matrix, int n) {
        double[] gram = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    gram[i * n + j] += matrix[i * n + k] * matrix[j * n + k];
                }
            }
            gram[i * n + i] += 0.1;
        }
        return gram;
    }

    private static double[] times(double[] matrix, double[] v) {
        double[] result = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) {
                result[i] += matrix[i * v.length + j] * v[j];
            }
        }
        return result;
    }

    private static double dot(double[] u, double[] v) {
        double sum = 0;
        for (int i = 0; i < u.length; i++) {
            sum += u[i] * v[i];
        }
        return sum;
    }
}
