package io.github.linfhash.codes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdTableTest {
    /** Ids of the kinds that keys of databases are: numbers, shifted ones, times, halves of two numbers, floats. */
    static Stream<LongUnaryOperator> kinds() {
        Stream<LongUnaryOperator> shifted = LongStream.range(0, 48).mapToObj(shift -> k -> k << shift);
        return Stream.concat(
                shifted,
                Stream.of(
                        k -> -k,
                        k -> 1000 * k,
                        k -> 1_000_000_000L * k,
                        k -> 86_400_000_000L * k,
                        k -> k << 32 | k,
                        k -> (k / 256) << 32 | k % 256,
                        Double::doubleToLongBits,
                        k -> Float.floatToIntBits((float) k)));
    }

    /** A search for an id looks at two slots in the mean, at most, whatever bits the ids differ in. */
    @ParameterizedTest
    @MethodSource("kinds")
    void idsSpreadOverTheTable(LongUnaryOperator kind) {
        for (int count : new int[] {1, 100, 1000, 15_000, 65_535}) {
            int slots = 4 * Integer.highestOneBit(count);
            boolean[] taken = new boolean[slots];
            long looks = 0;
            for (int k = 1; k <= count; k++) {
                int slot = IdTable.firstSlot(kind.applyAsLong(k), slots);
                looks++;
                for (; taken[slot]; slot = slot + 1 & slots - 1) {
                    looks++;
                }
                taken[slot] = true;
            }
            assertThat(looks).as("slots for " + count + " ids").isLessThanOrEqualTo(2L * count);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachIdIsFoundInItsLastRow(LongUnaryOperator kind) {
        IdTable ids = new IdTable();
        int count = 3000;
        for (int round = 0; round < 2; round++) {
            for (int k = 1; k <= count; k++) {
                ids.add(kind.applyAsLong(k));
            }
        }
        assertThat(ids.view().rows()).isEqualTo(2L * count);
        for (int k = 1; k <= count; k++) {
            assertThat(ids.row(kind.applyAsLong(k))).isEqualTo(count + k - 1);
            assertThat(ids.view().id(k - 1)).isEqualTo(kind.applyAsLong(k));
        }
        assertThat(ids.row(Long.MIN_VALUE + 1)).isEqualTo(-1);
    }

    /** As when memory ends before codes and ids are handed on. */
    @Test
    void rowsThatAreNotHandedOnLeaveNoTrace() {
        for (boolean numbered : new boolean[] {true, false}) {
            IdTable ids = new IdTable();
            AddedRows rows = new AddedRows(1);
            for (int i = 0; i < 1000; i++) {
                long id = numbered ? i : 3L * i;
                ids.with(ids.view(), 7_000_000L + i);
                ids.with(ids.view(), id + 1);
                rows.with(new byte[] {-1});
                assertThat(ids.row(7_000_000L + i)).isEqualTo(-1);
                assertThat(ids.row(id + 1)).isEqualTo(-1);
                ids.add(id);
                rows = rows.with(new byte[] {(byte) i});
                assertThat(ids.row(id)).isEqualTo(i);
            }
            byte[] one = new byte[1];
            for (int i = 0; i < 1000; i++) {
                rows.copy(i, 1, one, 0);
                assertThat(one[0]).isEqualTo((byte) i);
                assertThat(ids.view().id(i)).isEqualTo(numbered ? i : 3L * i);
            }
            assertThat(rows.size()).isEqualTo(1000);
        }
    }

    /** A search for a row needs no lock: another thread may hold the one of the object as long as it likes. */
    @Test
    void rowsAreFoundWhileAnotherThreadHoldsTheLock() throws Exception {
        IdTable ids = new IdTable();
        ids.add(77);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            synchronized (ids) {
                Future<Long> row = threads.submit(() -> ids.row(77));
                assertThat(row.get(1, TimeUnit.MINUTES)).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** An id that is given to one row after the other is found in one of them at every moment. */
    @Test
    void anIdThatIsReplacedIsAlwaysFound() throws Exception {
        IdTable ids = new IdTable();
        ids.add(77);
        AtomicBoolean ended = new AtomicBoolean();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<?> reader = threads.submit(() -> {
                while (!ended.get()) {
                    assertThat(ids.row(77)).isNotNegative();
                }
            });
            for (int i = 0; i < 3_000_000; i++) {
                ids.add(77);
            }
            ended.set(true);
            reader.get();
            assertThat(ids.row(77)).isEqualTo(3_000_000);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Two threads find every id that was given before they ask, in a row that has it, while the table grows. */
    @Test
    void rowsAreFoundWhileOthersAreAdded() throws Exception {
        IdTable ids = new IdTable();
        int count = 300_000;
        AtomicLong given = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> readers = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                readers.add(threads.submit(() -> {
                    for (long last = 0; last < count; ) {
                        last = given.get();
                        for (long k = Math.max(1, last - 100); k <= last; k++) {
                            long row = ids.row(k << 40);
                            assertThat(row).isGreaterThanOrEqualTo(k - 1);
                            assertThat(ids.view().id(row)).isEqualTo(k << 40);
                        }
                    }
                }));
            }
            for (long k = 1; k <= count; k++) {
                ids.add(k << 40);
                given.set(k);
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
