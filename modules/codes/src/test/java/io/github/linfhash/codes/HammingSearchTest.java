package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HammingSearchTest {
    private final SplittableRandom random = new SplittableRandom(5);

    /** Codes whose bits are 1 with a probability that rises with the row, so that later rows are nearer or farther. */
    private BinaryCodes codes(int size, int bits, boolean drifting) {
        float[] values = new float[size * bits];
        for (int i = 0; i < values.length; i++) {
            double row = Math.floorDiv(i, bits);
            values[i] = random.nextDouble() < (drifting ? row / size : 0.5) ? 1 : -1;
        }
        return BinaryCodes.ofSigns(size, bits, values);
    }

    /** Few bits give many ties; more than 64, 128 and 256 bits take the other loops. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 65, 128, 130, 256, 257, 300, 520})
    void findsWhatSortingAllDistancesFinds(int bits) {
        for (boolean drifting : new boolean[] {false, true}) {
            BinaryCodes database = codes(203, bits, drifting);
            BinaryCodes queries = codes(9, bits, drifting);
            for (int k : new int[] {1, 2, 10, 202, 203}) {
                requireSorted(queries, database, HammingSearch.nearest(queries, database, k), k);
            }
        }
    }

    private static void requireSorted(BinaryCodes queries, BinaryCodes database, HammingNeighbors found, int k) {
        assertThat(found.queries()).isEqualTo(queries.size());
        assertThat(found.perQuery()).isEqualTo(k);
        for (int q = 0; q < queries.size(); q++) {
            int query = q;
            List<Integer> sorted = IntStream.range(0, database.size())
                    .boxed()
                    .sorted(Comparator.<Integer>comparingInt(i -> queries.distance(query, database, i))
                            .thenComparingInt(i -> i))
                    .limit(k)
                    .toList();
            List<Integer> ids = IntStream.range(0, k)
                    .map(rank -> (int) found.id(query, rank))
                    .boxed()
                    .toList();
            assertThat(ids).isEqualTo(sorted);
            for (int rank = 0; rank < k; rank++) {
                assertThat(found.distance(q, rank)).isEqualTo(queries.distance(q, database, (int) found.id(q, rank)));
            }
        }
    }

    @Test
    void equalCodesComeByAscendingId() {
        BinaryCodes same = BinaryCodes.ofSigns(6, 2, new float[12]);
        HammingNeighbors found = HammingSearch.nearest(same.select(new int[] {5}), same, 4);
        assertThat(IntStream.range(0, 4).mapToLong(rank -> found.id(0, rank))).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void kMustFitTheDatabaseAndLengthsMustAgree() {
        BinaryCodes three = codes(3, 8, false);
        assertThatThrownBy(() -> HammingSearch.nearest(three, three, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected from 1 to 3 neighbors")
                .hasMessageContaining("found 4");
        assertThatThrownBy(() -> HammingSearch.nearest(three, three, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HammingSearch.nearest(codes(1, 9, false), three, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 9 and 8 bits");
        assertThat(HammingSearch.nearest(three.select(new int[0]), three, 1).queries())
                .isZero();
    }
}
