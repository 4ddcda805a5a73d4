package io.github.linfhash.quantizers.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.FaissVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import org.junit.jupiter.api.Test;

class SqTest {
    /** Squared distances by faiss 1.11's IndexScalarQuantizer with QT_4bit, then QT_8bit: {@code ci/outside.sh quantizers golden} compares them. */
    private static final float[] SQ4 = {
        23.9035f, 23.423f, 11.9109f, 15.5168f, 25.7976f, 5.69117f, 12.3253f, 23.9318f, 27.6056f, 17.0018f,
        12.4565f, 24.2471f, 9.5431f, 25.2153f, 33.6707f, 22.5564f, 29.5713f, 29.2851f, 7.32113f, 15.5056f,
        21.4922f, 5.90077f, 13.369f, 18.9027f, 12.8574f, 20.084f, 21.4241f, 21.9584f, 12.3346f, 12.6209f,
        10.4732f, 16.3069f, 20.1849f, 28.8631f, 11.6811f, 18.6947f, 25.8602f, 10.118f, 10.8118f, 14.6691f,
        15.4788f, 13.7999f, 15.4895f, 11.0956f, 12.9609f, 13.9676f, 17.5583f, 4.18741f, 7.64265f, 27.2023f,
        10.1292f, 12.3182f, 13.6818f, 13.2137f, 11.6306f, 4.44634f, 10.4276f, 11.987f, 11.026f, 5.50896f,
        11.1869f, 24.0578f, 15.7379f, 14.0303f
    };

    private static final float[] SQ8 = {
        25.6176f, 23.1461f, 11.4051f, 14.7109f, 27.2868f, 6.12324f, 12.5845f, 24.5671f, 29.4969f, 17.1612f,
        13.0558f, 24.8369f, 9.68967f, 23.8989f, 34.3833f, 20.785f, 30.7202f, 28.9491f, 6.86691f, 15.3459f,
        22.1417f, 5.93976f, 12.913f, 19.2736f, 13.8047f, 20.1753f, 22.67f, 22.4952f, 12.6536f, 12.0824f,
        11.0407f, 14.9542f, 20.3104f, 27.4738f, 11.2295f, 18.326f, 26.5893f, 9.79772f, 10.6521f, 14.6853f,
        16.6258f, 14.1018f, 16.211f, 11.7006f, 12.7209f, 13.4164f, 17.1427f, 3.92321f, 7.51151f, 25.6707f,
        10.5225f, 12.8188f, 13.87f, 13.3889f, 11.7047f, 4.58534f, 10.8569f, 11.3416f, 11.6109f, 5.98387f,
        11.4922f, 22.9124f, 15.8283f, 13.2395f
    };

    private static Quantizer.Fitted fitted(QuantizerSpec<Sq.Options> spec, int dimensions, Similarity similarity) {
        return spec.factory()
                .apply(new Sq.Options(dimensions))
                .fit(FaissVectors.database(), similarity, new RandomStreams(0));
    }

    @Test
    void distancesAreThoseOfFaiss() {
        requireDistances(Sq.SQ4, SQ4);
        requireDistances(Sq.SQ8, SQ8);
    }

    private static void requireDistances(QuantizerSpec<Sq.Options> spec, float[] expected) {
        Quantizer.Encoded codes = fitted(spec, 8, Similarity.EUCLIDEAN).encode(FaissVectors.database());
        Quantizer.Estimates estimates = codes.estimates(FaissVectors.queries());
        for (int q = 0; q < 4; q++) {
            for (int i = 0; i < 16; i++) {
                assertThat((double) estimates.forQuery(q).to(i)).isCloseTo(expected[16 * q + i], within(1e-3));
            }
        }
    }

    @Test
    void nothingStandsBesideACode() {
        assertThat(fitted(Sq.SQ4, 8, Similarity.DOT).bytes()).isEqualTo(4);
        assertThat(fitted(Sq.SQ4, 5, Similarity.DOT).bytes()).isEqualTo(3);
        assertThat(fitted(Sq.SQ8, 5, Similarity.DOT).bytes()).isEqualTo(5);
        assertThat(Sq.SQ4.within(8, 4)).hasSize(1);
        assertThat(Sq.SQ4.within(8, 5)).isEmpty();
        assertThat(Sq.SQ8.within(8, 8)).hasSize(1);
        assertThat(Sq.SQ8.within(8, 9)).isEmpty();
        // A least value and a range for each of 8 dimensions.
        assertThat(fitted(Sq.SQ4, 8, Similarity.DOT).modelBytes()).isEqualTo(4 * 16);
        assertThat(fitted(Sq.SQ8, 8, Similarity.DOT).modelBytes()).isEqualTo(4 * 16);
    }
}
