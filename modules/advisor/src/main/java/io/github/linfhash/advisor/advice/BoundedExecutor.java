package io.github.linfhash.advisor.advice;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Runs tasks of very different length: each thread takes the next one, so that the longest should come first. */
final class BoundedExecutor {
    private BoundedExecutor() {}

    /**
     * Runs all, or stops at the first that fails.
     *
     * @throws IOException if a task does, or the thread is interrupted
     */
    static void run(int threads, List<Callable<@Nullable Void>> tasks) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<@Nullable Void>> futures = new ArrayList<>();
            tasks.forEach(task -> futures.add(pool.submit(task)));
            for (Future<@Nullable Void> future : futures) {
                future.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while quantizers are measured");
        } finally {
            pool.shutdownNow();
        }
    }
}
