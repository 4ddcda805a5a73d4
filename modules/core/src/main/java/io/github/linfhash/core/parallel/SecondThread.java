package io.github.linfhash.core.parallel;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs pairs of tasks of some microseconds each, both at a time where a core is spare, else one after the other.
 *
 * <p>An executor takes longer to wake a thread than such a task lasts. Here the waiting side spins, which only a core that
 * nobody else wants makes worthwhile; it takes short naps soon, in case the machine is busy after all.
 * Used by one thread at a time.
 */
public final class SecondThread implements AutoCloseable {
    private static final int SPINS = 10_000;
    private static final long NAP_NANOS = 50_000;

    private final SpareCores cores;
    private @Nullable Thread thread;
    private volatile @Nullable Runnable task;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    /** Will take a core of these. */
    public SecondThread(SpareCores cores) {
        this.cores = cores;
    }

    /** Takes a core now if this has none and one is spare; cheap, so that it may be asked for again and again. */
    public void recruit() {
        if (thread == null && !closed && cores.tryTake()) {
            thread = new Thread(this::serve, "second thread");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * Runs both tasks and returns when both are done. They must not depend on each other.
     *
     * @throws RuntimeException or an {@link Error}, whichever a task threw; if both did, that of {@code here}
     */
    public void both(Runnable here, Runnable there) {
        if (thread == null) {
            here.run();
            there.run();
            return;
        }
        failure = null;
        task = there;
        LockSupport.unpark(thread);
        try {
            here.run();
        } finally {
            for (int round = 0; task != null; round++) {
                pause(round);
            }
        }
        rethrow(failure);
    }

    private void serve() {
        int round = 0;
        while (!closed) {
            Runnable next = task;
            if (next == null) {
                pause(round++);
                continue;
            }
            try {
                next.run();
            } catch (Throwable e) { // handed over to the thread that waits
                failure = e;
            }
            task = null;
            round = 0;
        }
    }

    private static void pause(int round) {
        if (round < SPINS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(NAP_NANOS);
        }
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    /** Ends the thread and gives its core back; from now on tasks run one after the other. */
    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            LockSupport.unpark(thread);
            thread = null;
            cores.giveBack();
        }
    }
}
