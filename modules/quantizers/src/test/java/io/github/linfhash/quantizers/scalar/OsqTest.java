package io.github.linfhash.quantizers.scalar;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Float16;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.FixedVectors;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.rotation.LinearMap;
import io.github.linfhash.testing.Filled;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OsqTest {
    private static final FixedVectors CONE = FixedVectors.CONE;

    private static float[] normal(int d, long seed) {
        ZigguratSampler.NormalizedGaussian gaussian =
                ZigguratSampler.NormalizedGaussian.of(new RandomStreams(seed).stream("x"));
        return Filled.floats(d, j -> (float) gaussian.sample());
    }

    /** The anisotropic loss, in plain loops. */
    private static double loss(float[] x, double low, double high, int points) {
        double step = (high - low) / (points - 1);
        double along = 0;
        double squares = 0;
        double length = 0;
        for (float value : x) {
            double nearest = low + step * Math.round((Math.min(high, Math.max(low, value)) - low) / step);
            along += value * (value - nearest);
            squares += (value - nearest) * (value - nearest);
            length += value * value;
        }
        return 0.9 * along * along / length + 0.1 * squares;
    }

    /** No grid of a search over both ends loses much less; of more points the descent finds what is best near its start. */
    @Test
    void losesLittleMoreThanTheBestOfManyGrids() {
        int points = 2;
        for (long seed = 0; seed < 5; seed++) {
            float[] x = normal(64, seed);
            Osq.Interval found = Osq.Interval.of(x, points);
            double best = Double.POSITIVE_INFINITY;
            for (double low = -4; low < 0; low += 0.05) {
                for (double high = 0.05; high < 4; high += 0.05) {
                    best = Math.min(best, loss(x, low, high, points));
                }
            }
            assertThat(loss(x, found.low(), found.high(), points)).isLessThan(1.2 * best);
        }
    }

    @Test
    void aVectorOfTwoValuesIsExact() {
        float[] x = {-1, 3, 3, -1, -1};
        Osq.Interval found = Osq.Interval.of(x, 2);
        byte[] numbers = new byte[5];
        found.round(x, numbers, 0);
        assertThat(numbers).containsExactly(0, 1, 1, 0, 0);
        assertThat(found.low()).isCloseTo(-1, within(1e-5f));
        assertThat(found.high()).isCloseTo(3, within(1e-5f));
    }

    @Test
    void equalValuesHaveAGrid() {
        Osq.Interval zeros = Osq.Interval.of(new float[3], 4);
        assertThat(zeros.nearest(0)).isZero();
        assertThat(zeros.step()).isZero();
        Osq.Interval twos = Osq.Interval.of(new float[] {2, 2}, 16);
        assertThat(twos.low() + twos.step() * twos.nearest(2)).isCloseTo(2, within(1e-5f));
    }

    /** Distances to the decoded vectors, in doubles; to queries in float32 no more is lost than the sums of floats lose. */
    @ParameterizedTest
    @CsvSource({
        "1, 64, false, 16, EUCLIDEAN",
        "1, 64, true, 32, COSINE",
        "2, 64, true, 16, DOT",
        "2, 20, true, 16, EUCLIDEAN",
        "4, 20, true, 16, COSINE",
        "4, 64, false, 32, DOT"
    })
    void estimatesOfFloatQueriesAreThoseOfTheDecodedVectors(
            int bits, int kept, boolean rotated, int termBits, Similarity similarity) {
        FeatureMatrix database = PreparedVectors.of(similarity, CONE.database(), "cone");
        FeatureMatrix queries = PreparedVectors.of(similarity, CONE.queries(), "cone");
        float[] center = LinearMap.mean(database);
        LinearMap map = rotated
                ? LinearMap.rotatedComponents(database, kept, center, new RandomStreams(4))
                : LinearMap.first(database.dimension(), center);
        FeatureMatrix mapped = map.apply(database);
        FeatureMatrix mappedQueries = map.apply(queries);
        float[] terms = PreparedVectors.terms(similarity, database, center);
        Quantizer.Fitted fitted = new Osq(new Osq.Options(bits, kept, rotated, 0, termBits))
                .fit(database, similarity, new RandomStreams(4));
        Quantizer.Estimates estimates = fitted.encode(database).estimates(queries);
        int points = 1 << bits;
        double largest = 0;
        for (int i = 0; i < database.rows(); i++) {
            float[] x = new float[kept];
            mapped.copyRow(i, x);
            Osq.Interval free = Osq.Interval.of(x, points);
            double low = termBits == 16 ? half(free.low()) : free.low();
            double high = termBits == 16 ? half(free.high()) : free.high();
            double step = (high - low) / (points - 1);
            double term = termBits == 16 ? half(terms[i]) : terms[i];
            for (int q = 0; q < 5; q++) {
                double product = 0;
                for (int j = 0; j < kept; j++) {
                    double number = Math.round((Math.min(high, Math.max(low, x[j])) - low) / step);
                    product += (low + step * number) * mappedQueries.get(q, j);
                }
                double expected = term + similarity.factor() * product;
                assertThat((double) estimates.forQuery(q).to(i)).isCloseTo(expected, within(2e-3));
                largest = Math.max(largest, Math.abs(expected));
            }
        }
        assertThat(largest).isGreaterThan(0.1);
        assertThat(fitted.bytes()).isEqualTo((kept * bits + 7) / 8 + (termBits == 16 ? 8 : 14));
    }

    private static double half(float value) {
        return Float16.toFloat(Float16.of(value));
    }

    @Test
    void rejectsNumbersThatFloat16CannotHold() {
        FeatureMatrix vectors = FeatureMatrix.copyOf(new float[][] {{1e5f, 0}, {-1e5f, 0}, {3, 4}});
        Quantizer.Fitted fitted =
                new Osq(new Osq.Options(1, 2, false, 0, 16)).fit(vectors, Similarity.EUCLIDEAN, new RandomStreams(0));
        assertBadInput(() -> fitted.encode(vectors))
                .hasMessageContaining("osq: termBits 16 hold numbers up to 65504")
                .hasMessageContaining("scale the vectors, or take termBits 32");
        assertBadInput(() -> new Osq.Options(1, 2, false, 0, 8)).hasMessage("termBits: expected 32 or 16, found 8");
        assertThat(new Osq.Options(7, 2, false)).isEqualTo(new Osq.Options(7, 2, false, 7, 32));
    }
}
