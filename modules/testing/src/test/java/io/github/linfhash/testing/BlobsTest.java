package io.github.linfhash.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.FeatureMatrix;
import org.junit.jupiter.api.Test;

class BlobsTest {
    private static final Blobs.Sizes SIZES = new Blobs.Sizes(3, 10, 30, 12);
    private final Blobs blobs = Blobs.classes(SIZES, 5);

    @Test
    void partsHaveTheirSizes() {
        assertThat(blobs.train().rows()).isEqualTo(30);
        assertThat(blobs.trainLabels().size()).isEqualTo(30);
        assertThat(blobs.test().rows()).isEqualTo(12);
        assertThat(blobs.testLabels().size()).isEqualTo(12);
        assertThat(blobs.trainingSet().dimension()).isEqualTo(10);
        assertThat(blobs.relevance().queries()).isEqualTo(12);
    }

    @Test
    void theSeedDecidesEverything() {
        assertThat(Blobs.classes(SIZES, 5)).isEqualTo(blobs);
        assertThat(Blobs.classes(SIZES, 6).train()).isNotEqualTo(blobs.train());
        assertThat(Blobs.labelSets(SIZES, 5).train()).isEqualTo(blobs.train());
    }

    @Test
    void rowsHaveUnitLength() {
        for (int i = 0; i < 12; i++) {
            assertThat(squaredDistance(blobs.test(), i, FeatureMatrix.owning(1, 10, new float[10]), 0))
                    .isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void theNearestTrainingRowIsOfTheSameCluster() {
        for (int q = 0; q < 12; q++) {
            int nearest = 0;
            for (int i = 1; i < 30; i++) {
                if (squaredDistance(blobs.test(), q, blobs.train(), i)
                        < squaredDistance(blobs.test(), q, blobs.train(), nearest)) {
                    nearest = i;
                }
            }
            assertThat(blobs.testLabels().similar(q, blobs.trainLabels(), nearest))
                    .isTrue();
        }
    }

    private static double squaredDistance(FeatureMatrix left, int i, FeatureMatrix right, int k) {
        double sum = 0;
        for (int j = 0; j < left.dimension(); j++) {
            double difference = left.get(i, j) - right.get(k, j);
            sum += difference * difference;
        }
        return sum;
    }

    @Test
    void neighboringClustersShareALabelAndOthersNone() {
        Blobs sets = Blobs.labelSets(new Blobs.Sizes(5, 4, 5, 5), 0);
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                int apart = Math.floorMod(i - j, 5);
                boolean neighbors = apart <= 1 || apart == 4;
                assertThat(sets.testLabels().similar(i, sets.trainLabels(), j)).isEqualTo(neighbors);
            }
        }
    }
}
