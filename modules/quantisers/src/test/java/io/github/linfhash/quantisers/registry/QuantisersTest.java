package io.github.linfhash.quantisers.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantisers.DistanceEstimates;
import io.github.linfhash.quantisers.EncodedVectors;
import io.github.linfhash.quantisers.FittedQuantiser;
import io.github.linfhash.quantisers.QuantiserSpec;
import io.github.linfhash.quantisers.Samples;
import io.github.linfhash.quantisers.Similarity;
import io.github.linfhash.quantisers.antisparse.AntiSparse;
import io.github.linfhash.quantisers.neighbours.FloatNeighbours;
import io.github.linfhash.quantisers.neighbours.NeighbourRecall;
import io.github.linfhash.quantisers.sign.RotatedSign;
import io.github.linfhash.testing.Blobs;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every quantiser has to keep. */
class QuantisersTest {
    private static final int DIMENSION = 48;
    private static final Blobs BLOBS = Samples.blobs(400, 40, DIMENSION, 11);
    private static final List<Integer> BUDGETS = List.of(5, 6, 8, 14, 16, 20, 28, 52, 192);

    static Stream<QuantiserSpec.Configured> all() {
        return Quantisers.ALL.stream()
                .flatMap(spec -> BUDGETS.stream().flatMap(bytes -> spec.within(DIMENSION, bytes).stream()))
                .distinct();
    }

    private static float[] distances(EncodedVectors codes, DistanceEstimates.OfQuery query) {
        float[] distances = new float[codes.size()];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = query.to(i);
        }
        return distances;
    }

    @Test
    void everyoneFitsSomewhere() {
        assertThat(Quantisers.ALL)
                .allSatisfy(spec -> assertThat(
                                BUDGETS.stream().flatMap(bytes -> spec.within(DIMENSION, bytes).stream()))
                        .as(spec.name())
                        .isNotEmpty());
        assertThat(Quantisers.ALL.stream().map(QuantiserSpec::name)).doesNotHaveDuplicates();
    }

    @Test
    void nobodyMakesManyTimesAsManyBitsAsThereAreDimensions() {
        for (QuantiserSpec<?> spec : List.of(AntiSparse.SPEC, RotatedSign.SPEC)) {
            assertThat(spec.within(DIMENSION, DIMENSION)).as(spec.name()).isNotEmpty();
            assertThat(spec.within(DIMENSION, 2 * DIMENSION)).as(spec.name()).isEmpty();
        }
    }

    @Test
    void bytesKeepTheBudget() {
        for (QuantiserSpec<?> spec : Quantisers.ALL) {
            for (int bytes : BUDGETS) {
                for (QuantiserSpec.Configured one : spec.within(DIMENSION, bytes)) {
                    int taken = one.quantiser()
                            .fit(BLOBS.train(), Similarity.EUCLIDEAN, new RandomStreams(0))
                            .bytes();
                    assertThat(taken).as(one.name() + " " + one.options()).isLessThanOrEqualTo(bytes);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void codesAreDeterminedBySeedAndVector(QuantiserSpec.Configured one) {
        FittedQuantiser fitted = one.quantiser().fit(BLOBS.train(), Similarity.DOT, new RandomStreams(1));
        EncodedVectors codes = fitted.encode(BLOBS.train());
        float[] found = distances(codes, codes.estimates(BLOBS.test()).of(3));

        EncodedVectors again = one.quantiser()
                .fit(BLOBS.train(), Similarity.DOT, new RandomStreams(1))
                .encode(BLOBS.train());
        assertThat(distances(again, again.estimates(BLOBS.test()).of(3))).isEqualTo(found);

        EncodedVectors other = one.quantiser()
                .fit(BLOBS.train(), Similarity.DOT, new RandomStreams(2))
                .encode(BLOBS.train());
        boolean same =
                Arrays.equals(distances(other, other.estimates(BLOBS.test()).of(3)), found);
        assertThat(same).as("whether another seed gives the same").isEqualTo(!one.random());

        int[] some = {5, 17, 250};
        EncodedVectors part = fitted.encode(BLOBS.train().select(some));
        float[] ofPart = distances(
                part, part.estimates(BLOBS.test().select(new int[] {3})).of(0));
        for (int i = 0; i < some.length; i++) {
            assertThat(ofPart[i]).isCloseTo(found[some[i]], within(1e-4f));
        }
    }

    /** Far above the 0.1 of chance at 40 of 400, for distances and for inner products. */
    @ParameterizedTest
    @MethodSource("all")
    void neighboursAreFoundAgain(QuantiserSpec.Configured one) {
        for (Similarity similarity : List.of(Similarity.EUCLIDEAN, Similarity.DOT)) {
            FloatNeighbours truth = FloatNeighbours.find(BLOBS.train(), BLOBS.test(), 10, similarity);
            EncodedVectors codes = one.quantiser()
                    .fit(BLOBS.train(), similarity, new RandomStreams(1))
                    .encode(BLOBS.train());
            double[] recall = new NeighbourRecall(List.of(4)).of(truth, codes, codes.estimates(BLOBS.test()))[0];
            assertThat(Arrays.stream(recall).average().orElseThrow())
                    .as(one.name() + " " + one.options())
                    .isGreaterThan(0.4);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void equalVectorsAreNoTrouble(QuantiserSpec.Configured one) {
        FeatureMatrix equal = BLOBS.train().select(new int[300]);
        EncodedVectors codes = one.quantiser()
                .fit(equal, Similarity.EUCLIDEAN, new RandomStreams(1))
                .encode(equal);
        float[] found = distances(codes, codes.estimates(BLOBS.test()).of(0));
        for (float distance : found) {
            assertThat(distance).isFinite().isEqualTo(found[0]);
        }
    }
}
