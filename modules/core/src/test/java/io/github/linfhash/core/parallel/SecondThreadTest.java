package io.github.linfhash.core.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SecondThreadTest {
    private final SpareCores cores = new SpareCores(1);
    private final Queue<Long> clock = new ArrayDeque<>();

    @Test
    void bothTasksAreDoneWhenItReturnsHoweverOftenItIsAsked() {
        int[] here = new int[1];
        int[] there = new int[1];
        try (SecondThread second = new SecondThread(cores)) {
            second.recruit();
            for (int i = 1; i <= 2_000; i++) {
                second.both(() -> here[0]++, () -> there[0]++);
                assertThat(here[0]).isEqualTo(i);
                assertThat(there[0]).isEqualTo(i);
            }
        }
    }

    @Test
    void theTasksRunAtTheSameTimeOnTwoThreads() {
        CyclicBarrier meeting = new CyclicBarrier(2);
        try (SecondThread second = new SecondThread(cores)) {
            second.recruit();
            second.both(() -> meet(meeting), () -> meet(meeting));
            // Asleep by now: it must wake.
            meetAfterASleep(second, meeting);
        }
        assertThat(meeting.isBroken()).isFalse();
    }

    private static void meetAfterASleep(SecondThread second, CyclicBarrier meeting) {
        sleep(50);
        second.both(() -> meet(meeting), () -> meet(meeting));
    }

    private static void meet(CyclicBarrier meeting) {
        try {
            meeting.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void withoutASpareCoreTheCallerDoesBothInOrder() {
        StringBuilder order = new StringBuilder();
        Thread caller = Thread.currentThread();
        try (SecondThread second = new SecondThread(SpareCores.NONE)) {
            second.recruit();
            second.both(() -> order.append("here "), () -> order.append(Thread.currentThread() == caller));
        }
        assertThat(order).hasToString("here true");
    }

    @Test
    void aFailureOfEitherTaskReachesTheCallerAfterBothHaveEnded() {
        boolean[] ended = new boolean[1];
        try (SecondThread second = new SecondThread(cores)) {
            second.recruit();
            assertThatThrownBy(() -> second.both(() -> ended[0] = true, () -> fail("there")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("there");
            assertThat(ended[0]).isTrue();
            ended[0] = false;
            assertThatThrownBy(() -> second.both(() -> fail("here"), () -> ended[0] = true))
                    .hasMessage("here");
            assertThat(ended[0]).isTrue();
            second.both(() -> ended[0] = false, () -> {});
            assertThat(ended[0]).isFalse();
        }
    }

    /** Runs a pair of tasks that take so long by the clock of {@link #timed}. */
    private void both(SecondThread second, long worked, long waited) {
        clock.addAll(List.of(0L, millis(worked), millis(worked + waited)));
        second.both(() -> {}, () -> {});
    }

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }

    /** Its clock is read three times for each pair of tasks, so that no test depends on how busy the machine is. */
    private SecondThread timed() {
        return new SecondThread(cores, clock::remove);
    }

    @Test
    void aThreadThatIsWaitedForTooLongIsDismissedAndRecruitedAgainLater() {
        try (SecondThread second = timed()) {
            second.recruit();
            both(second, 0, 120);
            assertThat(second.recruited()).isFalse();
            assertThat(cores.tryTake()).isTrue();
            cores.giveBack();
            second.recruit();
            assertThat(second.recruited()).isFalse();
            second.recruit();
            assertThat(second.recruited()).isTrue();
            both(second, 0, 120);
            second.recruit();
            second.recruit();
            assertThat(second.recruited()).isFalse();
            second.recruit();
            assertThat(second.recruited()).isTrue();
        }
    }

    @Test
    void aThreadThatHelpsIsKept() {
        try (SecondThread second = timed()) {
            second.recruit();
            for (int i = 0; i < 1_000; i++) {
                both(second, 20, 19);
            }
            // A single long wait is less than was ever allowed.
            both(second, 0, 49);
            assertThat(second.recruited()).isTrue();
        }
        assertThat(clock).isEmpty();
    }

    @Test
    void smallLossesAddUp() {
        try (SecondThread second = timed()) {
            second.recruit();
            for (int i = 0; i < 50; i++) {
                both(second, 10, 11);
            }
            assertThat(second.recruited()).isTrue();
            both(second, 10, 11);
            assertThat(second.recruited()).isFalse();
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void fail(String where) {
        throw new IllegalStateException(where);
    }

    @Test
    void theCoreIsTakenOnceAndGivenBackOnce() {
        SecondThread second = new SecondThread(cores);
        second.recruit();
        second.recruit();
        assertThat(cores.tryTake()).isFalse();
        second.close();
        second.close();
        assertThat(cores.tryTake()).isTrue();
        assertThat(cores.tryTake()).isFalse();
    }

    @Test
    void noCoreIsEverSpareWhereThereAreNone() {
        SpareCores.NONE.giveBack();
        assertThat(SpareCores.NONE.tryTake()).isFalse();
        assertThatThrownBy(() -> new SpareCores(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
