package io.github.linfhash.encoders.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.encoders.algebra.Matrix;
import io.github.linfhash.encoders.algebra.RandomMatrices;
import io.github.linfhash.encoders.dictionary.BatchOmp.Vectors;
import io.github.linfhash.encoders.dictionary.KSvd.RankOneFit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankOneFitTest {
    @ParameterizedTest
    @CsvSource({"1,4", "5,3", "8,20", "30,12"})
    void theFitLeavesTheErrorOfTheBestRankOneApproximation(int users, int n) {
        Matrix errors = RandomMatrices.gaussian(users, n, 31);
        double[] atom = RandomMatrices.unitRows(1, n, 32).toArray();
        double[] coefficients = new double[users];

        new RankOneFit(errors.toArray(), atom, coefficients).refit();

        double[] singular = JacobiSingularValues.of(errors);
        double best = 0;
        for (int i = 1; i < users; i++) {
            best += singular[i] * singular[i];
        }
        double first = singular[0] * singular[0];
        assertThat(squaredError(errors, atom, coefficients)).isCloseTo(best, within(1e-8 * first));
        assertThat(Vectors.dot(coefficients, 0, coefficients, 0, users)).isCloseTo(first, within(1e-8 * first));
        assertThat(Vectors.norm(atom, 0, n)).isCloseTo(1, within(1e-12));
    }

    @Test
    void noFitIncreasesTheError() {
        for (int seed = 0; seed < 50; seed++) {
            Matrix errors = RandomMatrices.gaussian(7, 5, seed);
            double[] atom = RandomMatrices.unitRows(1, 5, seed + 100).toArray();
            double[] coefficients = RandomMatrices.gaussian(1, 7, seed + 200).toArray();
            double before = squaredError(errors, atom, coefficients);

            new RankOneFit(errors.toArray(), atom, coefficients).refit();

            assertThat(squaredError(errors, atom, coefficients)).isLessThanOrEqualTo(before * (1 + 1e-12));
        }
    }

    @Test
    void errorsOfZeroKeepTheAtomAndGiveCoefficientsOfZero() {
        double[] atom = {0.6, 0.8};
        double[] coefficients = {1, -1};

        new RankOneFit(new double[4], atom, coefficients).refit();

        assertThat(atom).containsExactly(0.6, 0.8);
        assertThat(coefficients).containsExactly(0, 0);
    }

    private static double squaredError(Matrix errors, double[] atom, double[] coefficients) {
        double sum = 0;
        for (int i = 0; i < coefficients.length; i++) {
            for (int d = 0; d < atom.length; d++) {
                double error = errors.get(i, d) - coefficients[i] * atom[d];
                sum += error * error;
            }
        }
        return sum;
    }
}
