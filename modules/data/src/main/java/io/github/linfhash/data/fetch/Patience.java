package io.github.linfhash.data.fetch;

import java.time.Duration;

/**
 * How long a download is given.
 *
 * @param attempts how often an address is tried without getting further, at least 1
 * @param firstPause before the second attempt; each further pause is twice as long, up to 30 s
 * @param stall how long a server may take to answer, and to send {@link #LEAST_BYTES}
 */
public record Patience(int attempts, Duration firstPause, Duration stall) {
    /** Fewer bytes than these within {@link #stall} are no progress. */
    static final int LEAST_BYTES = 1024;

    /** So many new bytes, and the attempts are counted from one again. */
    static final long PROGRESS = 1 << 20;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    public Patience {
        if (attempts < 1 || attempts > 100 || stall.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException(
                    "expected 1 to 100 attempts and a time of at least 1 ms, found " + attempts + " and " + stall);
        }
    }

    /**
     * The pause after some failures.
     *
     * @param failures how many attempts failed in a row, at least 1
     * @param asked how long the server asks to wait; at most two minutes of it are granted
     */
    Duration pause(int failures, Duration asked) {
        Duration doubled = firstPause.multipliedBy(1L << Math.min(failures - 1, 10));
        Duration own = shorter(doubled, LONGEST_PAUSE);
        Duration granted = shorter(asked, LONGEST_WAIT);
        return own.compareTo(granted) > 0 ? own : granted;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
