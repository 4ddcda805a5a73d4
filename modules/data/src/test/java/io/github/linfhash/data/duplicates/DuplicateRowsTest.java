package io.github.linfhash.data.duplicates;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicateRowsTest {
    /** Random rows, of which many are copies of others, some of them moved by about a radius in a random direction. */
    private static FeatureMatrix planted(long seed) {
        UniformRandomProvider random = new RandomStreams(seed).stream("planted");
        int n = 60 + random.nextInt(200);
        int d = 1 + random.nextInt(40);
        double offset = random.nextInt(3) * 50;
        float[] values = new float[n * d];
        for (int row = 0; row < n; row++) {
            int source = row == 0 ? -1 : random.nextInt(2 * row) - row;
            double move = random.nextInt(3) * 1.2e-3 * Math.sqrt(random.nextDouble());
            for (int j = 0; j < d; j++) {
                values[row * d + j] = source < 0
                        ? (float) (offset + random.nextDouble())
                        : (float) (values[source * d + j] + move * (random.nextDouble() - 0.5));
            }
        }
        return FeatureMatrix.owning(n, d, values);
    }

    private static double distance(FeatureMatrix rows, int i, int j) {
        double sum = 0;
        for (int k = 0; k < rows.dimension(); k++) {
            sum += Math.pow((double) rows.get(i, k) - rows.get(j, k), 2);
        }
        return Math.sqrt(sum);
    }

    private static boolean equal(FeatureMatrix rows, int i, int j) {
        return IntStream.range(0, rows.dimension()).allMatch(k -> rows.get(i, k) == rows.get(j, k));
    }

    /** The pruned search beside all pairs in plain loops. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void findsWhatAllPairsShow(long seed) {
        FeatureMatrix rows = planted(seed);
        DuplicateRows found = DuplicateRows.of(rows);
        int n = rows.rows();
        int[] queries = IntStream.range(0, n).filter(i -> i % 3 == 0).toArray();
        int[] database = IntStream.range(0, n).filter(i -> i % 3 != 0).toArray();
        int exact = 0;
        int near = 0;
        TreeSet<Integer> shared = new TreeSet<>();
        for (int query : queries) {
            List<Integer> same = new ArrayList<>();
            List<Integer> close = new ArrayList<>();
            for (int row : database) {
                if (equal(rows, query, row)) {
                    same.add(row);
                } else if (distance(rows, query, row) <= found.radius()) {
                    close.add(row);
                }
            }
            exact += same.isEmpty() ? 0 : 1;
            near += same.isEmpty() && !close.isEmpty() ? 1 : 0;
            shared.addAll(same);
            shared.addAll(close);
        }
        assertThat(found.between(queries, database))
                .isEqualTo(new DuplicateRows.Overlap(exact, near, List.copyOf(shared)));
        assertThat(found.groups()).isEqualTo(groups(rows, found.radius()));
    }

    /** Flooding: the first row gives its number to all that it reaches. */
    private static int[] groups(FeatureMatrix rows, double radius) {
        int[] group = new int[rows.rows()];
        Arrays.fill(group, -1);
        for (int row = 0; row < group.length; row++) {
            flood(rows, radius, group, row, group[row] < 0 ? row : group[row]);
        }
        return group;
    }

    private static void flood(FeatureMatrix rows, double radius, int[] group, int row, int number) {
        if (group[row] >= 0) {
            return;
        }
        group[row] = number;
        for (int other = 0; other < group.length; other++) {
            if (distance(rows, row, other) <= radius) {
                flood(rows, radius, group, other, number);
            }
        }
    }

    /** The planted rows that the other test needs include some of each kind. */
    @Test
    void plantedRowsAreOfAllKinds() {
        int exact = 0;
        int near = 0;
        int alone = 0;
        for (long seed = 1; seed <= 20; seed++) {
            FeatureMatrix rows = planted(seed);
            int[] all = IntStream.range(0, rows.rows()).toArray();
            DuplicateRows.Overlap overlap = DuplicateRows.of(rows).between(all, all);
            exact += overlap.exact();
            near += overlap.near();
            alone += rows.rows() - overlap.exact() - overlap.near();
        }
        assertThat(exact).isGreaterThan(100);
        assertThat(near).isGreaterThan(100);
        assertThat(alone).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theRelationIsSymmetric(long seed) {
        FeatureMatrix rows = planted(seed);
        DuplicateRows found = DuplicateRows.of(rows);
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 40; j++) {
                if (i != j) {
                    DuplicateRows.Overlap there = found.between(new int[] {i}, new int[] {j});
                    DuplicateRows.Overlap back = found.between(new int[] {j}, new int[] {i});
                    assertThat(there.exact()).isEqualTo(back.exact());
                    assertThat(there.near()).isEqualTo(back.near());
                }
            }
        }
    }

    /** By a power of two and by whole numbers, so that no value is rounded. */
    @Test
    void movingAndScalingAllRowsAlikeChangesNothing() {
        UniformRandomProvider random = new RandomStreams(5).stream("whole");
        float[] values = new float[200 * 3];
        for (int row = 0; row < 200; row++) {
            boolean copied = row % 4 == 3;
            for (int j = 0; j < 3; j++) {
                values[3 * row + j] =
                        copied ? values[3 * row - 3 + j] + (j == row % 3 ? 1 : 0) : random.nextInt(1 << 12);
            }
        }
        float[] moved = values.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] = (moved[i] + 4096) / 1024;
        }
        DuplicateRows before = DuplicateRows.of(FeatureMatrix.owning(200, 3, values));
        DuplicateRows after = DuplicateRows.of(FeatureMatrix.owning(200, 3, moved));
        assertThat(after.radius()).isEqualTo(before.radius() / 1024);
        assertThat(after.groups()).isEqualTo(before.groups());
        // 1 beside distances of about 2,700 is near: 50 rows have a near duplicate before them.
        assertThat(Arrays.stream(after.groups()).distinct().count()).isEqualTo(150);
    }

    @Test
    void aQueryInTheDatabaseIsNoDuplicateOfItself() {
        FeatureMatrix rows = FeatureMatrix.copyOf(new float[][] {{1, 2}, {5, 1}, {1, 2}, {9, 9}});
        DuplicateRows found = DuplicateRows.of(rows);
        int[] all = {0, 1, 2, 3};
        assertThat(found.between(all, all)).isEqualTo(new DuplicateRows.Overlap(2, 0, List.of()));
        assertThat(found.between(new int[] {0, 0, 1}, all)).isEqualTo(new DuplicateRows.Overlap(2, 0, List.of(2)));
        assertThat(found.groups()).containsExactly(0, 1, 0, 3);
        assertThat(found.distinct()).isEqualTo(3);
    }

    /** Where most rows are the same, the usual distance is 0, and equal rows alone are duplicates. */
    @Test
    void equalRowsAreFoundWhateverTheOthersAre() {
        float[][] rows = new float[500][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i % 5 == 0 ? new float[] {i, 1} : new float[] {i % 2 == 0 ? 0f : -0f, 7};
        }
        DuplicateRows found = DuplicateRows.of(FeatureMatrix.copyOf(rows));
        assertThat(found.distinct()).isEqualTo(101);
        assertThat(found.groups()[499]).isEqualTo(1);
        assertThat(DuplicateRows.of(FeatureMatrix.copyOf(new float[][] {{3}})).groups())
                .containsExactly(0);
    }
}
