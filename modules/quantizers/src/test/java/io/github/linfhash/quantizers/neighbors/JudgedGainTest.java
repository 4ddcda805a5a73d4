package io.github.linfhash.quantizers.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Qrels;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgedGainTest {
    private static Map<Integer, Integer> grades(int... ofRows) {
        Map<Integer, Integer> grades = new TreeMap<>();
        for (int row = 0; row < ofRows.length; row++) {
            grades.put(row, ofRows[row]);
        }
        return grades;
    }

    /** Of one query. */
    private static double gain(int first, Map<Integer, Integer> grades, float... distances) {
        GivenDistances codes = new GivenDistances(new float[][] {distances});
        Qrels judgments = Qrels.of(distances.length, List.of(grades), 0, 0);
        return new JudgedGain(judgments, first).of(codes.codes(), codes.estimates())[0];
    }

    /** (3 + 2 / log2 3 + 3 / 2 + 1 / log2 6 + 2 / log2 7) / (3 + 3 / log2 3 + 2 / 2 + 2 / log2 5 + 1 / log2 6) = 6.8611 / 7.1410. */
    @Test
    void isTheSumOfDiscountedGradesByThatOfTheBestOrder() {
        assertThat(gain(6, grades(3, 2, 3, 0, 1, 2), 1, 2, 3, 4, 5, 6)).isCloseTo(0.96081, within(1e-5));
        // Of the first two (3 + 2 / log2 3) / (3 + 3 / log2 3) = 4.26186 / 4.89279; what is behind them counts in
        // neither.
        assertThat(gain(2, grades(3, 2, 3, 0, 1, 2), 1, 2, 3, 4, 5, 6)).isCloseTo(0.87105, within(1e-5));
    }

    /** The examples of scikit-learn's {@code ndcg_score}, whose documentation prints 0.69..., 0.49..., 0.35... and, of a tie, 0.75. */
    @Test
    void isWhatScikitLearnDocuments() {
        Map<Integer, Integer> grades = grades(10, 0, 0, 1, 5);
        assertThat(gain(5, grades, -.1f, -.2f, -.3f, -4, -70)).isBetween(0.69, 0.70);
        assertThat(gain(5, grades, -.05f, -1.1f, -1, -.5f, -.0f)).isBetween(0.49, 0.50);
        assertThat(gain(4, grades, -.05f, -1.1f, -1, -.5f, -.0f)).isBetween(0.35, 0.36);
        assertThat(gain(1, grades, -1, 0, 0, 0, -1)).isCloseTo(0.75, within(1e-12));
    }

    /** A third of 1 / log2 3, as one of three is in the second place. */
    @Test
    void aTieAtTheCutHasItsShareOfTheLastPlaces() {
        assertThat(gain(2, grades(0, 1), 0, 1, 1, 1)).isCloseTo(1 / 3.0 / 1.5849625, within(1e-7));
        assertThat(gain(2, grades(0, 1), -0f, 0f)).isCloseTo((1 + 1 / 1.5849625) / 2, within(1e-7));
        assertThat(gain(1, grades(0, 1), 1, Float.NaN)).isZero();
        assertThat(gain(1, grades(1, 0), Float.NaN, Float.NaN)).isEqualTo(0.5);
    }

    @Test
    void theBestOrderIsOneToTheLastBit() {
        assertThat(gain(10, grades(1, 1, 1, 2, 2, 3, 7), 7, 6, 5, 4, 3, 2, 1)).isBetween(1 - 1e-12, 1.0);
    }

    /** Six codes have 720 orders; a database may be smaller than the cut. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 10})
    void isTheMeanOverAllOrdersOfEqualDistances(int first) {
        UniformRandomProvider random = new RandomStreams(5).stream("distances");
        float[][] distances = new float[40][6];
        List<Map<Integer, Integer>> ofQueries = new ArrayList<>();
        for (float[] row : distances) {
            int[] grades = new int[6];
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextInt(3) - 1f;
                grades[i] = random.nextInt(5) - 2;
            }
            ofQueries.add(grades(grades));
        }
        Qrels judgments = Qrels.of(6, ofQueries, 0, 0);
        GivenDistances codes = new GivenDistances(distances);
        double[] found = new JudgedGain(judgments, first).of(codes.codes(), codes.estimates());
        int[] answered = judgments.answered();
        assertThat(found).hasSameSizeAs(answered);
        assertThat(answered.length).isBetween(30, 39);
        List<List<Integer>> orders = Permutations.of(6);
        for (int i = 0; i < answered.length; i++) {
            Map<Integer, Integer> grades = ofQueries.get(answered[i]);
            double sum = 0;
            for (List<Integer> order : orders) {
                sum += discounted(Permutations.sorted(order, distances[answered[i]]), grades, first);
            }
            List<Integer> best = new ArrayList<>(orders.get(0));
            best.sort(Comparator.comparingInt(row -> -grades.getOrDefault(row, 0)));
            assertThat(found[i]).isCloseTo(sum / orders.size() / discounted(best, grades, first), within(1e-12));
        }
    }

    private static double discounted(List<Integer> ranked, Map<Integer, Integer> grades, int first) {
        double sum = 0;
        for (int rank = 1; rank <= Math.min(first, ranked.size()); rank++) {
            sum += Math.max(0, grades.getOrDefault(ranked.get(rank - 1), 0)) * Math.log(2) / Math.log(rank + 1);
        }
        return sum;
    }

    /** More queries and rows than are taken at a time; each query has its nearest row with the larger grade. */
    @ParameterizedTest
    @EnumSource(Similarity.class)
    void floatsAreRankedByTheirDistances(Similarity similarity) {
        FeatureMatrix database = PreparedVectors.of(similarity, Samples.vectors(1500, 5, 1), "database");
        FeatureMatrix queries = PreparedVectors.of(similarity, Samples.vectors(70, 5, 2), "queries");
        FloatNeighbors near = FloatNeighbors.find(database, queries, 3, similarity);
        List<Map<Integer, Integer>> ofQueries = new ArrayList<>();
        for (int q = 0; q < 70; q++) {
            ofQueries.add(q == 7 ? Map.of() : Map.of(near.id(q, 0), 2, near.id(q, 2), 1));
        }
        double[] found = new JudgedGain(Qrels.of(1500, ofQueries, 0, 0), 10).ofFloats(database, queries, similarity);
        // (2 + 1 / 2) / (2 + 1 / log2 3)
        assertThat(found).hasSize(69).containsOnly(found[0]);
        assertThat(found[0]).isCloseTo(2.5 / (2 + 1 / 1.5849625), within(1e-7));
    }

    /** Each vector is there three times, so that ties at the cut lie in different parts. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 2000})
    void aDatabaseOutsideOfMemoryIsReadOnceAndHasTheSameGain(int first) {
        FeatureMatrix vectors = Samples.vectors(500, 5, 1);
        FeatureMatrix database =
                vectors.select(IntStream.range(0, 1500).map(i -> i % 500).toArray());
        UniformRandomProvider random = new RandomStreams(6).stream("grades");
        List<Map<Integer, Integer>> ofQueries = new ArrayList<>();
        for (int q = 0; q < 70; q++) {
            Map<Integer, Integer> grades = new TreeMap<>();
            for (int i = 0; i < 5; i++) {
                grades.put(q + 500 * random.nextInt(3), 1 + random.nextInt(3));
                grades.put(random.nextInt(1500), 1 + random.nextInt(3));
            }
            ofQueries.add(grades);
        }
        JudgedGain gain = new JudgedGain(Qrels.of(1500, ofQueries, 0, 0), first);
        FeatureMatrix queries = vectors.part(0, 70);
        AtomicInteger read = new AtomicInteger();
        FeatureMatrix outside = FeatureMatrix.reading(1500, 5, (from, count, target, offset) -> {
            read.addAndGet(count);
            database.copyRows(from, count, target, offset);
        });
        double[] expected = gain.ofFloats(database, queries, Similarity.EUCLIDEAN, 1500);
        double[] found = gain.ofFloats(outside, queries, Similarity.EUCLIDEAN, 256);
        assertThat(read).hasValue(1500);
        assertThat(found).containsExactly(expected);
        assertThat(gain.ofFloats(outside, queries, Similarity.EUCLIDEAN)).containsExactly(expected);
        assertThat(read).hasValue(3000);
        assertThat(Arrays.stream(expected).distinct().count()).isGreaterThan(10);
    }

    @Test
    void otherSizesAreRefused() {
        JudgedGain gain = new JudgedGain(Qrels.of(3, List.of(Map.of(), Map.of(0, 1)), 0, 0), 1);
        GivenDistances codes = new GivenDistances(new float[2][4]);
        assertThatThrownBy(() -> gain.of(codes.codes(), codes.estimates()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("judgments of 2 queries and 3 rows, for 2 and 4");
    }
}
