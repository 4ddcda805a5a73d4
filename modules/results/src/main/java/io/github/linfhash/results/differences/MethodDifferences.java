package io.github.linfhash.results.differences;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.SameRules;
import java.util.ArrayList;
import java.util.List;

/** How one method differs from each method of other results, paired over the searches and seeds that both have. */
public final class MethodDifferences {
    private MethodDifferences() {}

    /**
     * Compares a method with each method of other results, the method less the others. The tests of one metric at one code length are
     * a family of their own.
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
        List<RunResult> mine = measured(subject.runs(method, bits), metric);
        List<MetricDifference> differences = new ArrayList<>();
        for (MethodSummary other : others.protocol().configurations()) {
            List<RunResult> theirs = measured(others.runs(other.entry(), bits), metric);
            MetricDifference.of(
                            other.entry(),
                            bits,
                            metric,
                            theirs,
                            mine,
                            others.protocol().sizes().queries())
                    .ifPresent(differences::add);
        }
        return MetricDifference.adjusted(differences);
    }

    /** The runs that have a metric, which failed ones do not. */
    private static List<RunResult> measured(List<RunResult> runs, String metric) {
        return runs.stream()
                .filter(run -> !run.failed() && run.metrics().containsKey(metric))
                .toList();
    }
}
