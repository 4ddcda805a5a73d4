package io.github.linfhash.engines.measure;

import java.util.function.LongSupplier;

/** The time that a measurement may take. */
final class Budget {
    private static final double NANOS = 1e9;

    private final LongSupplier clock;
    private final long start;
    private final double seconds;

    /**
     * Starts now.
     *
     * @param clock nanoseconds
     */
    Budget(double seconds, LongSupplier clock) {
        this.clock = clock;
        this.start = clock.getAsLong();
        this.seconds = seconds;
    }

    double total() {
        return seconds;
    }

    double used() {
        return (clock.getAsLong() - start) / NANOS;
    }

    double left() {
        return seconds - used();
    }
}
