package io.github.linfhash.quantizers;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import org.junit.jupiter.api.Test;

class PreparedVectorsTest {
    @Test
    void cosineTakesDirections() {
        FeatureMatrix prepared =
                PreparedVectors.of(Similarity.COSINE, FeatureMatrix.copyOf(new float[][] {{3, 4}, {0, -2}}), "x.npy");
        assertThat(prepared.toArray()).containsExactly(0.6f, 0.8f, 0, -1);
    }

    @Test
    void othersTakeVectorsAsTheyAre() {
        FeatureMatrix vectors = FeatureMatrix.copyOf(new float[][] {{3, 4}, {0, 0}});
        assertThat(PreparedVectors.of(Similarity.DOT, vectors, "x.npy")).isEqualTo(vectors);
        assertThat(PreparedVectors.of(Similarity.EUCLIDEAN, vectors, "x.npy")).isEqualTo(vectors);
    }

    @Test
    void whatHasNoCosineIsRefused() {
        assertBadInput(() -> PreparedVectors.of(
                        Similarity.COSINE, FeatureMatrix.copyOf(new float[][] {{1, 0}, {0, 0}}), "x.npy"))
                .hasMessage("x.npy: expected non-zero vectors for cosine similarity, found only zeros in row 1");
        assertBadInput(() -> PreparedVectors.of(
                        Similarity.DOT, FeatureMatrix.copyOf(new float[][] {{Float.NaN, 0}}), "x.npy"))
                .hasMessage("x.npy: expected finite values, found others in row 0");
    }

    @Test
    void vectorsWhoseDistancesOverflowAreRefused() {
        FeatureMatrix huge = FeatureMatrix.copyOf(new float[][] {{1, 0}, {(float) 3e19, (float) 4e19}});
        for (Similarity similarity : new Similarity[] {Similarity.DOT, Similarity.EUCLIDEAN}) {
            assertBadInput(() -> PreparedVectors.of(similarity, huge, "x.npy"))
                    .hasMessage(
                            "x.npy: expected vectors of a length of at most 9e18, as float32 holds no larger distances; row 1 has the"
                                    + " length 5.0E19. Divide all vectors by one number.");
        }
        assertThat(PreparedVectors.of(Similarity.COSINE, huge, "x.npy").get(1, 1))
                .isEqualTo(0.8f);
    }

    /** |o - q|^2 and -(o, q) from the term, the factor and (o - c, q - c). */
    @Test
    void termsAndFactorsMakeDistances() {
        FeatureMatrix o = FeatureMatrix.copyOf(new float[][] {{1, 2}});
        float[] c = {0.5f, -1};
        double[] q = {3, 0.25};
        double inner = (1 - 0.5) * (3 - 0.5) + (2 + 1) * (0.25 + 1);
        double toCenter = (3 - 0.5) * (3 - 0.5) + (0.25 + 1) * (0.25 + 1);
        double squared = (3 - 1) * (3 - 1) + (2 - 0.25) * (2 - 0.25);
        assertThat(PreparedVectors.terms(Similarity.EUCLIDEAN, o, c)[0]
                        + Similarity.EUCLIDEAN.factor() * inner
                        + toCenter)
                .isEqualTo(squared);
        double shared = -(c[0] * (q[0] - c[0]) + c[1] * (q[1] - c[1]));
        assertThat(PreparedVectors.terms(Similarity.DOT, o, c)[0] + Similarity.DOT.factor() * inner + shared)
                .isEqualTo(-(1 * q[0] + 2 * q[1]));
    }
}
