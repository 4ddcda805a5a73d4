package io.github.linfhash.quantizers.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.random.RandomStreams;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.quantization.OptimizedScalarQuantizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Grids and codes of OSQ beside those that Lucene itself makes of generated vectors. In this package, as the grids of linfhash are. */
class LuceneCodesTest {
    private static final int ROWS = 1000;
    private static final int DIMENSION = 128;
    private static final double REACH = 1e-5;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 7, 8})
    void gridsAndCodesAreThoseOfLucene(int bits) {
        ZigguratSampler.NormalizedGaussian gaussian =
                ZigguratSampler.NormalizedGaussian.of(new RandomStreams(bits).stream("vectors"));
        OptimizedScalarQuantizer lucene = new OptimizedScalarQuantizer(VectorSimilarityFunction.EUCLIDEAN);
        float[] center = new float[DIMENSION];
        byte[] ours = new byte[DIMENSION];
        byte[] theirs = new byte[DIMENSION];
        int otherCodes = 0;
        int otherGrids = 0;
        for (int i = 0; i < ROWS; i++) {
            float[] x = new float[DIMENSION];
            for (int j = 0; j < DIMENSION; j++) {
                x[j] = (float) (gaussian.sample() + 0.2);
            }
            Osq.Interval found = Osq.Interval.of(x, 1 << bits);
            found.round(x, ours, 0);
            OptimizedScalarQuantizer.QuantizationResult expected =
                    lucene.scalarQuantize(x.clone(), theirs, (byte) bits, center);
            double low = Math.abs(found.low() - expected.lowerInterval());
            double high = Math.abs(found.high() - expected.upperInterval());
            otherGrids += Math.max(low, high) > REACH ? 1 : 0;
            for (int j = 0; j < DIMENSION; j++) {
                otherCodes += ours[j] == theirs[j] ? 0 : 1;
            }
        }
        // Lucene sums in float32, and may stop a round earlier or later.
        assertThat(otherGrids).isLessThanOrEqualTo(ROWS / 100);
        assertThat(otherCodes).isLessThanOrEqualTo(ROWS * DIMENSION / 5000);
    }
}
