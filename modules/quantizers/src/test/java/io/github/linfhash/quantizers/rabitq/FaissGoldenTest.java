package io.github.linfhash.quantizers.rabitq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.quantizers.FaissVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.rotation.LinearMap;
import org.junit.jupiter.api.Test;

/** Distances by one bit without a rotation, beside those of faiss 1.11's IndexRaBitQ: {@code ci/outside.sh quantizers golden} compares them. */
class FaissGoldenTest {
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
        FeatureMatrix vectors = FaissVectors.database();
        FeatureMatrix queries = FaissVectors.queries();
        float[] center = LinearMap.mean(vectors);
        Quantizer.Estimates estimates = new RaBitQ.Fitted(
                        new RaBitQ.Options(1, 8, 0, 32), Similarity.EUCLIDEAN, LinearMap.first(8, center))
                .encode(vectors)
                .estimates(queries);
        for (int q = 0; q < 4; q++) {
            double toCenter = 0;
            for (int j = 0; j < 8; j++) {
                double less = queries.get(q, j) - center[j];
                toCenter += less * less;
            }
            for (int i = 0; i < 16; i++) {
                double found = estimates.forQuery(q).to(i) + toCenter;
                assertThat(found).isCloseTo(RABITQ[q * 16 + i], within(1e-3));
            }
        }
    }
}
