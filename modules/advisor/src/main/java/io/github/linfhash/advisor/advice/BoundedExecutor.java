package io.github.linfhash.advisor.advice;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs tasks of very different length: each thread takes the next one, so that the longest should come first. */
final class BoundedExecutor {
    private BoundedExecutor() {}

    /**
     * Runs all, or stops at the first that fails: no other task starts, running ones are interrupted, and the failure is thrown when they have
     * ended.
     *
     * @throws IOException if a task does, or the thread is interrupted
     */
    static void run(int threads, List<Callable<@Nullable Void>> tasks) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CompletionService<@Nullable Void> ended = new ExecutorCompletionService<>(pool);
            tasks.forEach(ended::submit);
            for (int i = 0; i < tasks.size(); i++) {
                // In the order in which tasks end, as a failure must not wait for an earlier task.
                Future<@Nullable Void> task = ended.take();
                try {
                    task.get();
                } catch (ExecutionException e) {
                    pool.shutdownNow();
                    pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
                    if (e.getCause() instanceof IOException unreadable) {
                        throw unreadable;
                    }
                    if (e.getCause() instanceof RuntimeException known) {
                        throw known;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while quantizers are measured");
        } finally {
            pool.shutdownNow();
        }
    }
}
