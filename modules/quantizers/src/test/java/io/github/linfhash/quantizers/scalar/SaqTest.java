package io.github.linfhash.quantizers.scalar;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Distances;
import io.github.linfhash.codes.Float16;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.FixedVectors;
import io.github.linfhash.quantizers.Samples;
import io.github.linfhash.quantizers.scalar.Saq.Segment;
import io.github.linfhash.testing.Filled;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SaqTest {
    private static final int ROUNDS = 6;

    private static Saq.Fitted fitted(int bytes, FeatureMatrix vectors, Similarity similarity) {
        return new Saq(new Saq.Options(bytes, ROUNDS)).fit(vectors, similarity, new RandomStreams(3));
    }

    /** Of 28 components, the last block of which is of 4. */
    @Test
    void noOtherSegmentsHaveALesserError() {
        double[] variances = IntStream.range(0, 28)
                .mapToDouble(k -> k < 5 ? 40 - k : 9.0 / (k + 1))
                .toArray();
        for (int bytes = 5; bytes <= 36; bytes++) {
            List<Segment> found = Saq.segments(variances, bytes);
            double error = Arrays.stream(variances).sum();
            int used = 2;
            int next = 0;
            for (Segment segment : found) {
                assertThat(segment.from()).isEqualTo(next);
                next += segment.width();
                used += segment.bytes();
                error -= sum(variances, segment.from(), next) * (1 - Math.pow(2, -segment.bits()));
            }
            assertThat(used).isLessThanOrEqualTo(bytes);
            assertThat(error).isCloseTo(least(variances, 0, bytes - 2), within(1e-9));
        }
    }

    private static double sum(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).sum();
    }

    /** The least error of the components from one on, over all ways to go on. */
    private static double least(double[] variances, int from, int bytes) {
        double least = sum(variances, from, variances.length);
        for (int blocks = 1; from + 8 * (blocks - 1) < variances.length; blocks++) {
            int to = Math.min(variances.length, from + 8 * blocks);
            for (int bits = 1; bits <= 8; bits++) {
                int used = 2 + ((to - from) * bits + 7) / 8;
                if (used <= bytes) {
                    double here = sum(variances, from, to) / Math.pow(2, bits);
                    least = Math.min(least, here + least(variances, to, bytes - used));
                }
            }
        }
        return least;
    }

    /** Numbers that are no worse than rounded ones, and that no move of one of them makes better. */
    @Test
    void adjustedNumbersHaveNoBetterNeighbor() {
        ZigguratSampler.NormalizedGaussian gaussian =
                ZigguratSampler.NormalizedGaussian.of(new RandomStreams(2).stream("normal"));
        double gained = 0;
        for (int bits = 1; bits <= 8; bits++) {
            for (int repeat = 0; repeat < 20; repeat++) {
                float[] x = Filled.floats(24, i -> (float) gaussian.sample());
                double[] rounded = grid(x, bits, 0);
                double[] y = grid(x, bits, 1000);
                double best = cosine(x, y);
                gained += best - cosine(x, rounded);
                assertThat(best).isGreaterThanOrEqualTo(cosine(x, rounded) - 1e-12);
                for (int j = 0; j < y.length; j++) {
                    for (int step = -1; step <= 1; step += 2) {
                        double[] moved = y.clone();
                        moved[j] += step;
                        if (Math.abs(moved[j]) < (1 << bits) / 2.0) {
                            assertThat(cosine(x, moved)).isLessThanOrEqualTo(best + 1e-12);
                        }
                    }
                }
            }
        }
        assertThat(gained).isGreaterThan(0.05);
    }

    private static double[] grid(float[] x, int bits, int rounds) {
        byte[] numbers = new byte[x.length];
        double factor = Saq.adjusted(x, bits, rounds, numbers, 0);
        double[] y = IntStream.range(0, x.length)
                .mapToDouble(j -> (numbers[j] & 0xff) - ((1 << bits) - 1) / 2.0)
                .toArray();
        assertThat(factor).isCloseTo(product(x, x) / product(y, x), within(1e-9));
        return y;
    }

    private static double product(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(j -> (double) a[j] * b[j])
                .sum();
    }

    private static double product(double[] a, float[] b) {
        return IntStream.range(0, a.length).mapToDouble(j -> a[j] * b[j]).sum();
    }

    private static double cosine(float[] x, double[] y) {
        double squares = Arrays.stream(y).map(value -> value * value).sum();
        return product(y, x) / Math.sqrt(squares * product(x, x));
    }

    /** Estimates from the map, the segments and the numbers, in doubles. */
    @ParameterizedTest
    @EnumSource(Similarity.class)
    void distancesAreThoseOfTheFormula(Similarity similarity) {
        FeatureMatrix database = FixedVectors.CONE.database();
        FeatureMatrix queries = FixedVectors.CONE.queries();
        Saq.Fitted fitted = fitted(30, database, similarity);
        assertThat(fitted.segments()).hasSizeGreaterThan(1);
        assertThat(fitted.bytes()).isBetween(28, 30);
        FeatureMatrix mapped = fitted.map().apply(database);
        FeatureMatrix mappedQueries = fitted.map().apply(queries);
        float[] center = fitted.map().center();
        Distances found = fitted.encode(database).estimates(queries).forQuery(7);
        for (int i = 0; i < 50; i++) {
            double estimate = half(similarity.term(row(database, i), 0, center) - similarity.term(center, 0, center));
            for (Segment segment : fitted.segments()) {
                int to = segment.from() + segment.width();
                float[] x = Arrays.copyOfRange(row(mapped, i), segment.from(), to);
                float[] q = Arrays.copyOfRange(row(mappedQueries, 7), segment.from(), to);
                double[] y = grid(x, segment.bits(), ROUNDS);
                estimate += similarity.factor() * half(product(x, x) / product(y, x)) * product(y, q);
            }
            assertThat((double) found.to(i)).isCloseTo(estimate, within(1e-4));
        }
    }

    private static double half(double value) {
        return Float16.toFloat(Float16.of((float) value));
    }

    private static float[] row(FeatureMatrix vectors, int i) {
        float[] row = new float[vectors.dimension()];
        vectors.copyRow(i, row);
        return row;
    }

    /** The map has orthonormal rows, so that segments share nothing. */
    @Test
    void segmentsAreRotatedByThemselves() {
        Saq.Fitted fitted = fitted(30, FixedVectors.CONE.database(), Similarity.COSINE);
        float[] weights = fitted.map().weights();
        int d = FixedVectors.CONE.database().dimension();
        int outputs = fitted.map().outputs();
        assertThat(weights).hasSize(outputs * d);
        for (int a = 0; a < outputs; a++) {
            for (int b = 0; b <= a; b++) {
                float[] left = Arrays.copyOfRange(weights, a * d, (a + 1) * d);
                float[] right = Arrays.copyOfRange(weights, b * d, (b + 1) * d);
                assertThat(product(left, right)).isCloseTo(a == b ? 1 : 0, within(1e-5));
            }
        }
    }

    @Test
    void numbersBeyondFloat16AreRefused() {
        FeatureMatrix small = Samples.vectors(40, 16, 2);
        float[] large = small.toArray();
        for (int k = 0; k < large.length; k++) {
            large[k] *= 1e6f;
        }
        FeatureMatrix vectors = FeatureMatrix.owning(40, 16, large);
        Saq.Fitted fitted = fitted(8, vectors, Similarity.EUCLIDEAN);
        assertBadInput(() -> fitted.encode(vectors))
                .hasMessageMatching(
                        "saq: float16 holds numbers up to 65504, and vector 0 needs [0-9.E]+; scale the vectors");
    }
}
