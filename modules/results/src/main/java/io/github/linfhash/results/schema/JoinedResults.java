package io.github.linfhash.results.schema;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Results of the same rules and data as one: what several commands measured, or several machines, or today's code. */
public final class JoinedResults {
    private JoinedResults() {}

    /**
     * All runs of some results. Methods, code lengths and seeds stand in the order of the first file that has them; the environment is
     * that of the first, and what no earlier part has is an addition where another environment computed it.
     *
     * @param parts at least one
     * @throws InputException if rules, data or features differ, if a method has other options or another search in another part, or
     *     was computed by other code there, or if two parts have the same run with other codes or metrics
     */
    public static Results of(List<Results> parts) {
        Results first = parts.get(0);
        Map<String, Configuration> methods = new LinkedHashMap<>();
        Set<Integer> bits = new LinkedHashSet<>();
        Set<Long> seeds = new LinkedHashSet<>();
        Map<String, EnvironmentSummary> computed = new LinkedHashMap<>();
        Map<RunKey, RunResult> runs = new LinkedHashMap<>();
        for (Results part : parts) {
            SameRules.require(first, part);
            requireSameEvaluator(first, part);
            part.protocol().methods().forEach(method -> addEnvironment(computed, method.entry(), part));
            part.protocol().methods().forEach(method -> addMethod(methods, method));
            bits.addAll(part.protocol().bits());
            seeds.addAll(part.protocol().seeds());
            part.runs().forEach(run -> addRun(runs, run));
        }
        return new Results(
                first.protocol().withRuns(List.copyOf(bits), List.copyOf(seeds), List.copyOf(methods.values())),
                first.environment(),
                additions(first.environment(), computed),
                List.copyOf(runs.values()));
    }

    private static List<Results.Addition> additions(
            EnvironmentSummary first, Map<String, EnvironmentSummary> computed) {
        Map<EnvironmentSummary, List<String>> others = new LinkedHashMap<>();
        computed.forEach((method, environment) -> {
            if (!environment.equals(first)) {
                others.computeIfAbsent(environment, unused -> new ArrayList<>()).add(method);
            }
        });
        return others.entrySet().stream()
                .map(one -> new Results.Addition(one.getKey(), one.getValue()))
                .toList();
    }

    private static void addEnvironment(Map<String, EnvironmentSummary> computed, String method, Results part) {
        EnvironmentSummary b = part.environment(method);
        EnvironmentSummary a = Objects.requireNonNullElse(computed.putIfAbsent(method, b), b);
        if (!a.version().equals(b.version()) || !a.commit().equals(b.commit())) {
            throw new InputException("Results to join: expected all of " + method + " from the code of version "
                    + a.version() + ", commit " + a.commit() + ", found version " + b.version() + ", commit "
                    + b.commit());
        }
    }

    private static void requireSameEvaluator(Results first, Results part) {
        int expected = first.environment().evaluator();
        if (part.environment().evaluator() != expected) {
            throw new InputException("Results to join: expected version " + expected + " of the evaluator, found "
                    + part.environment().evaluator());
        }
    }

    private static void addMethod(Map<String, Configuration> methods, Configuration method) {
        Configuration known = methods.putIfAbsent(method.entry(), method);
        if (known != null && !known.equals(method)) {
            throw new InputException("Results to join: expected " + method.entry()
                    + (known.options().equals(method.options())
                            ? " with options of the same tuning run at each code length, found others"
                            : " with the same options, found " + known.options() + " and " + method.options()));
        }
    }

    /** A run that did not fail stands for one of the same key that did. */
    private static void addRun(Map<RunKey, RunResult> runs, RunResult run) {
        RunResult known = runs.putIfAbsent(run.key(), run);
        if (known == null || run.failed()) {
            return;
        }
        if (known.failed()) {
            runs.put(run.key(), run);
        } else if (!sameNumbers(known, run)) {
            throw new InputException("Results to join: expected equal numbers for the run " + run.key()
                    + ", which is in two of them, found the codes " + start(known) + " and " + start(run)
                    + "; leave one of them out");
        }
    }

    private static boolean sameNumbers(RunResult a, RunResult b) {
        return String.valueOf(a.codesHash()).equals(String.valueOf(b.codesHash()))
                && a.metrics().equals(b.metrics())
                && a.curves().keySet().equals(b.curves().keySet())
                && a.curves().entrySet().stream()
                        .allMatch(curve ->
                                Arrays.equals(curve.getValue(), b.curves().get(curve.getKey())));
    }

    private static String start(RunResult run) {
        String codes = String.valueOf(run.codesHash());
        return codes.substring(0, Math.min(12, codes.length()));
    }
}
