package io.github.linfhash.quantizers.neighbors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RescoringTest {
    private static final int ROWS = 500;
    private static final int K = 5;
    private static final List<Integer> FACTORS = List.of(1, 2, 7);

    /** Candidates and recall as sorting all rows gives them, with many equal distances by code. */
    @Test
    void findsWhatSortingFinds() {
        Random random = new Random(7);
        FeatureMatrix database = normal(random, ROWS, 4);
        FeatureMatrix queries = normal(random, 20, 4);
        FloatNeighbors truth = FloatNeighbors.find(database, queries, K, Similarity.EUCLIDEAN);
        Rescoring rescoring = new Rescoring(FACTORS);
        for (int query = 0; query < queries.rows(); query++) {
            float[] byCode = new float[ROWS];
            float[] byKept = new float[ROWS];
            for (int i = 0; i < ROWS; i++) {
                float exact = squared(database, i, queries, query);
                byCode[i] = Math.round(exact) - 3;
                byKept[i] = exact + (float) random.nextGaussian() / 10;
            }
            int[] candidates = rescoring.candidates(byCode, K);
            List<Integer> sorted = IntStream.range(0, ROWS)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> byCode[i]).thenComparing(i -> i))
                    .toList();
            assertThat(candidates)
                    .containsExactly(
                            sorted.stream().limit(7 * K).mapToInt(i -> i).toArray());
            double[] recall = rescoring.of(truth, query, candidates, i -> byKept[i]);
            for (int o = 0; o < FACTORS.size(); o++) {
                Set<Integer> found = new HashSet<>(sorted.stream()
                        .limit((long) FACTORS.get(o) * K)
                        .sorted(Comparator.comparingDouble(i -> byKept[i]))
                        .limit(K)
                        .toList());
                found.retainAll(IntStream.of(truth.ids(query)).boxed().toList());
                assertThat(recall[o]).isEqualTo((double) found.size() / K);
            }
        }
    }

    /** Seven rows are as near as the fifth neighbor: any of them are as good as those that are listed. */
    @Test
    void rowsAsNearAsTheLastNeighborCount() {
        float[] values = {0, 1, 1, 1, 1, 1, 1, 1, 5, 6};
        FeatureMatrix database = FeatureMatrix.owning(values.length, 1, values.clone());
        FeatureMatrix query = FeatureMatrix.owning(1, 1, new float[] {0});
        FloatNeighbors truth = FloatNeighbors.find(database, query, K, Similarity.EUCLIDEAN);
        Rescoring rescoring = new Rescoring(List.of(1));
        // The code prefers the last rows.
        float[] byCode = {0, 9, 8, 7, 6, 5, 4, 3, 20, 20};
        int[] candidates = rescoring.candidates(byCode, K);
        assertThat(candidates).containsExactly(0, 7, 6, 5, 4);
        assertThat(rescoring.of(truth, 0, candidates, i -> values[i])).containsExactly(1);
    }

    /** Of fewer rows than candidates all are taken; infinite distances come last. */
    @Test
    void fewRowsAreAllCandidates() {
        float[] byCode = {Float.POSITIVE_INFINITY, 2, -1, 0f, -0f, Float.POSITIVE_INFINITY};
        assertThat(new Rescoring(List.of(1, 50)).candidates(byCode, 3)).containsExactly(2, 3, 4, 1, 0, 5);
    }

    private static float squared(FeatureMatrix database, int row, FeatureMatrix queries, int query) {
        float sum = 0;
        for (int j = 0; j < database.dimension(); j++) {
            float difference = database.get(row, j) - queries.get(query, j);
            sum += difference * difference;
        }
        return sum;
    }

    private static FeatureMatrix normal(Random random, int rows, int dimension) {
        float[] values = new float[rows * dimension];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return FeatureMatrix.owning(rows, dimension, values);
    }
}
