package io.github.linfhash.quantizers.rabitq;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BitPlanes;
import io.github.linfhash.codes.Distances;
import io.github.linfhash.codes.RaBitQCodes;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.Samples;
import io.github.linfhash.testing.Blobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RaBitQTest {
    private static final Blobs BLOBS = Samples.blobs(120, 12, 48, 7);

    private static RaBitQ.Fitted fitted(int bits, int queryBits, Similarity similarity, long seed) {
        return new RaBitQ(new RaBitQ.Options(bits, 48, queryBits, 32))
                .fit(BLOBS.train(), similarity, new RandomStreams(seed));
    }

    private static Quantizer.Encoded codes(int bits, int queryBits, Similarity similarity, long seed) {
        return fitted(bits, queryBits, similarity, seed).encode(BLOBS.train());
    }

    /** |q - c|^2, which the estimates leave out. */
    private static double toCenter(int query) {
        FeatureMatrix train = BLOBS.train();
        double squares = 0;
        for (int j = 0; j < 48; j++) {
            double mean = 0;
            for (int i = 0; i < train.rows(); i++) {
                mean += (double) train.get(i, j) / train.rows();
            }
            double less = BLOBS.test().get(query, j) - mean;
            squares += less * less;
        }
        return squares;
    }

    /** The mean of the estimates over rotations is the distance, and more bits err less. */
    @Test
    void estimatesAreUnbiasedOverRotations() {
        double[] error = new double[5];
        for (int bits = 1; bits <= 4; bits++) {
            double mean = 0;
            int seeds = 200;
            for (long seed = 0; seed < seeds; seed++) {
                double estimate = codes(bits, 0, Similarity.EUCLIDEAN, seed)
                        .estimates(BLOBS.test())
                        .forQuery(2)
                        .to(3);
                double less = estimate + toCenter(2) - Samples.squaredDistance(BLOBS.train(), 3, BLOBS.test(), 2);
                mean += less / seeds;
                error[bits] += less * less / seeds;
            }
            assertThat(mean).isCloseTo(0, within(4 * Math.sqrt(error[bits] / seeds)));
        }
        assertThat(error[2]).isLessThan(error[1] / 2);
        assertThat(error[3]).isLessThan(error[2] / 2);
        assertThat(error[4]).isLessThan(error[3] / 2);
    }

    /** With epsilon 1.9 the paper has bounds that hold nearly always; with 0.5 they fail often. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void boundsHold(int bits) {
        int outside = 0;
        int narrow = 0;
        int all = 0;
        RaBitQ.Fitted fitted = fitted(bits, 0, Similarity.EUCLIDEAN, 1);
        RaBitQCodes codes = fitted.codes(BLOBS.train());
        Quantizer.Estimates estimates = fitted.encode(BLOBS.train()).estimates(BLOBS.test());
        FeatureMatrix mapped = fitted.rotation().apply(BLOBS.test());
        FeatureMatrix x = fitted.rotation().apply(BLOBS.train());
        for (int q = 0; q < 12; q++) {
            Distances ofQuery = estimates.forQuery(q);
            double norm = Math.sqrt(Samples.product(mapped, q, mapped, q));
            for (int i = 0; i < 120; i++) {
                double error = Math.abs(
                        ofQuery.to(i) + toCenter(q) - Samples.squaredDistance(BLOBS.train(), i, BLOBS.test(), q));
                outside += error > bound(x, codes, i, norm, 1.9) + 1e-5 ? 1 : 0;
                narrow += error > bound(x, codes, i, norm, 0.5) ? 1 : 0;
                all++;
            }
        }
        // P(|N(0, 1)| > 1.9) is 0.057, P(|N(0, 1)| > 0.5) 0.62.
        assertThat((double) outside / all).isLessThan(0.1);
        assertThat((double) narrow / all).isBetween(0.4, 0.8);
    }

    /**
     * A bound on the error of an estimated squared distance that holds with confidence 1 - 2 exp(-c0 epsilon^2) (theorem 3.2 of the paper
     * of 2024): 2 |x| |q| sqrt((1 - a^2) / a^2) epsilon / sqrt(D - 1); a is the cosine of x and its grid vector.
     */
    private static double bound(FeatureMatrix x, RaBitQCodes codes, int code, double queryNorm, double epsilon) {
        BitPlanes planes = codes.planes();
        double middle = ((1 << planes.planes()) - 1) / 2.0;
        double product = 0;
        double ofX = 0;
        double ofGrid = 0;
        for (int j = 0; j < x.dimension(); j++) {
            double y = planes.number(code, j) - middle;
            product += x.get(code, j) * y;
            ofX += (double) x.get(code, j) * x.get(code, j);
            ofGrid += y * y;
        }
        double a = product / Math.sqrt(ofX * ofGrid);
        return 2 * Math.sqrt(ofX * (1 - a * a) / (a * a)) * queryNorm * epsilon / Math.sqrt(x.dimension() - 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void queriesOfEightBitsAreNearlyThoseOfFloats(int bits) {
        Quantizer.Estimates exact = codes(bits, 0, Similarity.DOT, 3).estimates(BLOBS.test());
        Quantizer.Estimates rounded = codes(bits, 8, Similarity.DOT, 3).estimates(BLOBS.test());
        for (int i = 0; i < 120; i++) {
            assertThat((double) rounded.forQuery(1).to(i))
                    .isCloseTo(exact.forQuery(1).to(i), within(0.01));
        }
    }

    /** Float16 has 11 bits, so that a term errs by 2^-12 of it at most, and an estimate by no more than twice that. */
    @ParameterizedTest
    @EnumSource(Similarity.class)
    void numbersOfFloat16AreNearlyThoseOfFloat32(Similarity similarity) {
        Quantizer.Estimates exact = codes(2, 0, similarity, 3).estimates(BLOBS.test());
        Quantizer.Encoded halves = new RaBitQ(new RaBitQ.Options(2, 48, 0, 16))
                .fit(BLOBS.train(), similarity, new RandomStreams(3))
                .encode(BLOBS.train());
        boolean same = true;
        for (int i = 0; i < 120; i++) {
            float found = halves.estimates(BLOBS.test()).forQuery(1).to(i);
            assertThat((double) found).isCloseTo(exact.forQuery(1).to(i), within(0.004));
            same &= found == exact.forQuery(1).to(i);
        }
        assertThat(same).isFalse();
    }

    @Test
    void float16HasNoLargeNumbers() {
        FeatureMatrix large = FeatureMatrix.copyOf(new float[][] {{300, 0}, {-300, 1}});
        assertBadInput(() -> new RaBitQ(new RaBitQ.Options(1, 2, 0, 16))
                        .fit(large, Similarity.EUCLIDEAN, new RandomStreams(1))
                        .encode(large))
                .hasMessage(
                        "rabitq: termBits 16 hold numbers up to 65504, and vector 0 needs 90000.25; scale the vectors,"
                                + " or take termBits 32");
    }

    @Test
    void float32IsMeantWhereNothingIsSaid() {
        assertThat(new RaBitQ.Options(1, 2, 0, null)).isEqualTo(new RaBitQ.Options(1, 2, 0, 32));
        assertBadInput(() -> new RaBitQ.Options(1, 2, 0, 8)).hasMessage("termBits: expected 32 or 16, found 8");
    }

    @Test
    void countsItsBytes() {
        assertThat(new RaBitQ(new RaBitQ.Options(1, 48, 4, 32))
                        .fit(BLOBS.train(), Similarity.DOT, new RandomStreams(0))
                        .bytes())
                .isEqualTo(6 + 8);
        assertThat(new RaBitQ(new RaBitQ.Options(3, 30, 4, 32))
                        .fit(BLOBS.train(), Similarity.DOT, new RandomStreams(0))
                        .bytes())
                .isEqualTo(12 + 8);
        assertThat(new RaBitQ(new RaBitQ.Options(3, 30, 0, 16))
                        .fit(BLOBS.train(), Similarity.DOT, new RandomStreams(0))
                        .bytes())
                .isEqualTo(12 + 4);
        assertThat(RaBitQ.SPEC.within(384, 56))
                .extracting(one -> one.options().toString())
                .contains("Options[bits=1, dimensions=384, queryBits=4, termBits=32]");
    }

    @Test
    void whatItCannotDoIsRefused() {
        assertBadInput(() -> new RaBitQ.Options(9, 8, 4, 32));
        assertBadInput(() -> new RaBitQ(new RaBitQ.Options(1, 49, 4, 32))
                        .fit(BLOBS.train(), Similarity.DOT, new RandomStreams(0)))
                .hasMessage("rabitq: expected at most 48 dimensions, found 49");
    }
}
