package io.github.linfhash.core.statistics;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * The mean of a few independent measurements, such as one a seed, with its confidence interval by Student's t.
 *
 * @param mean the mean
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record MeanInterval(double mean, double low, double high) {
    /** The confidence level that is meant where none is named. */
    public static final double LEVEL = 0.95;

    /** The mean with its interval of 95 %. */
    public static MeanInterval of(double[] values) {
        return of(values, LEVEL);
    }

    /**
     * The mean plus and minus t s / sqrt(n), with the standard deviation s of divisor n - 1 and the two-sided quantile t
     * of n - 1 degrees of freedom.
     *
     * @param values at least two measurements, all finite
     * @param level the confidence level, within 0..1 and neither
     * @throws IllegalArgumentException if there are fewer than two values, one is not finite, or the level is not
     *     between 0 and 1
     */
    public static MeanInterval of(double[] values, double level) {
        if (values.length < 2 || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "an interval needs two values and a level between 0 and 1, not " + values.length + " and " + level);
        }
        double sum = 0;
        for (double value : values) {
            sum += Finite.require(value);
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        int freedom = values.length - 1;
        // No generator: the distribution is asked for a quantile, never for a sample.
        double quantile = new TDistribution(null, freedom).inverseCumulativeProbability((1 + level) / 2);
        double half = quantile * Math.sqrt(squares / freedom / values.length);
        return new MeanInterval(mean, mean - half, mean + half);
    }
}
