package io.github.linfhash.reports.claims;

/**
 * The size of a difference or a trend, and how sure it is.
 *
 * @param size its mean over seeds
 * @param low lower end of the 95 % interval of the mean
 * @param high upper end of the 95 % interval
 * @param expected what it is tested against: the claim says that it is beyond
 * @param p two-sided
 * @param adjusted the same after Holm's correction for all comparisons of the claim
 */
public record ClaimEffect(double size, double low, double high, double expected, double p, double adjusted) {
    /** The level at which an effect counts as more than chance. */
    public static final double LEVEL = 0.05;

    ClaimEffect adjustedTo(double value) {
        return new ClaimEffect(size, low, high, expected, p, value);
    }

    boolean covers() {
        return low <= expected && expected <= high;
    }

    boolean significant() {
        return adjusted < LEVEL;
    }
}
