package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
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
 * @param p of the two-sided paired t-test of these differences; empty with fewer than two seeds
 * @param adjusted the same after Holm's correction for all leads of the table
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
        OptionalDouble adjusted) {
    /** The level at which a lead counts as more than chance. */
    public static final double LEVEL = 0.05;

    /** Whether the lead is more than chance would explain. */
    public boolean significant() {
        return adjusted.isPresent() && adjusted.getAsDouble() < LEVEL;
    }

    Lead adjustedTo(OptionalDouble value) {
        return new Lead(column, bits, method, runnerUp, best, next, difference, p, value);
    }
}
