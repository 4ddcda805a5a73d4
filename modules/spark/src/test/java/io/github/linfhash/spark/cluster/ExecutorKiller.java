package io.github.linfhash.spark.cluster;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.jspecify.annotations.Nullable;

/** Ends the process of one executor, as {@code kill -9} does, when it begins a task of a job. */
final class ExecutorKiller extends SparkListener {
    private final Map<String, Long> processes;
    private final AtomicReference<@Nullable String> victim = new AtomicReference<>();
    private final AtomicInteger startsBefore;
    private final AtomicInteger lostTasks = new AtomicInteger();
    private final AtomicInteger removed = new AtomicInteger();

    /**
     * A killer that waits.
     *
     * @param processes process ids of the executors by their names
     * @param startsBefore how many tasks start before the one that is not to end
     */
    ExecutorKiller(Map<String, Long> processes, int startsBefore) {
        this.processes = processes;
        this.startsBefore = new AtomicInteger(startsBefore);
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart event) {
        String executor = event.taskInfo().executorId();
        Long process = processes.get(executor);
        if (process != null && startsBefore.getAndDecrement() <= 0 && victim.compareAndSet(null, executor)) {
            ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
        if (!event.taskInfo().successful() && event.taskInfo().executorId().equals(victim.get())) {
            lostTasks.incrementAndGet();
        }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
        if (event.executorId().equals(victim.get())) {
            removed.incrementAndGet();
        }
    }

    /** How many tasks did not end because their executor was gone. */
    int lostTasks() {
        return lostTasks.get();
    }

    /** How often Spark noticed that the executor was gone. */
    int removed() {
        return removed.get();
    }
}
