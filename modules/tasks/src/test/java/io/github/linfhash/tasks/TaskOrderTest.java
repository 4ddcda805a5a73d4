package io.github.linfhash.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.testing.Filled;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskOrderTest {
    private static final int BITS = 8;

    /** Code i is the number i. */
    private static BinaryCodes numbered(int size) {
        return BinaryCodes.ofBytes(size, BITS, Filled.bytes(size, i -> i));
    }

    /** A program that codes each row by its number in the split, in the order that it is handed: each row gets its own code back. */
    @Test
    void codesComeBackToTheRowsThatTheyWereMadeOf() {
        TaskOrder order = new TaskOrder(3, 20, 90);
        int[] queries = order.queries();
        int[] database = order.database();
        // An order that is its own inverse would look the same both ways.
        assertThat(IntStream.of(queries).map(i -> queries[i]).toArray()).isNotEqualTo(range(20));
        assertThat(IntStream.of(database).map(i -> database[i]).toArray()).isNotEqualTo(range(90));

        assertThat(order.queries(numbered(20).select(queries))).isEqualTo(numbered(20));
        assertThat(order.database(numbered(90).select(database))).isEqualTo(numbered(90));
    }

    @Test
    void bothPartsAreDrawnAnewForEachSeed() {
        TaskOrder order = new TaskOrder(3, 40, 40);
        assertThat(order.queries()).containsExactlyInAnyOrder(range(40)).isNotEqualTo(order.database());
        assertThat(order.database()).containsExactlyInAnyOrder(range(40));
        assertThat(new TaskOrder(3, 40, 40).queries()).isEqualTo(order.queries());
        assertThat(new TaskOrder(4, 40, 40).queries()).isNotEqualTo(order.queries());
    }

    private static int[] range(int end) {
        return IntStream.range(0, end).toArray();
    }
}
