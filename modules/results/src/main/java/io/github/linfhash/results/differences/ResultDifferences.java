package io.github.linfhash.results.differences;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.SameRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * How two results of the same rules and data differ.
 *
 * @param metrics for each method, code length and metric that both measured
 * @param setting what of environment and options is different
 * @param unmatched runs that one of them alone has, or that failed in one of them
 * @param runs how many runs both have
 * @param sameCodes in how many of them the codes are the same, to the last bit
 */
public record ResultDifferences(
        List<MetricDifference> metrics, List<OtherValue> setting, List<OtherValue> unmatched, int runs, int sameCodes) {
    public ResultDifferences {
        metrics = List.copyOf(metrics);
        setting = List.copyOf(setting);
        unmatched = List.copyOf(unmatched);
    }

    /**
     * Compares.
     *
     * @throws InputException if the hash of protocol, data, features or a seed's split differs, or no run is in both
     */
    public static ResultDifferences of(Results first, Results second) {
        SameRules.require(first, second);
        Map<RunKey, RunResult> a = byKey(first);
        Map<RunKey, RunResult> b = byKey(second);
        Map<RunKey, RunResult> common = new LinkedHashMap<>(a);
        common.keySet().retainAll(b.keySet());
        if (common.isEmpty()) {
            throw new InputException(
                    "Results to compare: expected runs of the same method, bits and seed in both, found"
                            + " none that did not fail");
        }
        common.forEach((key, run) -> requireSameSplit(run, Objects.requireNonNull(b.get(key))));
        int same = (int) common.entrySet().stream()
                .filter(entry -> Objects.equals(
                        entry.getValue().codesHash(),
                        Objects.requireNonNull(b.get(entry.getKey())).codesHash()))
                .count();
        return new ResultDifferences(
                new PairedMetrics(common, b).differences(),
                OtherValues.of(first, second),
                unmatched(first, second, a, b),
                common.size(),
                same);
    }

    private static void requireSameSplit(RunResult a, RunResult b) {
        if (!a.splitHash().equals(b.splitHash())) {
            throw new InputException("Results to compare, seed " + a.key().seed()
                    + ": expected the same hash of the split, found "
                    + a.splitHash().substring(0, 12) + " and "
                    + b.splitHash().substring(0, 12));
        }
    }

    private static Map<RunKey, RunResult> byKey(Results results) {
        Map<RunKey, RunResult> runs = new LinkedHashMap<>();
        results.runs().stream().filter(run -> !run.failed()).forEach(run -> runs.put(run.key(), run));
        return runs;
    }

    private static List<OtherValue> unmatched(
            Results first, Results second, Map<RunKey, RunResult> a, Map<RunKey, RunResult> b) {
        TreeSet<String> names = new TreeSet<>();
        Map<String, String> inFirst = states(first);
        Map<String, String> inSecond = states(second);
        names.addAll(inFirst.keySet());
        names.addAll(inSecond.keySet());
        a.keySet().stream().filter(b::containsKey).map(RunKey::toString).forEach(names::remove);
        return names.stream()
                .map(name -> new OtherValue(
                        name, inFirst.getOrDefault(name, "not run"), inSecond.getOrDefault(name, "not run")))
                .toList();
    }

    private static Map<String, String> states(Results results) {
        Map<String, String> states = new LinkedHashMap<>();
        results.runs().forEach(run -> states.put(run.key().toString(), run.failed() ? "failed" : "measured"));
        return states;
    }
}
