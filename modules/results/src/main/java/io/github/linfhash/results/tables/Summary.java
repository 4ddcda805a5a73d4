package io.github.linfhash.results.tables;

import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A number measured with several seeds.
 *
 * @param mean the arithmetic mean
 * @param spread the sample standard deviation (n - 1 in the denominator); empty for a single seed
 * @param n how many seeds
 */
public record Summary(double mean, OptionalDouble spread, int n) {
    private static final double LEVEL = 0.95;

    /** The summary of the values of some seeds; the mean of none is 0. */
    public static Summary of(double... values) {
        return new Summary(
                values.length == 0 ? 0 : StatUtils.mean(values),
                values.length > 1 ? OptionalDouble.of(Math.sqrt(StatUtils.variance(values))) : OptionalDouble.empty(),
                values.length);
    }

    /**
     * How far the 95 % interval of the mean reaches to either side: Student's t with n - 1 degrees of freedom times the
     * standard error; empty for a single seed.
     */
    public OptionalDouble halfWidth() {
        return reach(1.0 / n);
    }

    /**
     * How far from the mean one more run would lie, in 95 of 100 cases at most: what a number from a single run of somebody
     * else is to be compared with; empty for a single seed.
     */
    public OptionalDouble reachOfOneRun() {
        return reach(1 + 1.0 / n);
    }

    private OptionalDouble reach(double variances) {
        if (spread.isEmpty()) {
            return OptionalDouble.empty();
        }
        double quantile = new TDistribution(null, n - 1).inverseCumulativeProbability((1 + LEVEL) / 2);
        return OptionalDouble.of(quantile * spread.getAsDouble() * Math.sqrt(variances));
    }
}
