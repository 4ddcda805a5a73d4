package io.github.linfhash.results.differences;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.core.statistics.Holm;
import io.github.linfhash.results.schema.QueryValues;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
 * @param adjusted two-sided p of the mean difference being 0 after Holm's correction over its family of tests; empty for a single seed
 * @param tests how many tests the family has
 * @param seeds how many seeds both have
 * @param sameCodes for how many runs the codes are the same, to the last bit
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
     * How two configurations differ, paired by the searches and seeds that both have.
     *
     * @param first runs that have the metric
     * @param second others that have it
     * @param queries how many queries each seed has
     * @return empty if no seed is in both
     * @throws InputException if a seed has another split in the second
     */
    static Optional<MetricDifference> of(
            String method, int bits, String metric, List<RunResult> first, List<RunResult> second, int queries) {
        List<RunResult> a = sharing(first, second);
        List<RunResult> b = sharing(second, first);
        if (a.isEmpty()) {
            return Optional.empty();
        }
        int same = 0;
        for (RunResult one : a) {
            boolean found = false;
            for (RunResult other : b) {
                if (one.key().seed() == other.key().seed()) {
                    ResultDifferences.requireSameSplit(one, other);
                    found |= Objects.equals(one.codesHash(), other.codesHash());
                }
            }
            same += found ? 1 : 0;
        }
        CellValues ofFirst = CellValues.ofMetric(a, metric, queries, QueryValues.NONE);
        CellValues ofSecond = CellValues.ofMetric(b, metric, queries, QueryValues.NONE);
        Summary difference = ofSecond.minus(ofFirst).summary();
        return Optional.of(new MetricDifference(
                method,
                bits,
                metric,
                ofFirst.summary().mean(),
                ofSecond.summary().mean(),
                difference.halfWidth(),
                difference.p(0),
                1,
                difference.n(),
                same));
    }

    private static List<RunResult> sharing(List<RunResult> runs, List<RunResult> others) {
        return runs.stream()
                .filter(run -> others.stream()
                        .anyMatch(other -> other.key().seed() == run.key().seed()))
                .toList();
    }

    /** The same differences with Holm's correction over all tests that could be made. */
    static List<MetricDifference> adjusted(List<MetricDifference> all) {
        List<OptionalDouble> corrected =
                Holm.adjust(all.stream().map(MetricDifference::adjusted).toList());
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
