package io.github.linfhash.results.factors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.factors.VarianceAnalysis.Factor;
import io.github.linfhash.results.schema.MethodSummary;
import io.github.linfhash.results.schema.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The full layout that lies in some results: methods by rows by protocols, each combination with the same seeds.
 *
 * @param results what was measured, by the names of their files
 * @param methods the methods that count; empty for all
 * @param rows the rows that count; empty for all
 */
public record Layout(Map<String, Results> results, List<String> methods, List<String> rows) {
    /** The name of the factor of methods. */
    public static final String METHOD = "method";

    /** The name of the factor of rows. */
    public static final String ROW = "row";

    /** The name of the factor of protocols. */
    public static final String PROTOCOL = "protocol";

    /**
     * @throws InputException if there are no results, two of the same protocol, other seeds in one than in another, or none of a method
     *     or row that is named
     */
    public Layout {
        results = new LinkedHashMap<>(results);
        methods = List.copyOf(methods);
        rows = List.copyOf(rows);
        if (results.isEmpty()) {
            throw new InputException("expected results.json files, found none");
        }
        requireSame(results);
        requireKnown("--methods", methods, levels(results, MethodSummary::name));
        requireKnown("--rows", rows, levels(results, MethodSummary::row));
    }

    private static void requireSame(Map<String, Results> results) {
        Set<String> protocols = new LinkedHashSet<>();
        List<Long> seeds = results.values().iterator().next().protocol().seeds();
        results.forEach((file, one) -> {
            if (!protocols.add(one.protocol().name())) {
                throw new InputException(file + ": expected each protocol once, found "
                        + one.protocol().name() + " again");
            }
            if (!one.protocol().seeds().equals(seeds)) {
                throw new InputException(file + ": expected the seeds " + seeds + " as in the first file, found "
                        + one.protocol().seeds());
            }
        });
        if (seeds.size() < 2) {
            throw new InputException(results.keySet().iterator().next()
                    + ": expected at least two seeds, for intervals and tests, found " + seeds);
        }
    }

    private static void requireKnown(String option, List<String> wanted, Set<String> known) {
        for (String one : wanted) {
            if (!known.contains(one)) {
                throw new InputException(option + ": expected some of " + known + ", found '" + one + "'");
            }
        }
    }

    private static Set<String> levels(Map<String, Results> results, Function<MethodSummary, String> of) {
        Set<String> levels = new LinkedHashSet<>();
        results.values().forEach(one -> one.protocol().methods().forEach(method -> levels.add(of.apply(method))));
        return levels;
    }

    /** The code lengths that all results have. */
    public List<Integer> bits() {
        List<Integer> common =
                new ArrayList<>(results.values().iterator().next().protocol().bits());
        results.values().forEach(one -> common.retainAll(one.protocol().bits()));
        return common;
    }

    /** The seeds that all results have. */
    private List<Long> seeds() {
        return results.values().iterator().next().protocol().seeds();
    }

    /** The runs that failed at a code length, of those that count. */
    private List<RunKey> failed(int bits) {
        return results.values().stream()
                .flatMap(one -> one.runs().stream())
                .filter(run -> run.failed()
                        && run.key().bits() == bits
                        && (methods.isEmpty() || methods.contains(run.key().method()))
                        && (rows.isEmpty() || rows.contains(run.key().row())))
                .map(RunResult::key)
                .toList();
    }

    /**
     * The seeds with which no run failed at a code length. As a seed is a block, one that lacks a run has no place in the analysis.
     *
     * @throws InputException if fewer than two are left
     */
    public List<Long> seeds(int bits) {
        List<RunKey> failed = failed(bits);
        List<Long> left = seeds().stream()
                .filter(seed -> failed.stream().noneMatch(run -> run.seed() == seed))
                .toList();
        if (left.size() < 2) {
            throw new InputException("expected at " + bits
                    + " bits at least two seeds with which no run failed, for intervals and tests, found " + left
                    + " of " + seeds());
        }
        return left;
    }

    /** What is left out at a code length and why; empty where nothing is. */
    public List<String> leftOut(int bits) {
        return failed(bits).stream()
                .map(run -> "seed " + run.seed() + " is left out at " + bits + " bits, as the run of " + run.entry()
                        + " failed")
                .distinct()
                .toList();
    }

    /**
     * The analysis of one metric at one code length, over the seeds with which no run failed. Factors of a single level are none.
     *
     * @throws InputException if a combination was not run, lacks the metric, nothing varies, or all values are equal
     */
    public VarianceAnalysis analyse(String metric, int bits) {
        List<String> allMethods = methods.isEmpty() ? List.copyOf(levels(results, MethodSummary::name)) : methods;
        List<String> allRows = rows.isEmpty() ? List.copyOf(levels(results, MethodSummary::row)) : rows;
        List<Factor> factors = new ArrayList<>();
        addFactor(factors, METHOD, allMethods);
        addFactor(factors, ROW, allRows);
        addFactor(
                factors,
                PROTOCOL,
                results.values().stream().map(one -> one.protocol().name()).toList());
        if (factors.isEmpty()) {
            throw new InputException("expected several methods, rows or protocols, found one of each");
        }
        List<Long> whole = seeds(bits);
        List<Double> values = new ArrayList<>();
        for (String method : allMethods) {
            for (String row : allRows) {
                String entry = RunKey.entry(method, row);
                results.forEach(
                        (file, one) -> whole.forEach(seed -> values.add(value(file, one, entry, metric, bits, seed))));
            }
        }
        double[] measured = values.stream().mapToDouble(Double::doubleValue).toArray();
        try {
            return new VarianceAnalysis(factors, whole.size(), measured);
        } catch (IllegalArgumentException e) {
            throw new InputException(metric + " at " + bits + " bits: " + e.getMessage(), e);
        }
    }

    private static void addFactor(List<Factor> factors, String name, List<String> levels) {
        if (levels.size() > 1) {
            factors.add(new Factor(name, levels));
        }
    }

    private static double value(String file, Results one, String entry, String metric, int bits, long seed) {
        RunResult run = one.runs(entry, bits).stream()
                .filter(candidate -> candidate.key().seed() == seed)
                .findFirst()
                .orElseThrow(() -> new InputException(
                        file + ": expected every method with every row, found no run of " + entry + " at " + bits
                                + " bits with seed " + seed + "; --methods and --rows say which count"));
        Double value = run.metrics().get(metric);
        if (value == null) {
            throw new InputException(file + ": expected the metric " + metric + " of " + run.key() + ", found "
                    + run.metrics().keySet());
        }
        return value;
    }
}
