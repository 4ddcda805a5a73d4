package io.github.linfhash.quantizers.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.Samples;
import io.github.linfhash.quantizers.rotation.LinearMap;
import io.github.linfhash.testing.Blobs;
import org.junit.jupiter.api.Test;

/** How far inner products by code are from true ones. */
class UnbiasedProductsTest {
    private static final Blobs BLOBS = Samples.blobs(60, 4, 64, 5);

    /** Mean and standard error of estimate less truth, over seeds, for one pair. */
    private static double[] bias(Quantizer quantizer, int seeds) {
        double mean = 0;
        double squares = 0;
        for (long seed = 0; seed < seeds; seed++) {
            Quantizer.Encoded codes = quantizer
                    .fit(BLOBS.train(), Similarity.DOT, new RandomStreams(seed))
                    .encode(BLOBS.train());
            double less = -codes.estimates(BLOBS.test()).forQuery(0).to(0)
                    - Samples.product(BLOBS.train(), 0, BLOBS.test(), 0);
            mean += less / seeds;
            squares += less * less / seeds;
        }
        return new double[] {mean, Math.sqrt((squares - mean * mean) / seeds)};
    }

    /** Row and query 0 are of one cluster, so that their product is large, and values alone shrink it by 1 - 2 / pi. */
    @Test
    void theSignsOfWhatIsLeftMakeTurboQuantUnbiased() {
        double product = Samples.product(BLOBS.train(), 0, BLOBS.test(), 0);
        double[] values = bias(new TurboQuant(new TurboQuant.Options(1, 64, false, false)), 300);
        double[] both = bias(new TurboQuant(new TurboQuant.Options(1, 64, true, false)), 300);
        assertThat(values[0]).isCloseTo((2 / Math.PI - 1) * product, within(5 * values[1] + 0.01));
        assertThat(both[0]).isCloseTo(0, within(4 * both[1]));
    }

    /** A rotation is as unbiased as Gaussian numbers, and varies less. */
    @Test
    void theSignsOfARotationAreUnbiasedWithASmallerError() {
        double[] gaussian = bias(new TurboQuant(new TurboQuant.Options(1, 64, true, false)), 300);
        double[] rotation = bias(
                new TurboQuant(new TurboQuant.Options(1, 64, true, false, false, TurboQuant.Projection.ROTATION)), 300);
        assertThat(rotation[0]).isCloseTo(0, within(4 * rotation[1]));
        assertThat(rotation[1]).isLessThan(0.9 * gaussian[1]);
    }

    /** The mean's part of a product is exact, so that values alone shrink the rest: (o - c, q). */
    @Test
    void theMeanIsNoPartOfTheErrorOfCenteredTurboQuant() {
        float[] center = LinearMap.mean(BLOBS.train());
        double rest = Samples.product(BLOBS.train(), 0, BLOBS.test(), 0)
                - Samples.product(FeatureMatrix.owning(1, center.length, center), 0, BLOBS.test(), 0);
        double[] values = bias(new TurboQuant(new TurboQuant.Options(1, 64, false, true)), 300);
        double[] both = bias(new TurboQuant(new TurboQuant.Options(1, 64, true, true)), 300);
        assertThat(values[0]).isCloseTo((2 / Math.PI - 1) * rest, within(5 * values[1] + 0.01));
        assertThat(both[0]).isCloseTo(0, within(4 * both[1]));
    }

    @Test
    void int8IsNearlyExact() {
        double[] found = bias(new Int8(new Int8.Options(64)), 1);
        assertThat(found[0]).isCloseTo(0, within(5e-3));
    }

    @Test
    void sevenBitsOfOsqAreNearlyExact() {
        Quantizer.Encoded codes = new Osq(new Osq.Options(7, 64, false))
                .fit(BLOBS.train(), Similarity.DOT, new RandomStreams(0))
                .encode(BLOBS.train());
        double shared =
                codes.estimates(BLOBS.test()).forQuery(1).to(0) + Samples.product(BLOBS.train(), 0, BLOBS.test(), 1);
        for (int i = 0; i < 60; i++) {
            assertThat((double) codes.estimates(BLOBS.test()).forQuery(1).to(i))
                    .isCloseTo(shared - Samples.product(BLOBS.train(), i, BLOBS.test(), 1), within(0.01));
        }
    }
}
