package io.github.linfhash.quantizers.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.testing.Filled;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.junit.jupiter.api.Test;

class NeighborRecallTest {
    @Test
    void countsWithoutTies() {
        NeighborRecall recall = new NeighborRecall(List.of(1, 2, 3));
        // By code the order is 3, 0, 4, 1, 2, 5.
        double[] found = recall.of(new int[] {0, 1}, new float[] {2, 4, 5, 1, 3, 6});
        assertThat(found).containsExactly(0.5, 1, 1);
    }

    /** Ten tenths summed are less, a thousand thousandths more. */
    @Test
    void allNeighborsAreExactlyOne() {
        int[] neighbors = IntStream.range(0, 10).toArray();
        float[] distances = new float[20];
        Arrays.fill(distances, 10, 20, 1);
        assertThat(new NeighborRecall(List.of(1)).of(neighbors, distances)).containsExactly(1);
        double[][] ones = new double[3][1000];
        Arrays.stream(ones).forEach(row -> Arrays.fill(row, 1));
        assertThat(CrossedMean.crossed(new double[][][] {ones}, CrossedMean.Range.FRACTION)
                        .orElseThrow()
                        .mean())
                .isEqualTo(1);
    }

    @Test
    void allEqualIsChance() {
        double[] found = new NeighborRecall(List.of(1, 2)).of(new int[] {7, 3}, new float[10]);
        assertThat(found).containsExactly(new double[] {0.2, 0.4}, within(1e-15));
    }

    /** The mean over all orders of six codes, of which those of equal distance are shuffled. */
    @Test
    void isTheMeanOverAllOrdersOfEqualDistances() {
        UniformRandomProvider random = new RandomStreams(1).stream("distances");
        List<List<Integer>> permutations = Permutations.of(6);
        for (int trial = 0; trial < 20; trial++) {
            float[] distances = Filled.floats(6, i -> random.nextInt(3));
            for (int factor = 1; factor <= 3; factor++) {
                double sum = 0;
                for (List<Integer> permutation : permutations) {
                    sum += share(permutation, distances, 2 * factor);
                }
                double found = new NeighborRecall(List.of(factor)).of(new int[] {2, 5}, distances)[0];
                assertThat(found).isCloseTo(sum / permutations.size(), within(1e-12));
            }
        }
    }

    private static double share(List<Integer> order, float[] distances, int chosen) {
        List<Integer> best = Permutations.sorted(order, distances).subList(0, chosen);
        return (best.contains(2) ? 0.5 : 0) + (best.contains(5) ? 0.5 : 0);
    }

    /** Six vectors, of which 2 is nearest and 5, 0 and 3 are equally near: the mean over all orders of equal distances by code. */
    @Test
    void vectorsAsNearAsTheLastNeighborCountLikeIt() {
        FeatureMatrix database = FeatureMatrix.owning(6, 1, new float[] {2, 9, 1, 2, 8, 2});
        FeatureMatrix query = FeatureMatrix.owning(1, 1, new float[1]);
        for (int k = 2; k <= 3; k++) {
            FloatNeighbors truth = FloatNeighbors.find(database, query, k, Similarity.EUCLIDEAN);
            assertThat(truth.ties(0))
                    .hasValueSatisfying(ties -> assertThat(ties.cardinality()).isPositive());
            UniformRandomProvider random = new RandomStreams(2).stream("distances");
            List<List<Integer>> permutations = Permutations.of(6);
            for (int trial = 0; trial < 20; trial++) {
                float[] distances = Filled.floats(6, i -> random.nextInt(3));
                double[] sum = new double[2];
                for (List<Integer> order : permutations) {
                    for (int factor = 1; factor <= 2; factor++) {
                        List<Integer> best =
                                Permutations.sorted(order, distances).subList(0, Math.min(6, factor * k));
                        long asLast =
                                best.stream().filter(List.of(0, 3, 5)::contains).count();
                        sum[factor - 1] += ((best.contains(2) ? 1 : 0) + Math.min(k - 1, asLast)) / (double) k;
                    }
                }
                double[] found = new NeighborRecall(List.of(1, 2)).of(truth, 0, distances);
                assertThat(found[0]).isCloseTo(sum[0] / permutations.size(), within(1e-12));
                assertThat(found[1]).isCloseTo(sum[1] / permutations.size(), within(1e-12));
            }
        }
    }

    /** The recall among the rows that stay, computed anew without the group. */
    @Test
    void leavingOutAGroupIsTheRecallOfTheOthers() {
        int n = 47;
        int k = 3;
        UniformRandomProvider random = new RandomStreams(5).stream("distances");
        NeighborRecall recall = new NeighborRecall(List.of(1, 2));
        for (int trial = 0; trial < 20; trial++) {
            float[] distances = Filled.floats(n, i -> random.nextInt(9));
            int[] neighbors = new PermutationSampler(random, n, 2 * k + 6).sample();
            double[][] found = new double[2][NeighborRecall.GROUPS];
            recall.leavingOut(k, neighbors, distances, (o, group, share) -> found[o][group] = share);
            for (int g = 0; g < NeighborRecall.GROUPS; g++) {
                int from = g * n / NeighborRecall.GROUPS;
                int to = (g + 1) * n / NeighborRecall.GROUPS;
                int[] stay =
                        IntStream.range(0, n).filter(i -> i < from || i >= to).toArray();
                float[] ofOthers = Filled.floats(stay.length, i -> distances[stay[i]]);
                int[] nearest = Arrays.stream(neighbors)
                        .map(id -> Arrays.binarySearch(stay, id))
                        .filter(place -> place >= 0)
                        .limit(k)
                        .toArray();
                double[] expected = recall.of(nearest, ofOthers);
                assertThat(found[0][g]).isCloseTo(expected[0], within(1e-12));
                assertThat(found[1][g]).isCloseTo(expected[1], within(1e-12));
            }
        }
    }

    @Test
    void noOversamplingIsBelowOne() {
        assertThatThrownBy(() -> new NeighborRecall(List.of(1, 0))).isInstanceOf(IllegalArgumentException.class);
    }
}
