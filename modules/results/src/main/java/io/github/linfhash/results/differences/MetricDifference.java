package io.github.linfhash.results.differences;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.tables.PairedTest;
import io.github.linfhash.results.tables.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
 * @param adjusted p of the two-sided paired t-test after Holm's correction over its family of tests; empty for a single seed
 * @param tests how many tests the family has
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
        int tests,
        int seeds,
        int sameCodes) {
    private static final double LEVEL = 0.05;

    /**
     * How two lists of runs differ, which are paired by their places.
     *
     * @param first runs that have the metric
     * @param second as many, of the same seeds in the same order
     */
    static MetricDifference of(String method, int bits, String metric, List<RunResult> first, List<RunResult> second) {
        double[] a = values(first, metric);
        double[] b = values(second, metric);
        double[] differences = new double[a.length];
        int same = 0;
        for (int s = 0; s < a.length; s++) {
            differences[s] = b[s] - a[s];
            same += Objects.equals(first.get(s).codesHash(), second.get(s).codesHash()) ? 1 : 0;
        }
        return new MetricDifference(
                method,
                bits,
                metric,
                Summary.of(a).mean(),
                Summary.of(b).mean(),
                Summary.of(differences).halfWidth(),
                a.length < 2 ? OptionalDouble.empty() : OptionalDouble.of(PairedTest.p(differences, 0)),
                1,
                a.length,
                same);
    }

    private static double[] values(List<RunResult> runs, String metric) {
        return runs.stream()
                .mapToDouble(run -> Objects.requireNonNull(run.metrics().get(metric)))
                .toArray();
    }

    /** The same differences with Holm's correction over all tests that could be made. */
    static List<MetricDifference> adjusted(List<MetricDifference> all) {
        return adjusted(
                all,
                PairedTest.corrected(
                        all.stream().map(MetricDifference::adjusted).toList()));
    }

    /** The same differences with these corrected p of one family of tests. */
    static List<MetricDifference> adjusted(List<MetricDifference> all, List<OptionalDouble> corrected) {
        int tests = (int) corrected.stream().filter(OptionalDouble::isPresent).count();
        List<MetricDifference> adjusted = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            adjusted.add(all.get(i).adjustedTo(corrected.get(i), tests));
        }
        return adjusted;
    }

    /** The second less the first. */
    public double difference() {
        return second - first;
    }

    /** Whether both are more different than chance explains. */
    public boolean significant() {
        return adjusted.isPresent() && adjusted.getAsDouble() < LEVEL && difference() != 0;
    }

    private MetricDifference adjustedTo(OptionalDouble p, int family) {
        return new MetricDifference(method, bits, metric, first, second, halfWidth, p, family, seeds, sameCodes);
    }
}
