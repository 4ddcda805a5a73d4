package io.github.linfhash.experiment.runner;

import io.github.linfhash.core.parallel.SpareCores;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows which cores no run occupies: those beyond the workers, and those of workers that find no more runs to begin. */
final class IdleCores {
    private final AtomicInteger waiting;
    private final SpareCores spare;

    /**
     * Before the first run begins.
     *
     * @param spare the cores beyond the workers
     * @param waiting the runs that no worker can begin at once
     */
    IdleCores(SpareCores spare, int waiting) {
        this.spare = spare;
        this.waiting = new AtomicInteger(waiting);
    }

    SpareCores spare() {
        return spare;
    }

    /** A run has ended; its core is spare unless another run takes its place. */
    void ended() {
        if (waiting.getAndDecrement() <= 0) {
            spare.giveBack();
        }
    }
}
