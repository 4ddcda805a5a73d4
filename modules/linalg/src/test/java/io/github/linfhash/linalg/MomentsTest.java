package io.github.linfhash.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class MomentsTest {
    @Test
    void meanAndCovarianceOfFourKnownRows() {
        FeatureMatrix square = FeatureMatrix.copyOf(new float[][] {{0, 0}, {2, 0}, {0, 4}, {2, 4}});
        double[] mean = Moments.mean(square);

        assertThat(mean).containsExactly(1, 2);
        assertThat(Moments.covariance(square, mean)).containsExactly(1, 0, 0, 4);
    }

    @Test
    void squaredDistancesEqualPlainLoopsAlsoForEqualPoints() {
        UniformRandomProvider random = new RandomStreams(1).stream("rows");
        float[][] rows = new float[23][5];
        for (float[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                row[j] = random.nextFloat();
            }
        }
        FeatureMatrix x = FeatureMatrix.copyOf(rows);
        FeatureMatrix points = x.select(new int[] {3, 3, 11});
        float[] distances = new SquaredDistances(points).of(x.toArray());

        for (int i = 0; i < x.rows(); i++) {
            for (int p = 0; p < points.rows(); p++) {
                double expected = 0;
                for (int j = 0; j < 5; j++) {
                    expected += Math.pow((double) x.get(i, j) - points.get(p, j), 2);
                }
                assertThat((double) distances[i * 3 + p]).isCloseTo(expected, within(1e-6));
                assertThat(distances[i * 3 + p]).isNotNegative();
            }
        }
    }

    @Test
    void blocksCoverEveryRowOnceInOrder() {
        RowBlocks blocks = new RowBlocks(10, 4);

        assertThat(blocks.blocks())
                .containsExactly(new RowBlocks.Block(0, 4), new RowBlocks.Block(4, 4), new RowBlocks.Block(8, 2));
        assertThat(blocks.map(RowBlocks.Block::from)).containsExactly(0, 4, 8);
    }
}
