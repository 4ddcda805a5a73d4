package io.github.linfhash.core.statistics;

/** Refuses what no statistic can be computed from. */
final class Finite {
    private Finite() {}

    /** @throws IllegalArgumentException if the value is NaN or infinite */
    static double require(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a statistic needs finite values, not " + value);
        }
        return value;
    }
}
