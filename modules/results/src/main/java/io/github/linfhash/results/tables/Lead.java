package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Who is the best in one metric at one code length, and how sure that is.
 *
 * @param column the metric
 * @param bits the code length N
 * @param method the method with the best mean
 * @param runnerUp the method with the next best one
 * @param best what was measured of the first
 * @param next what was measured of the second
 * @param difference how far the first is ahead of the second, over the seeds that both were run with
 * @param p two-sided, of the difference being 0; empty with fewer than two seeds
 * @param adjusted the same after Holm's correction for all leads of the table
 * @param level the other methods with the same mean as the best, in the protocol's order
 * @param undecided the methods after the runner-up, best mean first, whose own p against the best is above
 *     {@link #LEVEL} already without a correction; they would be so after any
 */
public record Lead(
        Quantity column,
        int bits,
        String method,
        String runnerUp,
        Summary best,
        Summary next,
        Summary difference,
        OptionalDouble p,
        OptionalDouble adjusted,
        List<String> level,
        List<String> undecided) {
    /** The level at which a lead counts as more than chance. */
    public static final double LEVEL = 0.05;

    /** Means that differ by less come from the order of their sums. */
    private static final double ROUNDING = 1e-12;

    public Lead {
        level = List.copyOf(level);
        undecided = List.copyOf(undecided);
    }

    /** Whether a mean is the best one, up to rounding. */
    public boolean sharedBy(Summary mean) {
        return same(best, mean);
    }

    /** Whether nobody leads, as the runner-up has the same mean. */
    public boolean tied() {
        return !level.isEmpty();
    }

    /** Whether the lead is more than chance would explain. */
    public boolean significant() {
        return adjusted.isPresent() && adjusted.getAsDouble() < LEVEL;
    }

    Lead adjustedTo(OptionalDouble value) {
        return new Lead(column, bits, method, runnerUp, best, next, difference, p, value, level, undecided);
    }

    static boolean same(Summary a, Summary b) {
        return Math.abs(a.mean() - b.mean()) <= ROUNDING * Math.max(1, Math.abs(a.mean()));
    }
}
