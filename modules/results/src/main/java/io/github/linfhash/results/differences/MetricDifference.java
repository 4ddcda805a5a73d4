package io.github.linfhash.results.differences;

import java.util.OptionalDouble;

/**
 * How a metric of one method at one code length differs between two results.
 *
 * @param method the method's name
 * @param bits the code length N
 * @param metric the metric's key
 * @param first its mean in the first, over the seeds that both have
 * @param second its mean in the second
 * @param halfWidth how far the 95 % interval of the mean difference reaches to either side; empty for a single seed
 * @param adjusted p of the two-sided paired t-test after Holm's correction over all differences; empty for a single seed
 * @param seeds how many seeds both have
 * @param sameCodes for how many of them the codes are the same, to the last bit
 */
public record MetricDifference(
        String method,
        int bits,
        String metric,
        double first,
        double second,
        OptionalDouble halfWidth,
        OptionalDouble adjusted,
        int seeds,
        int sameCodes) {
    private static final double LEVEL = 0.05;

    /** The second less the first. */
    public double difference() {
        return second - first;
    }

    /** Whether both are more different than chance explains. */
    public boolean significant() {
        return adjusted.isPresent() && adjusted.getAsDouble() < LEVEL && difference() != 0;
    }

    MetricDifference adjustedTo(double p) {
        return new MetricDifference(
                method, bits, metric, first, second, halfWidth, OptionalDouble.of(p), seeds, sameCodes);
    }
}
