package io.github.linfhash.spark.blocks;

import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;

/**
 * Runs work on one thread, its parallel streams included: an executor gives a task one core, and runs as many tasks as it
 * has cores.
 */
public final class TaskThread {
    private TaskThread() {}

    /** The work's result; its exception is thrown as it is. */
    public static <T> T run(Supplier<T> work) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        // A parallel stream that is started in a pool uses the threads of that pool.
        ForkJoinPool pool = new ForkJoinPool(1);
        try {
            return pool.submit(() -> {
                        Thread.currentThread().setContextClassLoader(loader);
                        return work.get();
                    })
                    .join();
        } finally {
            pool.shutdown();
        }
    }
}
