package io.github.linfhash.quantizers.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.Samples;
import org.junit.jupiter.api.Test;

class OptimizedProductQuantizerTest {
    /** Where Y = X R' for a rotation R, and the rows of X span the space, no other matrix has the error 0. */
    @Test
    void theNearestRotationIsThatWhichTheVectorsWereTurnedBy() {
        double c = Math.cos(0.7);
        double s = Math.sin(0.7);
        // A turn of the first two coordinates, and then each coordinate takes the place of the next one.
        double[][] rotation = {{0, 0, 1}, {c, -s, 0}, {s, c, 0}};
        float[] x = {1, 2, -1, 0.5f, -1, 3, 2, 0, 1, -1, 4, 0.25f, 3, 1, 1};
        float[] y = new float[x.length];
        for (int row = 0; row < 5; row++) {
            for (int i = 0; i < 3; i++) {
                double sum = 0;
                for (int j = 0; j < 3; j++) {
                    sum += rotation[i][j] * x[row * 3 + j];
                }
                y[row * 3 + i] = (float) sum;
            }
        }

        double[][] found =
                OptimizedProductQuantizer.nearest(FeatureMatrix.owning(5, 3, x), FeatureMatrix.owning(5, 3, y));

        for (int i = 0; i < 3; i++) {
            assertThat(found[i]).containsExactly(rotation[i], within(1e-5));
        }
    }

    /** Both halves of a round are minimizations of the same error, each with the other's result held. */
    @Test
    void roundsLowerTheErrorOfTheVectorsThatItLearnsOn() {
        FeatureMatrix vectors = Samples.blobs(600, 1, 12, 5).train();
        double start = error(vectors, 0);
        double improved = error(vectors, 8);

        assertThat(improved).isPositive().isLessThan(0.97 * start);
    }

    @Test
    void aBriefFitHasFewIterations() {
        FeatureMatrix vectors = Samples.vectors(600, 12, 1);
        Quantizer opq = new OptimizedProductQuantizer(new OptimizedProductQuantizer.Options(3, 10, 25, 600));
        Quantizer pq = new ProductQuantizer(new ProductQuantizer.Options(3, 25, 600, null));
        assertThat(distances(opq.brief(), vectors))
                .isEqualTo(distances(
                        new OptimizedProductQuantizer(new OptimizedProductQuantizer.Options(3, 2, 5, 600)), vectors))
                .isNotEqualTo(distances(opq, vectors));
        assertThat(distances(pq.brief(), vectors))
                .isEqualTo(distances(new ProductQuantizer(new ProductQuantizer.Options(3, 5, 600, null)), vectors))
                .isNotEqualTo(distances(pq, vectors));
    }

    private static float[] distances(Quantizer quantizer, FeatureMatrix vectors) {
        return quantizer
                .fit(vectors, Similarity.EUCLIDEAN, new RandomStreams(2))
                .encode(vectors)
                .estimates(vectors)
                .forQuery(0)
                .first(vectors.rows());
    }

    private static double error(FeatureMatrix vectors, int rounds) {
        OptimizedProductQuantizer.Options options =
                new OptimizedProductQuantizer.Options(3, rounds, 25, vectors.rows());
        ProductQuantizer.Fitted fitted = (ProductQuantizer.Fitted)
                new OptimizedProductQuantizer(options).fit(vectors, Similarity.EUCLIDEAN, new RandomStreams(2));
        float[] rotated = fitted.map().apply(vectors).toArray();
        float[] decoded = fitted.codebooks()
                .decode(fitted.codebooks().encode(fitted.map().apply(vectors)))
                .toArray();
        double error = 0;
        for (int i = 0; i < rotated.length; i++) {
            error += Math.pow(rotated[i] - decoded[i], 2);
        }
        return error;
    }
}
