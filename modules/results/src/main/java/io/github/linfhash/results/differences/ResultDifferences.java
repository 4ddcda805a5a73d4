package io.github.linfhash.results.differences;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.EnvironmentSummary;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.SameRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

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
                new PairedMetrics(common, b, first.protocol().sizes().queries()).differences(),
                OtherValues.of(first, second),
                unmatched(first, second, a, b),
                common.size(),
                same);
    }

    /**
     * Requires that two runs of a seed have the same split.
     *
     * @throws InputException if they have not
     */
    static void requireSameSplit(RunResult a, RunResult b) {
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

    /** What of the environment and of the options of methods two results have differently. */
    private static final class OtherValues {
        private OtherValues() {}

        static List<OtherValue> of(Results first, Results second) {
            Map<String, String> a = values(first);
            Map<String, String> b = values(second);
            Set<String> names = new LinkedHashSet<>(a.keySet());
            names.addAll(b.keySet());
            Map<String, String> devices = devices(second);
            Stream<OtherValue> ofMethods = devices(first).entrySet().stream()
                    .filter(entry -> devices.containsKey(entry.getKey()))
                    .map(entry -> new OtherValue(
                            "device of " + entry.getKey(), entry.getValue(), devices.getOrDefault(entry.getKey(), "")));
            return Stream.concat(
                            names.stream()
                                    .map(name ->
                                            new OtherValue(name, a.getOrDefault(name, ""), b.getOrDefault(name, ""))),
                            ofMethods)
                    .filter(value -> !value.first().equals(value.second()))
                    .toList();
        }

        /** What each method was trained on. */
        private static Map<String, String> devices(Results results) {
            Map<String, Set<String>> devices = new LinkedHashMap<>();
            results.runs()
                    .forEach(run -> devices.computeIfAbsent(run.key().entry(), unused -> new TreeSet<>())
                            .add(Objects.requireNonNullElse(run.device(), "unknown")));
            Map<String, String> texts = new LinkedHashMap<>();
            devices.forEach((method, some) -> texts.put(method, String.join(", ", some)));
            return texts;
        }

        private static Map<String, String> values(Results results) {
            EnvironmentSummary environment = results.environment();
            Map<String, String> values = new LinkedHashMap<>();
            values.put("version", environment.version());
            values.put("commit", environment.commit());
            values.put("jdk", environment.jdk());
            values.put("os", environment.os());
            values.put("cpu", environment.cpu());
            values.put("cores", Integer.toString(environment.cores()));
            values.put("backend", environment.backend());
            values.put("threads", Integer.toString(environment.threads()));
            values.put("workers", Integer.toString(environment.workers()));
            for (MethodSummary method : results.protocol().methods()) {
                method.options().forEach((name, value) -> values.put(method.entry() + "." + name, value.toString()));
                method.optionsAt()
                        .forEach((bits, changed) -> changed.forEach((name, value) ->
                                values.put(method.entry() + "." + name + " at " + bits + " bits", value.toString())));
            }
            return values;
        }
    }

    /** The metrics of runs that two results share, paired by seed. */
    private static final class PairedMetrics {
        /** A method at a code length. */
        private record Cell(String method, int bits) {}

        private final Map<Cell, List<RunKey>> cells = new LinkedHashMap<>();
        private final Map<RunKey, RunResult> first;
        private final Map<RunKey, RunResult> second;
        private final int queries;

        /** The runs of the first by key; the second has at least these. */
        PairedMetrics(Map<RunKey, RunResult> first, Map<RunKey, RunResult> second, int queries) {
            this.first = first;
            this.second = second;
            this.queries = queries;
            first.keySet()
                    .forEach(
                            key -> cells.computeIfAbsent(new Cell(key.entry(), key.bits()), unused -> new ArrayList<>())
                                    .add(key));
        }

        /** All differences, with Holm's correction over all tests that could be made. */
        List<MetricDifference> differences() {
            List<MetricDifference> all = new ArrayList<>();
            cells.forEach((cell, keys) -> run(first, keys.get(0)).metrics().keySet().stream()
                    .filter(metric -> everywhere(keys, metric))
                    .forEach(metric -> all.add(difference(cell, keys, metric))));
            return MetricDifference.adjusted(all);
        }

        private boolean everywhere(List<RunKey> keys, String metric) {
            return keys.stream()
                    .allMatch(key -> run(first, key).metrics().containsKey(metric)
                            && run(second, key).metrics().containsKey(metric));
        }

        private MetricDifference difference(Cell cell, List<RunKey> keys, String metric) {
            return MetricDifference.of(
                            cell.method(),
                            cell.bits(),
                            metric,
                            keys.stream().map(key -> run(first, key)).toList(),
                            keys.stream().map(key -> run(second, key)).toList(),
                            queries)
                    .orElseThrow();
        }

        private static RunResult run(Map<RunKey, RunResult> runs, RunKey key) {
            return Objects.requireNonNull(runs.get(key));
        }
    }
}
