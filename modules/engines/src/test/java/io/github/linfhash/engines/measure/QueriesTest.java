package io.github.linfhash.engines.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.PreparedVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ratios of distances against plain loops over all rows. */
class QueriesTest {
    private static final int ROWS = 300;
    private static final int COUNT = 12;
    private static final int DIMENSION = 5;
    private static final int K = 7;

    private static float[][] random(int rows, String name) {
        UniformRandomProvider random = new RandomStreams(5).stream(name);
        float[][] values = new float[rows][DIMENSION];
        for (float[] row : values) {
            for (int j = 0; j < DIMENSION; j++) {
                row[j] = random.nextFloat() - 0.4f;
            }
        }
        return values;
    }

    private static Queries queries(float[][] rows, float[][] queries, Similarity similarity, int k) {
        return new Queries(
                PreparedVectors.of(similarity, FeatureMatrix.copyOf(rows), "vectors"),
                FeatureMatrix.copyOf(queries),
                similarity,
                k);
    }

    private static double[] unit(float[] row, boolean normalized) {
        double norm = Math.sqrt(IntStream.range(0, row.length)
                .mapToDouble(j -> (double) row[j] * row[j])
                .sum());
        return IntStream.range(0, row.length)
                .mapToDouble(j -> normalized ? row[j] / norm : row[j])
                .toArray();
    }

    private static double[] sorted(float[][] rows, float[] query, boolean normalized) {
        double[] of = unit(query, normalized);
        return Arrays.stream(rows)
                .mapToDouble(row -> distance(unit(row, normalized), of))
                .sorted()
                .toArray();
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(IntStream.range(0, a.length)
                .mapToDouble(j -> (a[j] - b[j]) * (a[j] - b[j]))
                .sum());
    }

    /** The k-th row of each list is the 3 k-th neighbor. */
    @ParameterizedTest
    @EnumSource(names = {"COSINE", "EUCLIDEAN"})
    void theRatioIsThatOfTheKthRows(Similarity similarity) {
        boolean normalized = similarity == Similarity.COSINE;
        float[][] rows = random(ROWS, "rows");
        float[][] asked = random(COUNT, "queries");
        List<int[]> exact = new ArrayList<>();
        List<int[]> farther = new ArrayList<>();
        double expected = 0;
        for (float[] query : asked) {
            double[] of = unit(query, normalized);
            int[] ids = IntStream.range(0, ROWS)
                    .boxed()
                    .sorted((a, b) -> Double.compare(
                            distance(unit(rows[a], normalized), of), distance(unit(rows[b], normalized), of)))
                    .mapToInt(Integer::intValue)
                    .toArray();
            exact.add(Arrays.copyOf(ids, K));
            int[] list = Arrays.copyOf(ids, K);
            list[K - 1] = ids[3 * K - 1];
            farther.add(list);
            double[] distances = sorted(rows, query, normalized);
            expected += distances[3 * K - 1] / distances[K - 1] / COUNT;
        }
        Queries queries = queries(rows, asked, similarity, K);
        assertThat(queries.distanceRatio(exact)).isCloseTo(1, within(1e-6));
        assertThat(expected).isGreaterThan(1.1);
        assertThat(queries.distanceRatio(farther)).isCloseTo(expected, within(1e-5));
    }

    @Test
    void dotProductsAreNoDistances() {
        Queries queries = queries(random(ROWS, "rows"), random(1, "queries"), Similarity.DOT, 1);
        assertThat(queries.distanceRatio(List.of(new int[] {0}))).isNull();
    }

    /** The second row is at no distance from its query, and the list of the third query is short: the ratio is that of the first one, 3 / 1. */
    @Test
    void queriesWithoutARatioAreLeftOut() {
        Queries queries = queries(
                new float[][] {{1, 0}, {3, 0}, {9, 9}},
                new float[][] {{0, 0}, {9, 9}, {1, 1}},
                Similarity.EUCLIDEAN,
                1);
        assertThat(queries.distanceRatio(List.of(new int[] {1}, new int[] {0}, new int[0])))
                .isCloseTo(3, within(1e-6));
        assertThat(queries.distanceRatio(List.of(new int[0], new int[] {0}))).isNull();
    }
}
