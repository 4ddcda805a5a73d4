package io.github.linfhash.quantizers.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.FaissVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.Similarity;
import org.junit.jupiter.api.Test;

class Sq4Test {
    /** Squared distances by faiss 1.11's IndexScalarQuantizer with QT_4bit: {@code ci/quantizers.py golden} prints them. */
    private static final float[] SQ4 = {
        23.9035f, 23.423f, 11.9109f, 15.5168f, 25.7976f, 5.69117f, 12.3253f, 23.9318f, 27.6056f, 17.0018f,
        12.4565f, 24.2471f, 9.5431f, 25.2153f, 33.6707f, 22.5564f, 29.5713f, 29.2851f, 7.32113f, 15.5056f,
        21.4922f, 5.90077f, 13.369f, 18.9027f, 12.8574f, 20.084f, 21.4241f, 21.9584f, 12.3346f, 12.6209f,
        10.4732f, 16.3069f, 20.1849f, 28.8631f, 11.6811f, 18.6947f, 25.8602f, 10.118f, 10.8118f, 14.6691f,
        15.4788f, 13.7999f, 15.4895f, 11.0956f, 12.9609f, 13.9676f, 17.5583f, 4.18741f, 7.64265f, 27.2023f,
        10.1292f, 12.3182f, 13.6818f, 13.2137f, 11.6306f, 4.44634f, 10.4276f, 11.987f, 11.026f, 5.50896f,
        11.1869f, 24.0578f, 15.7379f, 14.0303f
    };

    private static Quantizer.Fitted fitted(int dimensions, Similarity similarity) {
        return new Sq4(new Sq4.Options(dimensions)).fit(FaissVectors.database(), similarity, new RandomStreams(0));
    }

    @Test
    void distancesAreThoseOfFaiss() {
        Quantizer.Encoded codes = fitted(8, Similarity.EUCLIDEAN).encode(FaissVectors.database());
        Quantizer.Estimates estimates = codes.estimates(FaissVectors.queries());
        for (int q = 0; q < 4; q++) {
            for (int i = 0; i < 16; i++) {
                assertThat((double) estimates.of(q).to(i)).isCloseTo(SQ4[16 * q + i], within(1e-3));
            }
        }
    }

    @Test
    void nothingStandsBesideACode() {
        assertThat(fitted(8, Similarity.DOT).bytes()).isEqualTo(4);
        assertThat(fitted(5, Similarity.DOT).bytes()).isEqualTo(3);
        assertThat(Sq4.SPEC.within(8, 4)).hasSize(1);
        assertThat(Sq4.SPEC.within(8, 5)).isEmpty();
        // A least value and a range for each of 8 dimensions.
        assertThat(fitted(8, Similarity.DOT).modelBytes()).isEqualTo(4 * 16);
    }
}
