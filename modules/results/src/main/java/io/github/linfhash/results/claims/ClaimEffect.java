package io.github.linfhash.results.claims;

import io.github.linfhash.core.statistics.CrossedMean;

/**
 * The size of a difference or a trend, and how sure it is.
 *
 * @param size its mean
 * @param low lower end of its 95 % interval
 * @param high upper end of its 95 % interval
 * @param expected what it is tested against: the claim says that it is beyond
 * @param p two-sided
 * @param adjusted the same after Holm's correction for all comparisons of the claim
 * @param overQueries whether the interval rests on the values of single queries, too
 */
public record ClaimEffect(
        double size, double low, double high, double expected, double p, double adjusted, boolean overQueries) {
    /** The level at which an effect counts as more than chance. */
    public static final double LEVEL = 0.05;

    static ClaimEffect of(CrossedMean mean, double expected, boolean overQueries) {
        double p = mean.p(expected);
        return new ClaimEffect(mean.mean(), mean.low(), mean.high(), expected, p, p, overQueries);
    }

    ClaimEffect adjustedTo(double value) {
        return new ClaimEffect(size, low, high, expected, p, value, overQueries);
    }

    boolean covers() {
        return low <= expected && expected <= high;
    }

    boolean significant() {
        return adjusted < LEVEL;
    }
}
