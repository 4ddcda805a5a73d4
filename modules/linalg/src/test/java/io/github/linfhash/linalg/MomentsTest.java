package io.github.linfhash.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
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
    void blocksCoverEveryRowOnceInOrder() {
        RowBlocks blocks = new RowBlocks(10, 4);

        assertThat(blocks.blocks())
                .containsExactly(new RowBlocks.Block(0, 4), new RowBlocks.Block(4, 4), new RowBlocks.Block(8, 2));
        assertThat(blocks.map(RowBlocks.Block::from)).containsExactly(0, 4, 8);
    }
}
