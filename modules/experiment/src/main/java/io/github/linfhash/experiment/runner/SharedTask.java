package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.progress.Progress;

/**
 * One run's part of a task that stands for many runs: whatever the run announces moves the common task by at most
 * {@value #SHARE} steps, and closing it completes them.
 */
public final class SharedTask implements Progress, AutoCloseable {
    /** Steps of the common task that one run takes. */
    public static final long SHARE = 1000;

    private final Progress all;
    private final Progress.Task common;
    private long done;

    /**
     * The part of one run.
     *
     * @param all where the common task was announced, and what a run notes is said
     */
    public SharedTask(Progress all, Progress.Task common) {
        this.all = all;
        this.common = common;
    }

    @Override
    public Task begin(String name, long steps) {
        return new Part(steps);
    }

    @Override
    public void note(String sentence) {
        all.note(sentence);
    }

    private synchronized void reach(long target) {
        if (target > done) {
            common.advance(target - done);
            done = target;
        }
    }

    @Override
    public void close() {
        reach(SHARE);
    }

    /** A training that has the run's whole share for itself. */
    private final class Part implements Task {
        private final long steps;
        private long taken;

        Part(long steps) {
            this.steps = Math.max(1, steps);
        }

        @Override
        public synchronized void advance(long more) {
            taken = Math.min(steps, taken + more);
            reach(taken * SHARE / steps);
        }
    }
}
