package io.github.linfhash.quantizers.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Distances;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.Range;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.FixedVectors;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Samples;
import io.github.linfhash.quantizers.antisparse.AntiSparse;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.neighbors.FloatNeighbors;
import io.github.linfhash.quantizers.neighbors.NeighborRecall;
import io.github.linfhash.quantizers.sign.RotatedSign;
import io.github.linfhash.quantizers.sign.Sign;
import io.github.linfhash.testing.Blobs;
import io.github.linfhash.testing.Filled;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that every quantizer has to keep. */
class QuantizersTest {
    private static final int DIMENSION = 48;
    private static final Blobs BLOBS = Samples.blobs(400, 40, DIMENSION, 11);
    private static final List<Integer> BUDGETS = List.of(5, 6, 8, 14, 16, 20, 28, 52, 192);

    /** Less and more than a bit, and two, four and all of each dimension. */
    private static final List<Integer> FEW_BUDGETS = List.of(5, 6, 14, 28, 52, 192);

    private static Stream<QuantizerSpec.Configured> ofBudgets(List<Integer> budgets) {
        return Quantizers.ALL.stream()
                .flatMap(spec -> budgets.stream().flatMap(bytes -> spec.within(DIMENSION, bytes).stream()))
                .distinct();
    }

    static Stream<QuantizerSpec.Configured> all() {
        return ofBudgets(FEW_BUDGETS);
    }

    static Stream<QuantizerSpec.Configured> others() {
        List<List<Object>> few = all().map(one -> key(one, Similarity.DOT)).toList();
        return ofBudgets(BUDGETS).filter(one -> !few.contains(key(one, Similarity.DOT)));
    }

    private static final Map<Similarity, FloatNeighbors> NEIGHBORS = new EnumMap<>(Similarity.class);
    private static final Map<List<Object>, Quantizer.Fitted> FITTED = new HashMap<>();
    private static final Map<List<Object>, Quantizer.Encoded> ENCODED = new HashMap<>();

    private static List<Object> key(QuantizerSpec.Configured one, Similarity similarity) {
        return List.of(one.name(), one.options(), similarity);
    }

    private static Quantizer.Fitted fit(QuantizerSpec.Configured one, Similarity similarity, long seed) {
        return one.quantizer().fit(BLOBS.train(), similarity, new RandomStreams(seed));
    }

    /** With seed 1, once for all tests. */
    private static Quantizer.Fitted fitted(QuantizerSpec.Configured one, Similarity similarity) {
        return FITTED.computeIfAbsent(key(one, similarity), key -> fit(one, similarity, 1));
    }

    private static Quantizer.Encoded encoded(QuantizerSpec.Configured one, Similarity similarity) {
        return ENCODED.computeIfAbsent(
                key(one, similarity), key -> fitted(one, similarity).encode(BLOBS.train()));
    }

    private static float[] distances(Quantizer.Encoded codes, Distances query) {
        return Filled.floats(codes.size(), i -> query.to(i));
    }

    @Test
    void everyoneFitsSomewhere() {
        assertThat(Quantizers.ALL)
                .allSatisfy(spec -> assertThat(
                                BUDGETS.stream().flatMap(bytes -> spec.within(DIMENSION, bytes).stream()))
                        .as(spec.name())
                        .isNotEmpty());
        assertThat(Quantizers.ALL.stream().map(QuantizerSpec::name)).doesNotHaveDuplicates();
    }

    @Test
    void nobodyMakesManyTimesAsManyBitsAsThereAreDimensions() {
        for (QuantizerSpec<?> spec : List.of(AntiSparse.SPEC, RotatedSign.SPEC)) {
            assertThat(spec.within(DIMENSION, DIMENSION)).as(spec.name()).isNotEmpty();
            assertThat(spec.within(DIMENSION, 2 * DIMENSION)).as(spec.name()).isEmpty();
        }
    }

    @Test
    void bytesKeepTheBudget() {
        for (QuantizerSpec<?> spec : Quantizers.ALL) {
            for (int bytes : BUDGETS) {
                for (QuantizerSpec.Configured one : spec.within(DIMENSION, bytes)) {
                    int taken = fitted(one, Similarity.EUCLIDEAN).bytes();
                    assertThat(taken).as(one.name() + " " + one.options()).isLessThanOrEqualTo(bytes);
                }
            }
        }
    }

    /** Those that differ in the comparison alone. */
    static Stream<Arguments> fittedAlike() {
        List<QuantizerSpec.Configured> all = all().toList();
        return all.stream()
                .flatMap(one -> all.stream()
                        .filter(other -> one.fitsLike(other) && !one.options().equals(other.options()))
                        .map(other -> Arguments.of(one, other)));
    }

    @ParameterizedTest
    @MethodSource("fittedAlike")
    void codesThatAreComparedLikeThoseOfAnotherAreTheCodesOfTheOther(
            QuantizerSpec.Configured one, QuantizerSpec.Configured other) {
        Quantizer.Encoded shared =
                encoded(one, Similarity.DOT).comparedBy(other).orElseThrow();
        Quantizer.Encoded own = encoded(other, Similarity.DOT);
        float[] found = distances(shared, shared.estimates(BLOBS.test()).forQuery(3));
        assertThat(found).isEqualTo(distances(own, own.estimates(BLOBS.test()).forQuery(3)));
        Quantizer.Encoded before = encoded(one, Similarity.DOT);
        assertThat(found)
                .isNotEqualTo(distances(before, before.estimates(BLOBS.test()).forQuery(3)));
    }

    @Test
    void whatDiffersInMoreThanTheComparisonIsNotFittedAlike() {
        assertThat(fittedAlike()
                        .map(pair -> ((QuantizerSpec.Configured) pair.get()[0]).name())
                        .distinct())
                .containsExactly("sign", "truncated-sign", "rotated-sign", "itq", "pca-sign", "rabitq", "osq");
        List<QuantizerSpec.Configured> signs = Sign.SPEC.within(DIMENSION, DIMENSION / 8);
        assertThat(signs).hasSize(3);
        assertThat(signs.get(0).fitsLike(signs.get(1))).isFalse();
        assertThat(signs.get(1).fitsLike(signs.get(2))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("all")
    void codesAreDeterminedBySeedAndVector(QuantizerSpec.Configured one) {
        Quantizer.Fitted fitted = fitted(one, Similarity.DOT);
        if (fitted instanceof PortableQuantizer portable) {
            assertThat(fitted.modelBytes())
                    .isEqualTo(portable.parts().arrays().values().stream()
                            .mapToLong(array -> array.toBytes().length)
                            .sum());
        } else {
            long least = one.name().startsWith("float")
                    ? 0
                    : (long) Float.BYTES * BLOBS.train().dimension();
            assertThat(fitted.modelBytes()).isGreaterThanOrEqualTo(least);
            assertThat(fitted.modelBytes() == 0).isEqualTo(least == 0);
        }
        Quantizer.Encoded codes = encoded(one, Similarity.DOT);
        float[] found = distances(codes, codes.estimates(BLOBS.test()).forQuery(3));

        Quantizer.Encoded again = fit(one, Similarity.DOT, 1).encode(BLOBS.train());
        assertThat(distances(again, again.estimates(BLOBS.test()).forQuery(3))).isEqualTo(found);

        Quantizer.Encoded other = fit(one, Similarity.DOT, 2).encode(BLOBS.train());
        boolean same =
                Arrays.equals(distances(other, other.estimates(BLOBS.test()).forQuery(3)), found);
        assertThat(same).as("whether another seed gives the same").isEqualTo(!one.random());

        for (int dimension : new int[] {DIMENSION - 1, DIMENSION + 1}) {
            FeatureMatrix others = Samples.vectors(6, dimension, 2);
            assertThatThrownBy(() -> fitted.encode(others)).isInstanceOf(IllegalArgumentException.class);
        }

        int[] some = {5, 17, 250};
        Quantizer.Encoded part = fitted.encode(BLOBS.train().select(some));
        float[] ofPart = distances(
                part, part.estimates(BLOBS.test().select(new int[] {3})).forQuery(0));
        for (int i = 0; i < some.length; i++) {
            assertThat(ofPart[i]).isCloseTo(found[some[i]], within(1e-4f));
        }
    }

    /** Those that compare many queries at once. */
    static Stream<QuantizerSpec.Configured> together() {
        return all().filter(one -> Set.of("float32", "float16", "int8").contains(one.name()));
    }

    /** Of some of the codes; whole numbers are the same to the last bit. */
    @ParameterizedTest
    @MethodSource("together")
    void queriesTogetherHaveTheDistancesOfEach(QuantizerSpec.Configured one) {
        for (Similarity similarity : List.of(Similarity.EUCLIDEAN, Similarity.DOT)) {
            Quantizer.Encoded codes = one.quantizer()
                    .fit(BLOBS.train(), similarity, new RandomStreams(1))
                    .encode(BLOBS.train());
            Quantizer.Estimates estimates = codes.estimates(BLOBS.test());
            assertThat(estimates.together()).isNotNull();
            Map<Integer, float[]> found = new ConcurrentHashMap<>();
            estimates.forEach(codes.size() - 3, found::put);
            assertThat(found.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, estimates.queries()).boxed().toList());
            float reach = one.name().startsWith("float") ? 1e-3f : 0;
            found.forEach((query, distances) -> assertThat(distances)
                    .containsExactly(estimates.forQuery(query).first(codes.size() - 3), within(reach)));
        }
    }

    /** Far above the 0.1 of chance at 40 of 400, for distances and for inner products. */
    @ParameterizedTest
    @MethodSource("all")
    void neighborsAreFoundAgain(QuantizerSpec.Configured one) {
        for (Similarity similarity : List.of(Similarity.EUCLIDEAN, Similarity.DOT)) {
            FloatNeighbors truth = NEIGHBORS.computeIfAbsent(
                    similarity, key -> FloatNeighbors.find(BLOBS.train(), BLOBS.test(), 10, key));
            Quantizer.Encoded codes = encoded(one, similarity);
            double[] recall = new NeighborRecall(List.of(4)).of(truth, codes, codes.estimates(BLOBS.test()))[0];
            assertThat(Arrays.stream(recall).average().orElseThrow())
                    .as(one.name() + " " + one.options())
                    .isGreaterThan(0.4);
        }
    }

    /**
     * Those that compare a query with decoded vectors by distance for the cosine, and by inner product for inner products. The estimates differ in the norms of
     * decoded vectors, and so do the neighbors: a shorter decoded vector has lost more, which a distance makes up for.
     */
    private static final Set<String> DECODING = Set.of("int8", "sq4", "sq8", "transform-coding", "pq", "opq");

    /** Vectors of length 1 far from the origin, whose neighbors by cosine and by inner product are the same. */
    private static FeatureMatrix unit(FeatureMatrix cone) {
        float[] values = new float[cone.rows() * DIMENSION];
        for (int k = 0; k < values.length; k++) {
            values[k] = cone.get(k / DIMENSION, k % DIMENSION);
        }
        return PreparedVectors.of(Similarity.COSINE, FeatureMatrix.owning(cone.rows(), DIMENSION, values), "cone");
    }

    /** The recall of all queries, and the distances of a few. */
    private record OfUnitVectors(double recall, List<float[]> distances) {
        static final FeatureMatrix DATABASE = unit(FixedVectors.CONE.database());
        static final FeatureMatrix QUERIES = unit(FixedVectors.CONE.queries());
        static final FloatNeighbors TRUTH = FloatNeighbors.find(DATABASE, QUERIES, 10, Similarity.COSINE);

        static OfUnitVectors of(QuantizerSpec.Configured one, Similarity similarity) {
            Quantizer.Encoded codes = one.quantizer()
                    .fit(DATABASE, similarity, new RandomStreams(1))
                    .encode(DATABASE);
            Quantizer.Estimates estimates = codes.estimates(QUERIES);
            double[] recall = new NeighborRecall(List.of(1)).of(TRUTH, codes, estimates)[0];
            return new OfUnitVectors(
                    Arrays.stream(recall).average().orElseThrow(),
                    IntStream.range(0, 3)
                            .mapToObj(query -> QuantizersTest.distances(codes, estimates.forQuery(query)))
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void cosineAndDotFindTheSameNeighborsOfUnitVectors(QuantizerSpec.Configured one) {
        OfUnitVectors cosine = OfUnitVectors.of(one, Similarity.COSINE);
        OfUnitVectors dot = OfUnitVectors.of(one, Similarity.DOT);
        String name = one.name() + " " + one.options();
        if (DECODING.contains(one.name()) || name.matches("turboquant .*centered=true.*")) {
            assertSquaresOfDecoded(name, cosine.distances, dot.distances);
            // A reader of advice is told so.
            assertThat(cosine.recall).as(name).isGreaterThan(dot.recall - 0.01);
        } else {
            // The two round other numbers to float16.
            double rounding = name.contains("termBits=16") ? 0.02 : 0.01;
            assertThat(dot.recall).as(name).isCloseTo(cosine.recall, within(rounding));
        }
    }

    /** |v|^2 - 2 (v, q) less twice -(v, q) is |v|^2 for every query, up to what all codes of a query share. */
    private static void assertSquaresOfDecoded(String name, List<float[]> cosine, List<float[]> dot) {
        for (int q = 1; q < cosine.size(); q++) {
            for (int i = 1; i < cosine.get(q).length; i++) {
                assertThat(less(cosine.get(q), dot.get(q), i))
                        .as(name)
                        .isCloseTo(less(cosine.get(0), dot.get(0), i), within(1e-4));
            }
        }
    }

    private static double less(float[] cosine, float[] dot, int i) {
        return cosine[i] - cosine[0] - 2 * (dot[i] - dot[0]);
    }

    @ParameterizedTest
    @MethodSource("all")
    void equalVectorsAreNoTrouble(QuantizerSpec.Configured one) {
        FeatureMatrix equal = BLOBS.train().select(new int[300]);
        Quantizer.Encoded codes = one.quantizer()
                .fit(equal, Similarity.EUCLIDEAN, new RandomStreams(1))
                .encode(equal);
        float[] found = distances(codes, codes.estimates(BLOBS.test()).forQuery(0));
        for (float distance : found) {
            assertThat(distance).isFinite().isEqualTo(found[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("others")
    @Tag("slow")
    void ofOtherSizesTheSameHolds(QuantizerSpec.Configured one) {
        codesAreDeterminedBySeedAndVector(one);
        neighborsAreFoundAgain(one);
        equalVectorsAreNoTrouble(one);
    }

    /** The bits of side terms are 16 or 32, which no range says. */
    @ParameterizedTest
    @FieldSource("io.github.linfhash.quantizers.registry.Quantizers#ALL")
    void everyNumberHasARangeAndIsRefusedOutsideIt(QuantizerSpec<?> spec) throws ReflectiveOperationException {
        Record options = IntStream.rangeClosed(1, 200)
                .mapToObj(words -> spec.within(384, 8 * words))
                .flatMap(List::stream)
                .findFirst()
                .orElseThrow()
                .options();
        RecordComponent[] components = options.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            if (components[i].getType() == int.class) {
                Range range = components[i].getAnnotation(Range.class);
                assertThat(range)
                        .as("%s of %s", components[i].getName(), spec.name())
                        .isNotNull();
                assertRefused(options, i, (int) range.least() - 1);
                if (Double.isFinite(range.most())) {
                    assertRefused(options, i, (int) range.most() + 1);
                }
            }
        }
    }

    private static void assertRefused(Record options, int component, int value) throws ReflectiveOperationException {
        RecordComponent[] components = options.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = i == component ? value : components[i].getAccessor().invoke(options);
        }
        Constructor<?> constructor = options.getClass()
                .getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        assertThatThrownBy(() -> constructor.newInstance(values))
                .hasCauseInstanceOf(InputException.class)
                .cause()
                .hasMessageStartingWith(components[component].getName() + ": expected ")
                .hasMessageEndingWith(", found " + value);
    }
}
