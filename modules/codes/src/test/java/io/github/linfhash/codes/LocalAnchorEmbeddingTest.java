package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.LocalAnchorEmbedding.SimplexProgram;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalAnchorEmbeddingTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void weightsAreAsGoodAsTheBestOfAFineGrid(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] anchors = new float[3 * 4];
        float[] x = new float[4];
        for (int k = 0; k < anchors.length; k++) {
            anchors[k] = (float) random.nextDouble() - 0.3f;
            x[k % 4] = (float) random.nextDouble() - 0.3f;
        }
        double[] weights = weights(x, anchors);
        double best = Double.POSITIVE_INFINITY;
        for (int a = 0; a <= 200; a++) {
            for (int b = 0; a + b <= 200; b++) {
                double[] point = {a / 200.0, b / 200.0, 1 - (a + b) / 200.0};
                best = Math.min(best, residual(x, anchors, point));
            }
        }

        assertThat(residual(x, anchors, weights)).isLessThan(best + 1e-4);
        assertThat(weights[0] + weights[1] + weights[2]).isCloseTo(1, within(1e-12));
    }

    /** The weights to all anchors, in their order. */
    private static double[] weights(float[] x, float[] anchors) {
        int m = anchors.length / x.length;
        int[] nearest = new int[m];
        double[] squaredDistances = new double[m];
        AnchorFunctions.nearest(new PointDistances(anchors, x.length).of(x), 0, m, m, nearest, squaredDistances, 0);
        double[] ofNearest = new LocalAnchorEmbedding(anchors, x.length)
                .of(Similarity.squaredLength(x, 0, x.length), nearest, squaredDistances);
        double[] weights = new double[m];
        for (int k = 0; k < m; k++) {
            weights[nearest[k]] = ofNearest[k];
        }
        return weights;
    }

    private static double residual(float[] x, float[] anchors, double[] weights) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            double value = x[j] / length(x, 0, x.length);
            for (int a = 0; a < weights.length; a++) {
                value -= weights[a] * anchors[a * x.length + j] / length(anchors, a * x.length, x.length);
            }
            sum += value * value;
        }
        return sum / 2;
    }

    private static double length(float[] v, int from, int d) {
        double sum = 0;
        for (int j = from; j < from + d; j++) {
            sum += (double) v[j] * v[j];
        }
        return Math.sqrt(sum);
    }

    @Test
    void projectionsOntoTheSimplexByHand() {
        assertThat(SimplexProgram.ontoSimplex(new double[] {0.5, 0.5})).containsExactly(0.5, 0.5);
        assertThat(SimplexProgram.ontoSimplex(new double[] {2, 0})).containsExactly(1, 0);
        assertThat(SimplexProgram.ontoSimplex(new double[] {0, 0, 0}))
                .containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-15));
        assertThat(SimplexProgram.ontoSimplex(new double[] {1, 0.5, -3}))
                .containsExactly(new double[] {0.75, 0.25, 0}, within(1e-15));
    }

    @Test
    void aVectorOfZerosHasEqualWeights() {
        assertThat(weights(new float[2], new float[] {1, 0, 0, 1}))
                .containsExactly(new double[] {0.5, 0.5}, within(1e-12));
    }
}
