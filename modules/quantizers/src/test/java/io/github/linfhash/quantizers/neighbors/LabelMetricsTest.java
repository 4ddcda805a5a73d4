package io.github.linfhash.quantizers.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.PreparedVectors;
import io.github.linfhash.quantizers.Samples;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelMetricsTest {
    private static ClassLabels classes(int rows, int count, UniformRandomProvider random) {
        return ClassLabels.of(
                IntStream.range(0, rows).map(i -> random.nextInt(count)).toArray());
    }

    @Test
    void areTheMeanOverAllOrdersOfEqualDistances() {
        UniformRandomProvider random = new RandomStreams(3).stream("distances");
        ClassLabels database = classes(6, 2, random);
        ClassLabels queries = classes(30, 3, random);
        GivenDistances codes = new GivenDistances(new float[30][6]);
        for (float[] row : codes.distances()) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextInt(3) - 1.5f;
            }
        }
        LabelMetrics.PerQuery found =
                new LabelMetrics(Relevance.bySimilarLabels(queries, database), 4).of(codes.codes(), codes.estimates());
        List<List<Integer>> orders = Permutations.of(6);
        for (int q = 0; q < 30; q++) {
            double averagePrecision = 0;
            double precision = 0;
            for (List<Integer> order : orders) {
                List<Integer> ranked = Permutations.sorted(order, codes.distances()[q]);
                averagePrecision += averagePrecision(ranked, database, queries.get(q));
                precision += hits(ranked.subList(0, 4), database, queries.get(q)) / 4.0;
            }
            assertThat(found.averagePrecision()[q]).isCloseTo(averagePrecision / orders.size(), within(1e-12));
            assertThat(found.precision()[q]).isCloseTo(precision / orders.size(), within(1e-12));
        }
    }

    private static long hits(List<Integer> rows, ClassLabels database, int label) {
        return rows.stream().filter(i -> database.get(i) == label).count();
    }

    /** The mean of the precision at the ranks of relevant rows. */
    private static double averagePrecision(List<Integer> ranked, ClassLabels database, int label) {
        return IntStream.range(0, ranked.size())
                .filter(rank -> database.get(ranked.get(rank)) == label)
                .mapToDouble(rank -> hits(ranked.subList(0, rank + 1), database, label) / (rank + 1.0))
                .average()
                .orElse(0);
    }

    /** More queries and rows than are taken at a time. */
    @ParameterizedTest
    @EnumSource(Similarity.class)
    void floatsAreRankedByTheirDistances(Similarity similarity) {
        FeatureMatrix database = PreparedVectors.of(similarity, Samples.vectors(1500, 5, 1), "database");
        FeatureMatrix queries = PreparedVectors.of(similarity, Samples.vectors(70, 5, 2), "queries");
        UniformRandomProvider random = new RandomStreams(4).stream("classes");
        LabelMetrics metrics =
                new LabelMetrics(Relevance.bySimilarLabels(classes(70, 5, random), classes(1500, 5, random)), 10);
        GivenDistances exact = new GivenDistances(new float[70][1500]);
        for (int q = 0; q < 70; q++) {
            for (int i = 0; i < 1500; i++) {
                exact.distances()[q][i] = (float)
                        (similarity == Similarity.DOT
                                ? -Samples.product(database, i, queries, q)
                                : Samples.squaredDistance(database, i, queries, q));
            }
        }
        LabelMetrics.PerQuery expected = metrics.of(exact.codes(), exact.estimates());
        LabelMetrics.PerQuery found = metrics.ofFloats(database, queries, similarity);
        // What float32 rounds may change places with its neighbor.
        assertThat(found.averagePrecision()).containsExactly(expected.averagePrecision(), within(1e-5));
        assertThat(found.precision()).containsExactly(expected.precision(), within(0.1));
    }

    @Test
    void otherSizesAreRefused() {
        LabelMetrics metrics =
                new LabelMetrics(Relevance.bySimilarLabels(ClassLabels.of(new int[2]), ClassLabels.of(new int[3])), 1);
        GivenDistances codes = new GivenDistances(new float[2][4]);
        assertThatThrownBy(() -> metrics.of(codes.codes(), codes.estimates()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("relevance of 2 queries and 3 rows, for 2 and 4");
    }
}
