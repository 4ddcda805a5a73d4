package io.github.linfhash.core.parallel;

import java.util.concurrent.Semaphore;

/**
 * The cores that no run occupies. A training may take one for a second thread; it must give the same result without it,
 * since whether one is free is chance. Safe for threads.
 */
public class SpareCores {
    /** No core is ever spare, whatever is given back. */
    public static final SpareCores NONE = new SpareCores(0) {
        @Override
        public void giveBack() {}
    };

    private final Semaphore cores;

    /**
     * So many cores are spare.
     *
     * @param count at least 0
     */
    public SpareCores(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("expected at least 0 spare cores, found " + count);
        }
        this.cores = new Semaphore(count);
    }

    /** Takes a core, if one is spare. Who takes one gives it back. */
    public boolean tryTake() {
        return cores.tryAcquire();
    }

    /** A core has become spare: given back, or no longer needed by whom it was for. */
    public void giveBack() {
        cores.release();
    }
}
