package io.github.linfhash.baselines.linalg;

import io.github.linfhash.core.errors.InputException;
import java.math.BigDecimal;

/**
 * Checks options of a method, each failure as one sentence.
 *
 * @param method the method's name, with which the sentence begins
 */
public record OptionCheck(String method) {
    /**
     * Requires a condition.
     *
     * @throws InputException if it does not hold
     */
    public void require(boolean holds, String option, String expected, Number found) {
        if (!holds) {
            throw new InputException(method + ": " + option + ": expected " + expected + ", found " + found);
        }
    }

    /**
     * Requires a number within bounds, which are allowed themselves.
     *
     * @throws InputException if it is outside, or NaN
     */
    public void within(String option, double value, double least, double most) {
        require(value >= least && value <= most, option, "a number from " + text(least) + " to " + text(most), value);
    }

    /**
     * Requires a count within bounds, which are allowed themselves.
     *
     * @throws InputException if it is outside
     */
    public void within(String option, int value, int least, int most) {
        require(
                value >= least && value <= most,
                option,
                most == Integer.MAX_VALUE ? "at least " + least : "a number from " + least + " to " + most,
                value);
    }

    /** 1e-12 and not 1.0E-12, 2 and not 2.0. */
    private static String text(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e4
                ? Long.toString((long) bound)
                : BigDecimal.valueOf(bound)
                        .stripTrailingZeros()
                        .toString()
                        .replace("E+", "e")
                        .replace("E", "e");
    }
}
