package io.github.linfhash.advisor.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BoundedExecutorTest {
    @Test
    void allTasksRun() throws IOException {
        AtomicInteger done = new AtomicInteger();
        List<Callable<@Nullable Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tasks.add(() -> {
                done.incrementAndGet();
                return null;
            });
        }
        BoundedExecutor.run(3, tasks);
        assertThat(done).hasValue(20);
        BoundedExecutor.run(3, List.of());
    }

    /** The first task runs until it is interrupted, the second one fails, and the others would run forever. */
    @Test
    @Timeout(60)
    void afterAFailureNoTaskGoesOn() {
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicInteger started = new AtomicInteger();
        CountDownLatch running = new CountDownLatch(1);
        List<Callable<@Nullable Void>> tasks = new ArrayList<>();
        tasks.add(() -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            return null;
        });
        tasks.add(() -> {
            running.await();
            throw new IOException("x.npy is gone");
        });
        for (int i = 0; i < 5; i++) {
            tasks.add(() -> {
                started.incrementAndGet();
                new CountDownLatch(1).await();
                return null;
            });
        }
        assertThatThrownBy(() -> BoundedExecutor.run(2, tasks))
                .isInstanceOf(IOException.class)
                .hasMessage("x.npy is gone");
        assertThat(interrupted).isTrue();
        // The thread of the failed task may have taken one more before the failure was seen, and none goes on.
        assertThat(started.get()).isLessThanOrEqualTo(1);
    }
}
