package io.github.linfhash.quantizers.rabitq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.quantizers.DistanceEstimates;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.rotation.Maps;
import org.junit.jupiter.api.Test;

/** Distances by one bit without a rotation, beside those of faiss 1.11's IndexRaBitQ: {@code ci/quantizers.py golden} prints these numbers. */
class FaissGoldenTest {
    private static final float[] VECTORS = {
        2.04f, -2.56f, 0.42f, -0.57f, -0.45f, -0.22f, -2.02f, -0.23f, -0.87f, 3.32f, 0.23f, -0.35f, -0.28f, -0.67f,
        -1.06f, -0.39f, 0.48f, -0.24f, 0.96f, -0.2f, 0.02f, 1.55f, 0.55f, -0.51f, -0.18f, 0.54f, 1.94f, -0.27f, -0.24f,
        1f, -0.89f, -0.29f, 0.88f, 0.58f, 0.09f, 0.67f, -2.83f, 1.02f, -0.96f, -1.67f, 0.28f, 0.7f, -0.44f, -1.08f,
        0.03f, -0.05f, 1.41f, 0.75f, 0.19f, 1.11f, -0.21f, -0.93f, 0.58f, 0.58f, -0.21f, -0.78f, 0.23f, -2.49f, 0.69f,
        0.49f, -1.64f, 0.06f, -0.96f, 0.76f, -2.03f, -0.91f, 0.71f, 1.16f, -2.16f, -0.5f, 0.33f, -0.61f, 1.59f, -1.19f,
        0.35f, -1.05f, 1.41f, -0.02f, -0.37f, -1.72f, 1.68f, 0.75f, 0.75f, 1.14f, 0.35f, -0.64f, -0.8f, -0.8f, 1.37f,
        -1.46f, -0.6f, -0.32f, 0.22f, 0.58f, -1.25f, -1.73f, -0f, 1.21f, 0.76f, 0.22f, -0.32f, 0.29f, -0.24f, 0.82f,
        -0.79f, 0.13f, -0.11f, 0.54f, 0.22f, 2.55f, 1.5f, 1.5f, -2.04f, -0.34f, -0.61f, 0.53f, -2.28f, 1.17f, 1.07f,
        -1.3f, -0.98f, -0.8f, 0.04f, 0.64f, 2.05f, -0.2f, 0.77f, 0.16f
    };
    private static final float[] QUERIES = {
        1.76f, 0.74f, 1.37f, -1.08f, -0.19f, -0.81f, 1.5f, 0.66f, -0.31f, -0.45f, 0.48f, -0.7f, -0.93f, 0.48f, 2.46f,
        -0.25f, -0.56f, -1.17f, -1.34f, 0.52f, 0.85f, 0.01f, 0.33f, 0.12f, 0.14f, -1.53f, -0.46f, 0.11f, -0.78f, -0.48f,
        -0.82f, -0.33f
    };
    private static final float[] RABITQ = {
        13.06f, 35.0674f, 10.2847f, 16.0122f, 32.1094f, 4.04142f, 17.1371f, 17.7229f,
        24.6871f, 16.6573f, 15.8264f, 25.3149f, 14.9812f, 27.838f, 39.4227f, 22.1308f,
        26.3582f, 35.0925f, 6.97358f, 16.3082f, 29.2043f, 10.9938f, 18.1068f, 25.5941f,
        10.3461f, 24.7284f, 24.5437f, 22.0985f, 19.0921f, 16.5834f, 12.0426f, 12.5089f,
        29.5825f, 15.6674f, 10.5636f, 14.0647f, 23.1403f, 9.066f, 11.7467f, 20.9112f,
        18.3114f, 19.3054f, 18.0075f, 11.3916f, 10.072f, 8.49102f, 12.5116f, -0.972248f,
        8.60381f, 17.6378f, 8.60529f, 13.695f, 15.5535f, 12.4474f, 10.2574f, 5.9593f,
        11.3501f, 9.37872f, 12.8617f, 8.62228f, 9.51061f, 24.2429f, 13.346f, 7.87425f
    };

    @Test
    void distancesAreThoseOfFaiss() {
        FeatureMatrix vectors = FeatureMatrix.owning(16, 8, VECTORS);
        FeatureMatrix queries = FeatureMatrix.owning(4, 8, QUERIES);
        float[] center = Maps.mean(vectors);
        RaBitQCodes codes = new RaBitQCodes.Fitted(
                        new RaBitQ.Options(1, 8, 0), Similarity.EUCLIDEAN, center, Maps.first(8, center))
                .encode(vectors);
        DistanceEstimates estimates = codes.estimates(queries);
        for (int q = 0; q < 4; q++) {
            double toCenter = 0;
            for (int j = 0; j < 8; j++) {
                double less = queries.get(q, j) - center[j];
                toCenter += less * less;
            }
            for (int i = 0; i < 16; i++) {
                double found = estimates.of(q).to(i) + toCenter;
                assertThat(found).isCloseTo(RABITQ[q * 16 + i], within(1e-3));
            }
        }
    }
}
