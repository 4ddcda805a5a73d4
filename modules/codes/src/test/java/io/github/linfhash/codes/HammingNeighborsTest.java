package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HammingNeighborsTest {
    private static BinaryCodes codes(int size, int bits, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size * bits];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextBoolean() ? 1 : -1;
        }
        return BinaryCodes.ofSigns(size, bits, values);
    }

    /** Four bits make ties within parts and across them; the second part has fewer codes than are asked for. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 12, 40})
    void neighborsInPartsMergeToThoseInAll(int k) {
        BinaryCodes queries = codes(6, 4, 1);
        BinaryCodes database = codes(40, 4, 2);
        HammingNeighbors expected = HammingSearch.nearest(queries, database, k);
        HammingNeighbors first = part(queries, database, 0, 20, k);
        HammingNeighbors second = part(queries, database, 20, 23, k);
        HammingNeighbors third = part(queries, database, 23, 40, k);
        for (HammingNeighbors merged : new HammingNeighbors[] {
            first.merge(second, k).merge(third, k),
            third.merge(first, k).merge(second, k),
            second.merge(third, k).merge(first, k)
        }) {
            assertThat(merged.perQuery()).isEqualTo(k);
            assertThat(merged.toIds()).isEqualTo(expected.toIds());
            assertThat(merged.toDistances()).isEqualTo(expected.toDistances());
        }
    }

    private static HammingNeighbors part(BinaryCodes queries, BinaryCodes database, int from, int to, int k) {
        BinaryCodes rows = database.select(IntStream.range(from, to).toArray());
        return HammingSearch.nearest(queries, rows, Math.min(k, to - from)).renumbered(row -> row + from);
    }

    @Test
    void whatIsOutOfOrderIsRefused() {
        HammingNeighbors some = HammingNeighbors.owning(1, 2, new long[] {3, 9}, new int[] {0, 0});
        assertThatThrownBy(() -> some.renumbered(id -> -id)).hasMessageContaining("out of order");
        assertThatThrownBy(() -> some.merge(some, 4)).hasMessageContaining("there twice");
        assertThatThrownBy(() -> HammingNeighbors.owning(1, 2, new long[] {3, 9}, new int[] {1, 0}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HammingNeighbors.owning(2, 2, new long[] {3, 9}, new int[] {0, 0}))
                .hasMessageContaining("need 4 entries");
        HammingNeighbors others = HammingNeighbors.owning(2, 1, new long[] {3, 9}, new int[] {0, 0});
        assertThatThrownBy(() -> some.merge(others, 1)).hasMessageContaining("cannot be merged");
    }
}
