package io.github.linfhash.baselines.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.baselines.Samples;
import io.github.linfhash.baselines.kernel.KernelHashFunction.AnchorKernel;
import io.github.linfhash.baselines.plain.JacobiEigen;
import io.github.linfhash.baselines.plain.PlainLoops;
import io.github.linfhash.core.features.FeatureMatrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SghTest {
    private static final FeatureMatrix ROWS = Samples.clusters(60, 5, 3, 8);
    private static final double RHO = 2 * largestSquaredLength();

    private static double largestSquaredLength() {
        return Arrays.stream(PlainLoops.rows(ROWS))
                .mapToDouble(row -> PlainLoops.dot(row, row))
                .max()
                .orElseThrow();
    }

    /** The linear form of e^z through its values at -1 and 1. */
    private static double linear(double z) {
        return (Math.exp(1) - Math.exp(-1)) / 2 * z + (Math.exp(1) + Math.exp(-1)) / 2;
    }

    private static double[][] similarity() {
        double[][] rows = PlainLoops.rows(ROWS);
        double[][] similarity = new double[60][60];
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 60; j++) {
                double lengths = PlainLoops.dot(rows[i], rows[i]) + PlainLoops.dot(rows[j], rows[j]);
                double z = 2 * PlainLoops.dot(rows[i], rows[j]) / RHO;
                similarity[i][j] = 2 * Math.exp(-lengths / RHO) * linear(z) - 1;
            }
        }
        return similarity;
    }

    @Test
    void transformedRowsGiveTheLinearisedSimilarity() {
        Sgh.Transformation transformation = new Sgh.Transformation(RHO, 5);
        float[] transformed = transformation.of(ROWS.toArray(), 60);
        double[][] expected = similarity();
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 60; j++) {
                double product = -transformed[i * 7 + 6] * transformed[j * 7 + 6];
                for (int c = 0; c < 6; c++) {
                    product += transformed[i * 7 + c] * transformed[j * 7 + c];
                }
                assertThat(product).isCloseTo(expected[i][j], within(1e-5));
            }
        }
    }

    /** Where e^z is linear it is the similarity itself: rows at right angles, or z = 1. */
    @Test
    void theSimilarityOfARowOfTheLargestLengthToItselfIsOne() {
        Sgh.Transformation transformation = new Sgh.Transformation(2, 2);
        float[] p = transformation.of(new float[] {0.6f, 0.8f}, 1);
        assertThat(p[0] * p[0] + p[1] * p[1] + p[2] * p[2] - p[3] * p[3]).isCloseTo(1, within(1e-6f));
    }

    /** All bits, with the graph of all pairs and each eigenvector by Jacobi rotations. */
    @Test
    void bitsAreThoseOfPlainLoops() {
        int bits = 4;
        int m = 8;
        AnchorKernel kernel = AnchorKernel.fit(ROWS, ROWS.select(Samples.first(m)), 1, "SGH");
        Sgh.Options options = new Sgh.Options(m, 1, 2, 1, 1e-6);
        Sgh.Learner learner = new Sgh.Learner(kernel, ROWS, bits, options);
        for (int bit = 0; bit < bits; bit++) {
            learner.learn(bit);
        }
        learner.learnAgain(2);

        double[] values = kernel.matrix(ROWS);
        double[][] k = new double[60][];
        Arrays.setAll(k, i -> Arrays.copyOfRange(values, i * m, (i + 1) * m));
        double[][] target = similarity();
        for (double[] row : target) {
            for (int j = 0; j < 60; j++) {
                row[j] *= bits;
            }
        }
        double[][] signs = new double[bits][];
        for (int bit : new int[] {0, 1, 2, 3, 2}) {
            if (signs[bit] != null) {
                PlainLoops.addOuter(target, signs[bit], signs[bit], 1);
            }
            double[] projection = leading(k, target, options.ridge());
            signs[bit] = Arrays.stream(k)
                    .mapToDouble(row -> PlainLoops.dot(row, projection) > 0 ? 1 : -1)
                    .toArray();
            PlainLoops.addOuter(target, signs[bit], signs[bit], -1);
        }
        for (int bit = 0; bit < bits; bit++) {
            double agreement = 0;
            for (int i = 0; i < 60; i++) {
                double output = PlainLoops.dot(k[i], learner.projections()[bit]);
                agreement += signs[bit][i] * (output > 0 ? 1 : -1);
            }
            // The sign of an eigenvector is anybody's choice.
            assertThat(Math.abs(agreement)).isEqualTo(60);
        }
    }

    /** The w of the largest w' K'T K w with w' (K'K + ridge) w = 1, by whitening with the inverse root of the latter. */
    private static double[] leading(double[][] k, double[][] target, double ridge) {
        int m = k[0].length;
        double[][] columns = PlainLoops.transpose(k);
        double[][] gram = PlainLoops.timesTransposed(columns, columns);
        double trace = 0;
        for (int j = 0; j < m; j++) {
            trace += gram[j][j];
        }
        for (int j = 0; j < m; j++) {
            gram[j][j] += ridge * trace / m;
        }
        JacobiEigen eigen = new JacobiEigen(gram);
        double[][] root = new double[m][m];
        for (int e = 0; e < m; e++) {
            PlainLoops.addOuter(root, eigen.vectors[e], eigen.vectors[e], 1 / Math.sqrt(eigen.values[e]));
        }
        double[][] seen = PlainLoops.timesTransposed(columns, PlainLoops.timesTransposed(columns, target));
        double[][] whitened =
                PlainLoops.timesTransposed(root, PlainLoops.timesTransposed(root, PlainLoops.transpose(seen)));
        JacobiEigen best = new JacobiEigen(whitened);
        double[] vector = best.vectors[m - 1];
        double[] w = new double[m];
        Arrays.setAll(w, j -> PlainLoops.dot(root[j], vector));
        return w;
    }
}
