package io.github.linfhash.results.differences;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.SameRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How one method differs from each method of other results, paired over the seeds that both have. */
public final class MethodDifferences {
    private MethodDifferences() {}

    /**
     * The differences of the headline metrics that both have, the method less the others; Holm's correction is over all of them.
     *
     * @param subject results that have the method
     * @param method the method, by its name or that of its row
     * @param others results of the same rules and data
     * @return for each other method, code length and metric; its name is the other's
     * @throws InputException if rules or data are others, a seed has another split, or no run has its counterpart
     */
    public static List<MetricDifference> of(Results subject, String method, Results others) {
        SameRules.require(subject, others);
        List<MetricDifference> all = new ArrayList<>();
        for (String other : others.protocol().methodNames()) {
            for (int bits : subject.protocol().bits()) {
                Map<Long, RunResult> mine = bySeed(subject.runs(method, bits));
                Map<Long, RunResult> theirs = bySeed(others.runs(other, bits));
                mine.keySet().retainAll(theirs.keySet());
                List<RunResult> second = List.copyOf(mine.values());
                List<RunResult> first = mine.keySet().stream()
                        .map(seed -> Objects.requireNonNull(theirs.get(seed)))
                        .toList();
                for (int s = 0; s < first.size(); s++) {
                    ResultDifferences.requireSameSplit(first.get(s), second.get(s));
                }
                for (String metric : subject.protocol().headline()) {
                    if (!first.isEmpty() && haveAll(first, metric) && haveAll(second, metric)) {
                        all.add(MetricDifference.of(other, bits, metric, first, second));
                    }
                }
            }
        }
        if (all.isEmpty()) {
            throw new InputException("Results to compare with " + method
                    + ": expected runs of the same bits and seeds, found none that did not fail");
        }
        return MetricDifference.adjusted(all);
    }

    private static Map<Long, RunResult> bySeed(List<RunResult> runs) {
        Map<Long, RunResult> bySeed = new LinkedHashMap<>();
        runs.stream()
                .filter(run -> !run.failed())
                .forEach(run -> bySeed.put(run.key().seed(), run));
        return bySeed;
    }

    private static boolean haveAll(List<RunResult> runs, String metric) {
        return runs.stream().allMatch(run -> run.metrics().containsKey(metric));
    }
}
