package io.github.linfhash.baselines.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalAnchorEmbeddingTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void weightsAreAsGoodAsTheBestOfAFineGrid(long seed) {
        UniformRandomProvider random = new RandomStreams(seed).stream("points");
        float[][] anchors = new float[3][4];
        float[] x = new float[4];
        for (int j = 0; j < 4; j++) {
            x[j] = random.nextFloat() - 0.3f;
            for (float[] anchor : anchors) {
                anchor[j] = random.nextFloat() - 0.3f;
            }
        }
        FeatureMatrix matrix = FeatureMatrix.copyOf(anchors);
        AnchorSearch.Neighbors neighbors = new AnchorSearch(matrix, 3).find(x);
        AnchorGraph.SparseWeights z = neighbors.weigh(new LocalAnchorEmbedding(matrix));
        double[] weights = new double[3];
        for (int k = 0; k < 3; k++) {
            weights[z.anchor(0, k)] = z.weight(0, k);
        }
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

    private static double residual(float[] x, float[][] anchors, double[] weights) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            double value = x[j] / length(x);
            for (int a = 0; a < anchors.length; a++) {
                value -= weights[a] * anchors[a][j] / length(anchors[a]);
            }
            sum += value * value;
        }
        return sum / 2;
    }

    private static double length(float[] v) {
        double sum = 0;
        for (float value : v) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    @Test
    void projectionsOntoTheSimplexByHand() {
        assertThat(LocalAnchorEmbedding.SimplexProgram.ontoSimplex(new double[] {0.5, 0.5}))
                .containsExactly(0.5, 0.5);
        assertThat(LocalAnchorEmbedding.SimplexProgram.ontoSimplex(new double[] {2, 0}))
                .containsExactly(1, 0);
        assertThat(LocalAnchorEmbedding.SimplexProgram.ontoSimplex(new double[] {0, 0, 0}))
                .containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-15));
        assertThat(LocalAnchorEmbedding.SimplexProgram.ontoSimplex(new double[] {1, 0.5, -3}))
                .containsExactly(new double[] {0.75, 0.25, 0}, within(1e-15));
    }

    @Test
    void aRowOfZerosHasEqualWeights() {
        FeatureMatrix anchors = FeatureMatrix.copyOf(new float[][] {{1, 0}, {0, 1}});
        AnchorGraph.SparseWeights z =
                new AnchorSearch(anchors, 2).find(new float[] {0, 0}).weigh(new LocalAnchorEmbedding(anchors));

        assertThat(z.weight(0, 0)).isCloseTo(0.5, within(1e-12));
        assertThat(z.weight(0, 1)).isCloseTo(0.5, within(1e-12));
    }
}
