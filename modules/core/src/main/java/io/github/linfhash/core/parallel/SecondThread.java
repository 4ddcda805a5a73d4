package io.github.linfhash.core.parallel;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs pairs of tasks of some microseconds each, both at a time where a core is spare, else one after the other.
 *
 * <p>An executor takes longer to wake a thread than such a task lasts. Here the waiting side stays awake, which only a core
 * that nobody else wants makes worthwhile. Other programs may want it: once the waiting has lost more than it gained, the
 * thread is dismissed, and not recruited again for a while. Used by one thread at a time.
 */
public final class SecondThread implements AutoCloseable {
    private static final long PATIENCE_NANOS = 50_000_000;
    private static final int MOST_DOUBLINGS = 2;
    private static final int SPINS = 100;
    private static final int YIELDS = 5_000;
    private static final long NAP_NANOS = 50_000;

    private final SpareCores cores;
    private final LongSupplier nanos;
    private @Nullable Server server;
    private long lost;
    private int dismissals;
    private int refusals;

    /** Will take a core of these. */
    public SecondThread(SpareCores cores) {
        this(cores, System::nanoTime);
    }

    /**
     * The same by another clock.
     *
     * @param nanos read by the caller of {@link #both}: before its own task, after it, and when both are done
     */
    SecondThread(SpareCores cores, LongSupplier nanos) {
        this.cores = cores;
        this.nanos = nanos;
    }

    /** Takes a core now if this has none and one is spare; cheap, so that it may be asked for again and again. */
    public void recruit() {
        if (server != null) {
            return;
        }
        if (refusals > 0) {
            refusals--;
        } else if (cores.tryTake()) {
            lost = 0;
            server = new Server();
            server.start();
        }
    }

    /** Whether two tasks run at the same time now. */
    boolean recruited() {
        return server != null;
    }

    /**
     * Runs both tasks and returns when both are done. They must not depend on each other.
     *
     * @throws RuntimeException or an {@link Error}, whichever a task threw; if both did, that of {@code here}
     */
    public void both(Runnable here, Runnable there) {
        if (server == null) {
            here.run();
            there.run();
            return;
        }
        Server helper = server;
        helper.begin(there);
        long start = nanos.getAsLong();
        long waiting;
        try {
            here.run();
        } finally {
            waiting = nanos.getAsLong();
            helper.await();
        }
        helper.rethrow();
        judge(waiting - start, nanos.getAsLong() - waiting);
    }

    /** Doing both tasks here would have lasted about twice the own one; what is waited beyond that is lost. */
    private void judge(long worked, long waited) {
        lost = Math.max(0, lost + waited - worked);
        if (lost > PATIENCE_NANOS) {
            close();
            refusals = 1 << Math.min(dismissals++, MOST_DOUBLINGS);
        }
    }

    /** Ends the thread, if there is one, and gives its core back. */
    @Override
    public void close() {
        if (server != null) {
            server.end();
            server = null;
            cores.giveBack();
        }
    }

    /**
     * A wait is mostly shorter than the spins. After these the core is offered to others each time: to the compiler of a
     * JVM that has just started, or to the other thread, which the system may have put on the same core.
     */
    @SuppressWarnings("ThreadPriorityCheck") // no result depends on who runs first
    private static void pause(int round) {
        if (round < SPINS) {
            Thread.onSpinWait();
        } else if (round < SPINS + YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(NAP_NANOS);
        }
    }

    private static final class Server extends Thread {
        private volatile @Nullable Runnable task;
        private volatile @Nullable Throwable failure;
        private volatile boolean ended;

        Server() {
            super("second thread");
            setDaemon(true);
        }

        void begin(Runnable next) {
            failure = null;
            task = next;
            LockSupport.unpark(this);
        }

        void await() {
            for (int round = 0; task != null; round++) {
                pause(round);
            }
        }

        void end() {
            ended = true;
            LockSupport.unpark(this);
        }

        @Override
        public void run() {
            int round = 0;
            while (!ended) {
                Runnable next = task;
                if (next == null) {
                    pause(round++);
                } else {
                    serve(next);
                    round = 0;
                }
            }
        }

        private void serve(Runnable next) {
            try {
                next.run();
            } catch (Throwable e) { // handed over to the thread that waits
                failure = e;
            }
            task = null;
        }

        void rethrow() {
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            if (failure instanceof Error error) {
                throw error;
            }
        }
    }
}
