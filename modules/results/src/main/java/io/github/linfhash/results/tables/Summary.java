package io.github.linfhash.results.tables;

import io.github.linfhash.core.statistics.CrossedMean;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A number measured with several searches and seeds.
 *
 * @param mean the arithmetic mean
 * @param spread the sample standard deviation of all runs (n - 1 in the denominator); empty for a single one
 * @param n how many seeds
 * @param searches how many searches; with one, the interval is conditional on the options
 * @param interval the mean's interval; empty for a single seed, and where nothing is known of the spread
 */
public record Summary(double mean, OptionalDouble spread, int n, int searches, Optional<CrossedMean> interval) {
    /** The summary of the values of some seeds; the mean of none is 0. */
    public static Summary of(double... values) {
        return values.length < 2
                ? without(values, values.length, 1)
                : with(
                        values,
                        values.length,
                        1,
                        CrossedMean.ofCells(new double[][] {values}, CrossedMean.Range.ANY, 0));
    }

    static Summary without(double[] values, int seeds, int searches) {
        return with(values, seeds, searches, Optional.empty());
    }

    static Summary with(double[] values, int seeds, int searches, Optional<CrossedMean> interval) {
        return new Summary(
                values.length == 0 ? 0 : StatUtils.mean(values),
                values.length > 1 ? OptionalDouble.of(Math.sqrt(StatUtils.variance(values))) : OptionalDouble.empty(),
                seeds,
                searches,
                interval);
    }

    /** How far the 95 % interval of the mean reaches, to the side where it reaches farther; empty where there is none. */
    public OptionalDouble halfWidth() {
        return interval.stream().mapToDouble(CrossedMean::reach).findFirst();
    }

    /** The two-sided p of the mean being this value; empty where there is no interval. */
    public OptionalDouble p(double expected) {
        return interval.stream().mapToDouble(found -> found.p(expected)).findFirst();
    }

    /**
     * How far from the mean one more run would lie, in 95 of 100 cases at most: what a number from a single run of somebody
     * else is to be compared with; empty where there is no interval.
     */
    public OptionalDouble reachOfOneRun() {
        return interval.stream()
                .mapToDouble(found -> new TDistribution(null, found.degrees())
                                .inverseCumulativeProbability((1 + CrossedMean.LEVEL) / 2)
                        * Math.hypot(spread.orElse(0), found.standardError()))
                .findFirst();
    }
}
