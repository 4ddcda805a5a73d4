package io.github.linfhash.quantizers.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.FixedVectors;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.antisparse.AntiSparse;
import io.github.linfhash.quantizers.antisparse.AntiSparseMap;
import io.github.linfhash.quantizers.export.QuantizerParts;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import io.github.linfhash.quantizers.rabitq.RaBitQ;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.quantizers.rotation.LinearMap;
import io.github.linfhash.testing.Filled;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Side information beside a code has to be worth its bytes: the same code ranked without it finds no more neighbors. */
class SideBytesTest {
    private static final int SEED = 4;

    /** Quantizers whose bytes are those of the code alone. */
    private static final List<String> WITHOUT =
            List.of("sign truncated-sign rotated-sign itq pca-sign sq4 sq8 transform-coding pq opq rq float16 float32"
                    .split(" "));

    /**
     * A quantizer with bytes beside its codes.
     *
     * @param codes the vectors that codes stand for when nothing but the code is known, each up to a factor
     */
    private record Case(String name, Quantizer quantizer, Bare codes) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The vectors of the codes of a database, and of queries, between which inner products count. */
    private record BareVectors(FeatureMatrix database, FeatureMatrix queries) {}

    @FunctionalInterface
    private interface Bare {
        BareVectors of(FeatureMatrix database, FeatureMatrix queries, Similarity similarity);
    }

    private static Stream<Case> cases(int d) {
        Stream<Case> rabitq = IntStream.range(0, 8).mapToObj(k -> {
            int bits = k / 2 + 1;
            int termBits = k % 2 == 0 ? 32 : 16;
            RaBitQ quantizer = new RaBitQ(new RaBitQ.Options(bits, d, 0, termBits));
            return new Case("rabitq, " + bits + ", " + termBits, quantizer, (database, queries, similarity) -> {
                Map<String, NpyArray> arrays = quantizer
                        .fit(database, similarity, new RandomStreams(SEED))
                        .arrays(database);
                byte[] packed =
                        Objects.requireNonNull(arrays.get(QuantizerParts.CODES)).toBytes();
                return new BareVectors(
                        grid(packed, database.rows(), d, bits),
                        rotation(database, LinearMap.mean(database)).apply(queries));
            });
        });
        Stream<Case> osq = Stream.of(1, 2, 4, 7)
                .map(bits -> new Case(
                        "osq, " + bits, new Osq(new Osq.Options(bits, d, true)), (database, queries, similarity) -> {
                            LinearMap map = rotation(database, LinearMap.mean(database));
                            FeatureMatrix numbers = mapRows(map.apply(database), x -> {
                                byte[] rounded = new byte[d];
                                Osq.Interval.of(x, 1 << bits).round(x, rounded, 0);
                                float[] centered = Filled.floats(d, j -> rounded[j] - ((1 << bits) - 1) / 2f);
                                return centered;
                            });
                            return new BareVectors(numbers, map.apply(queries));
                        }));
        Stream<Case> turbo = IntStream.range(0, 8).mapToObj(k -> {
            int bits = k / 2 + 1;
            boolean centered = k % 2 == 1;
            return new Case(
                    "turboquant, " + bits + (centered ? ", centered" : ""),
                    new TurboQuant(new TurboQuant.Options(bits, d, false, centered)),
                    (database, queries, similarity) -> {
                        LinearMap map = rotation(database, centered ? LinearMap.mean(database) : new float[d]);
                        TurboQuant.CoordinateValues values = TurboQuant.CoordinateValues.of(d, bits);
                        FeatureMatrix nearest = mapRows(map.apply(database), x -> {
                            double squares = 0;
                            for (float value : x) {
                                squares += (double) value * value;
                            }
                            float[] decoded = new float[d];
                            for (int j = 0; j < d; j++) {
                                decoded[j] = values.value(values.nearest((float) (x[j] / Math.sqrt(squares))));
                            }
                            return decoded;
                        });
                        return new BareVectors(nearest, map.apply(queries));
                    });
        });
        Case int8 = new Case(
                "int8",
                new Int8(new Int8.Options(d)),
                (database, queries, similarity) -> new BareVectors(
                        mapRows(database, x -> {
                            float largest = 0;
                            for (float value : x) {
                                largest = Math.max(largest, Math.abs(value));
                            }
                            float[] rounded = new float[d];
                            for (int j = 0; j < d; j++) {
                                rounded[j] = Math.round(x[j] / largest * 127);
                            }
                            return rounded;
                        }),
                        queries));
        Stream<Case> antiSparse = Stream.of(d + 16, 2 * d)
                .map(bits -> new Case(
                        "anti-sparse, " + bits,
                        new AntiSparse(new AntiSparse.Options(bits, bits / 2, 60, Distance.ASYMMETRIC)),
                        (database, queries, similarity) -> {
                            AntiSparseMap map = AntiSparseMap.of(database, bits / 2, bits, 60, new RandomStreams(SEED));
                            FeatureMatrix x = FeatureMatrix.owning(
                                    database.rows(), bits, map.solve(database).x());
                            FeatureMatrix signs = mapRows(x, values -> {
                                return Filled.floats(bits, j -> values[j] > 0 ? 1 : -1);
                            });
                            return new BareVectors(signs, map.spread(queries));
                        }));
        Stream<Case> saq = Stream.of(d / 4, d / 2).map(bytes -> {
            Saq quantizer = new Saq(new Saq.Options(bytes, 6));
            return new Case("saq, " + bytes, quantizer, (database, queries, similarity) -> {
                Saq.Fitted fitted = quantizer.fit(database, similarity, new RandomStreams(SEED));
                FeatureMatrix mapped = fitted.map().apply(database);
                FeatureMatrix decoded = mapRows(mapped, x -> saqDecoded(x, fitted, mapped));
                return new BareVectors(decoded, fitted.map().apply(queries));
            });
        });
        Stream<Case> turboPlus = Stream.of(TurboPlus.Bits.values()).map(bits -> {
            TurboPlus quantizer = new TurboPlus(new TurboPlus.Options(bits, d));
            return new Case("turbo-plus, " + bits, quantizer, (database, queries, similarity) -> {
                TurboPlus.Fitted fitted = quantizer.fit(database, similarity, new RandomStreams(SEED));
                FeatureMatrix decoded = mapRows(fitted.rotation().apply(database), x -> {
                    TurboPlus.normalize(x, 0, x.length);
                    return Filled.floats(x.length, j -> fitted.values().get(j, fitted.nearest(j, x[j])));
                });
                return new BareVectors(decoded, fitted.rotation().apply(queries));
            });
        });
        return Stream.of(rabitq, osq, turbo, turboPlus, saq, Stream.of(int8), antiSparse)
                .flatMap(all -> all);
    }

    /** The grid vectors of a vector's segments, each with the root of the mean squared norm of the segment. */
    private static float[] saqDecoded(float[] x, Saq.Fitted fitted, FeatureMatrix mapped) {
        float[] decoded = new float[x.length];
        for (Saq.Segment segment : fitted.segments()) {
            int to = segment.from() + segment.width();
            byte[] numbers = new byte[segment.width()];
            Saq.adjusted(Arrays.copyOfRange(x, segment.from(), to), segment.bits(), 6, numbers, 0);
            double squares = 0;
            double ofNumbers = 0;
            for (int j = segment.from(); j < to; j++) {
                decoded[j] = (numbers[j - segment.from()] & 0xff) - ((1 << segment.bits()) - 1) / 2f;
                ofNumbers += (double) decoded[j] * decoded[j];
                for (int i = 0; i < mapped.rows(); i++) {
                    squares += (double) mapped.get(i, j) * mapped.get(i, j) / mapped.rows();
                }
            }
            for (int j = segment.from(); j < to; j++) {
                decoded[j] *= (float) Math.sqrt(squares / ofNumbers);
            }
        }
        return decoded;
    }

    private static LinearMap rotation(FeatureMatrix vectors, float[] center) {
        return LinearMap.rotatedComponents(vectors, vectors.dimension(), center, new RandomStreams(SEED));
    }

    private static FeatureMatrix grid(byte[] packed, int rows, int d, int bits) {
        int width = (d * bits + 7) / 8;
        float[] values = new float[rows * d];
        for (int k = 0; k < values.length; k++) {
            for (int p = 0; p < bits; p++) {
                int b = k % d * bits + p;
                values[k] += (packed[k / d * width + b / 8] >> b % 8 & 1) << p;
            }
            values[k] -= ((1 << bits) - 1) / 2f;
        }
        return FeatureMatrix.owning(rows, d, values);
    }

    private static FeatureMatrix mapRows(FeatureMatrix vectors, UnaryOperator<float[]> map) {
        float[][] rows = new float[vectors.rows()][];
        for (int i = 0; i < rows.length; i++) {
            float[] x = new float[vectors.dimension()];
            vectors.copyRow(i, x);
            rows[i] = map.apply(x);
        }
        return FeatureMatrix.copyOf(rows);
    }

    private static Quantizer.Estimates products(BareVectors vectors) {
        return Quantizer.Estimates.ofRows(vectors.queries, query -> i -> {
            float sum = 0;
            for (int j = 0; j < query.length; j++) {
                sum -= vectors.database.get(i, j) * query[j];
            }
            return sum;
        });
    }

    private static Stream<Arguments> all(BiPredicate<FixedVectors, Similarity> asked) {
        return FixedVectors.ALL.stream()
                .flatMap(set -> Stream.of(Similarity.values())
                        .filter(similarity -> asked.test(set, similarity))
                        .flatMap(similarity ->
                                cases(set.database().dimension()).map(one -> Arguments.of(one, set, similarity))));
    }

    /** Each set by one similarity, which are all of them together. */
    static Stream<Arguments> bySimilarity() {
        return all((set, similarity) -> similarity == set.similarity());
    }

    static Stream<Arguments> byOtherSimilarities() {
        return all((set, similarity) -> similarity != set.similarity());
    }

    @Test
    void everyQuantizerWithBytesBesideItsCodesIsHeld() {
        List<String> held =
                cases(64).map(one -> one.name.replaceAll(",.*", "")).distinct().toList();
        assertThat(Quantizers.ALL.stream().map(QuantizerSpec::name).filter(name -> !WITHOUT.contains(name)))
                .containsExactlyInAnyOrderElementsOf(held);
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("bySimilarity")
    void theSameCodeWithoutThemFindsNoMore(Case one, FixedVectors set, Similarity similarity) {
        assertFindsNoMore(one, set, similarity);
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("byOtherSimilarities")
    @Tag("slow")
    void theSameCodeWithoutThemFindsNoMoreByOtherSimilarities(Case one, FixedVectors set, Similarity similarity) {
        assertFindsNoMore(one, set, similarity);
    }

    private static void assertFindsNoMore(Case one, FixedVectors set, Similarity similarity) {
        FeatureMatrix database = PreparedVectors.of(similarity, set.database(), set.name());
        FeatureMatrix queries = PreparedVectors.of(similarity, set.queries(), set.name());
        FloatNeighbors truth = FloatNeighbors.find(database, queries, 10, similarity);
        NeighborRecall recall = new NeighborRecall(List.of(1));
        double[] with = recall.of(
                        truth,
                        database.rows(),
                        one.quantizer
                                .fit(database, similarity, new RandomStreams(SEED))
                                .encode(database)
                                .estimates(queries))[0];
        double[] without = recall.of(truth, database.rows(), products(one.codes.of(database, queries, similarity)))[0];
        double[] gain = IntStream.range(0, with.length)
                .mapToDouble(q -> with[q] - without[q])
                .toArray();
        double error = Math.sqrt(StatUtils.variance(gain) / gain.length);
        // NaN where both find the same.
        double gained = StatUtils.mean(gain) == 0 ? 0 : StatUtils.mean(gain) / error;
        assertThat(gained).isGreaterThan(-2);
    }
}
