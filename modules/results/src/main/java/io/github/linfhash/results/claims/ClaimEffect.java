package io.github.linfhash.results.claims;

import java.util.Optional;

/**
 * The size of a difference or a trend, and how sure it is.
 *
 * @param size its mean over seeds
 * @param low lower end of the 95 % interval of the mean over seeds
 * @param high upper end of the 95 % interval
 * @param expected what it is tested against: the claim says that it is beyond
 * @param p two-sided; where the values of single queries are known, the larger one of both tests
 * @param adjusted the same after Holm's correction for all comparisons of the claim
 * @param overQueries the bootstrap over seeds and queries; empty if there are no values of single queries
 */
public record ClaimEffect(
        double size,
        double low,
        double high,
        double expected,
        double p,
        double adjusted,
        Optional<QueryEffect> overQueries) {
    /** The level at which an effect counts as more than chance. */
    public static final double LEVEL = 0.05;

    ClaimEffect adjustedTo(double value) {
        return new ClaimEffect(size, low, high, expected, p, value, overQueries);
    }

    /**
     * The same effect with what single queries say of it. Each test has its blind side: five seeds give a bootstrap an
     * interval that is too short, and a t-test one that trusts in the normal distribution. So both have to be passed.
     */
    ClaimEffect with(QueryEffect queries) {
        double larger = Math.max(p, queries.p());
        return new ClaimEffect(size, low, high, expected, larger, larger, Optional.of(queries));
    }

    boolean covers() {
        return (low <= expected && expected <= high)
                || overQueries
                        .filter(queries -> queries.low() <= expected && expected <= queries.high())
                        .isPresent();
    }

    boolean significant() {
        return adjusted < LEVEL;
    }
}
