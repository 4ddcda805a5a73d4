package io.github.linfhash.baselines.projection;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.baselines.linalg.LabelColumns;
import io.github.linfhash.baselines.plain.JacobiEigen;
import io.github.linfhash.baselines.plain.PlainLoops;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.method.TrainingContext;
import io.github.linfhash.core.method.TrainingSet;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItqCcaTest {
    private static final FeatureMatrix ROWS = Samples.clusters(120, 7, 4, 3);

    private static LinearHashFunction train(Labels labels, int bits, double rho) {
        return (LinearHashFunction) new ItqCca(new ItqCca.Options(30, rho))
                .train(new TrainingSet(ROWS, labels, ROWS), bits, TrainingContext.quiet(7));
    }

    /** sum of value_k w_k w_k', which no rotation among the directions changes, by Jacobi rotations. */
    private static double[][] directions(Labels labels, int bits, double rho) {
        double[][] x = PlainLoops.centered(PlainLoops.rows(ROWS));
        double[] flat = LabelColumns.matrix(labels);
        int c = flat.length / 120;
        double[][] y = new double[120][];
        Arrays.setAll(y, i -> Arrays.copyOfRange(flat, i * c, (i + 1) * c));
        double[][] cxx = covariance(x, x, rho);
        double[][] root = power(cxx, -0.5);
        double[][] cyx = covariance(PlainLoops.centered(y), x, 0);
        double[][] inverse = power(covariance(PlainLoops.centered(y), PlainLoops.centered(y), rho), -1);
        double[][] half = product(product(root, PlainLoops.transpose(cyx)), product(inverse, product(cyx, root)));
        JacobiEigen eigen = new JacobiEigen(half);
        double[][] sum = new double[7][7];
        for (int k = 0; k < bits; k++) {
            double[] vector = eigen.vectors[6 - k];
            double[] w = new double[7];
            Arrays.setAll(w, j -> PlainLoops.dot(root[j], vector));
            PlainLoops.addOuter(sum, w, w, Math.max(0, eigen.values[6 - k]));
        }
        return sum;
    }

    private static double[][] covariance(double[][] a, double[][] b, double rho) {
        double[][] sum = product(PlainLoops.transpose(a), b);
        for (int i = 0; i < sum.length; i++) {
            for (int j = 0; j < sum[i].length; j++) {
                sum[i][j] = sum[i][j] / a.length + (i == j ? rho : 0);
            }
        }
        return sum;
    }

    private static double[][] power(double[][] symmetric, double exponent) {
        JacobiEigen eigen = new JacobiEigen(symmetric);
        double[][] power = new double[symmetric.length][symmetric.length];
        for (int k = 0; k < symmetric.length; k++) {
            PlainLoops.addOuter(power, eigen.vectors[k], eigen.vectors[k], Math.pow(eigen.values[k], exponent));
        }
        return power;
    }

    private static double[][] product(double[][] a, double[][] b) {
        return PlainLoops.timesTransposed(a, PlainLoops.transpose(b));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7})
    void directionsAreThoseOfPlainLoopsButForTheRotation(int bits) {
        for (Labels labels : new Labels[] {Samples.classes(120, 4), Samples.labelSets(120, 3, 2)}) {
            float[] outputs = train(labels, bits, 0.01).outputs(ROWS);
            double[][] expected = directions(labels, bits, 0.01);
            double[][] x = PlainLoops.centered(PlainLoops.rows(ROWS));
            for (int i = 0; i < 120; i += 7) {
                for (int j = 0; j < 120; j += 11) {
                    double found = 0;
                    for (int k = 0; k < bits; k++) {
                        found += outputs[i * bits + k] * outputs[j * bits + k];
                    }
                    double[] right = expected[0].clone();
                    for (int r = 0; r < 7; r++) {
                        right[r] = PlainLoops.dot(expected[r], x[j]);
                    }
                    assertThat(found).isCloseTo(PlainLoops.dot(x[i], right), within(1e-4));
                }
            }
        }
    }

    @Test
    void theLossOfTheRotationNeverGrows() {
        double[] loss = Objects.requireNonNull(
                train(Samples.classes(120, 4), 6, 1e-4).curves().get("loss"));
        assertThat(loss).hasSize(30);
        for (int t = 1; t < loss.length; t++) {
            assertThat(loss[t]).isLessThanOrEqualTo(loss[t - 1] * (1 + 1e-6));
        }
    }

    @Test
    void moreBitsThanDimensionsAreRefused() {
        assertBadInput(() -> train(Samples.classes(120, 4), 8, 1e-4));
    }
}
