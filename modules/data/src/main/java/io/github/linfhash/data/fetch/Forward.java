package io.github.linfhash.data.fetch;

import io.github.linfhash.core.progress.Progress;

/** How far a download has come at best; it moves a task forward, never back. */
final class Forward {
    private final Progress.Task task;
    private long furthest;

    Forward(Progress.Task task) {
        this.task = task;
    }

    /** Says that there are so many bytes now. */
    void reach(long bytes) {
        if (bytes > furthest) {
            task.advance(bytes - furthest);
            furthest = bytes;
        }
    }

    long furthest() {
        return furthest;
    }
}
