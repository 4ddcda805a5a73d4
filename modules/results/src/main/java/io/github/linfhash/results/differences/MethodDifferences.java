package io.github.linfhash.results.differences;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.SameRules;
import io.github.linfhash.results.tables.SeedValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** How one method differs from each method of other results, paired over the seeds that both have. */
public final class MethodDifferences {
    private MethodDifferences() {}

    /**
     * Compares a method with each method of other results, the method less the others. The tests of one metric at one code length are
     * a family of their own ({@link SeedValues#correctedP}), as in the ranking of a site.
     *
     * @param subject results that have the method
     * @param method the method, by its name or that of its row
     * @param others results of the same rules and data
     * @param metrics keys of metrics; what no two share is left out
     * @return the differences by code length, then metric, then other method, whose name they have
     * @throws InputException if rules or data are others, a seed has another split, or no run has its counterpart
     */
    public static List<MetricDifference> of(Results subject, String method, Results others, List<String> metrics) {
        SameRules.require(subject, others);
        List<MetricDifference> all = new ArrayList<>();
        for (int bits : subject.protocol().bits()) {
            for (String metric : metrics) {
                all.addAll(family(subject, method, others, bits, metric));
            }
        }
        if (all.isEmpty()) {
            throw new InputException("Results to compare with " + method
                    + ": expected runs of the same bits and seeds, found none that did not fail");
        }
        return all;
    }

    private static List<MetricDifference> family(
            Results subject, String method, Results others, int bits, String metric) {
        Map<Long, RunResult> mine = bySeed(subject.runs(method, bits), metric);
        List<MetricDifference> differences = new ArrayList<>();
        List<SeedValues> values = new ArrayList<>();
        for (String other : others.protocol().methodNames()) {
            Map<Long, RunResult> theirs = bySeed(others.runs(other, bits), metric);
            theirs.keySet().retainAll(mine.keySet());
            if (theirs.isEmpty()) {
                continue;
            }
            List<RunResult> first = List.copyOf(theirs.values());
            List<RunResult> second = theirs.keySet().stream()
                    .map(seed -> Objects.requireNonNull(mine.get(seed)))
                    .toList();
            for (int s = 0; s < first.size(); s++) {
                ResultDifferences.requireSameSplit(first.get(s), second.get(s));
            }
            differences.add(MetricDifference.of(other, bits, metric, first, second));
            values.add(SeedValues.ofMetric(first, metric));
        }
        SeedValues reference = SeedValues.ofMetric(List.copyOf(mine.values()), metric);
        return MetricDifference.adjusted(differences, reference.correctedP(values));
    }

    /** The runs that have a metric, which failed ones do not. */
    private static Map<Long, RunResult> bySeed(List<RunResult> runs, String metric) {
        Map<Long, RunResult> bySeed = new TreeMap<>();
        runs.stream()
                .filter(run -> !run.failed() && run.metrics().containsKey(metric))
                .forEach(run -> bySeed.put(run.key().seed(), run));
        return bySeed;
    }
}
