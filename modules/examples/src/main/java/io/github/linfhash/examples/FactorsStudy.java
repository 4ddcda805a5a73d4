package io.github.linfhash.examples;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.QueryValues;
import io.github.linfhash.results.schema.ResultsJson;
import io.github.linfhash.results.schema.SameRules;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.FDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Does a metric depend on the method or on the configuration, such as the encoder or the loss? Prints the tests and level means of
 * docs/encoder-or-loss.md as Markdown, then the tests as CSV; for each results file its own.
 *
 * <pre>FactorsStudy METRIC BITS [methods=a,b] [configurations=c,d] [lines=ksh:tuned,class-codes beside=OTHER.json] RESULTS.json...</pre>
 *
 * <p>The results hold every method in every configuration, each with the same seeds: a full layout. A seed draws the split that all
 * combinations share, so it is a block, and its own effect is taken out (Montgomery, Design and Analysis of Experiments, chapters 4
 * and 5). The error of each test and of each level mean is the interaction of all factors: one search chose the options of each cell, so the luck
 * of a search is in every cell, and the rest between seeds does not have it. What several searches share, as draws of options, is in the
 * effect of a factor instead.
 *
 * @param factors what may have been varied; the seed is none of them, and one with a single level explains nothing
 * @param values one for each combination and seed
 */
public record FactorsStudy(List<Factor> factors, List<Value> values) {
    /** Something that was varied, and its levels. */
    public record Factor(String name, List<String> levels) {}

    /** A measured value, and the number of the level of each factor, then that of the seed. */
    public record Value(List<Integer> levels, double value) {}

    /**
     * The sum of squares that one factor explains, or several together beyond what each of them does. The name is "rest" for what neither they nor
     * the seeds explain. p is of the F test against the interaction of all factors; NaN for that and for the rest.
     */
    public record Term(String name, double squares, int degrees, double p) {}

    /**
     * The mean over all values of a level of a factor.
     *
     * @param half how far its 95% interval reaches, by the mean square of the interaction of all factors; two levels differ where their means
     *     are more than 1.4 times this apart
     */
    public record Level(String factor, String level, double mean, double half) {}

    /** Requires all combinations, two seeds or more, and values that vary within the seeds. */
    public FactorsStudy {
        int cells = factors.stream().mapToInt(factor -> factor.levels().size()).reduce(1, Math::multiplyExact);
        if (factors.isEmpty() || values.size() < 2 * cells || values.size() % cells != 0) {
            throw new IllegalArgumentException(
                    "expected two values or more for each of " + cells + " combinations, found " + values.size());
        }
        if (within(factors.size(), values) == 0) {
            throw new IllegalArgumentException("all values of a seed are equal: there is nothing to explain");
        }
    }

    /** Prints the terms and levels of each results file, and the lines beside them. */
    public static void main(String[] words) throws IOException {
        List<String> files =
                Stream.of(words).skip(2).filter(word -> !word.contains("=")).toList();
        if (files.isEmpty()) {
            throw new InputException(
                    "expected METRIC BITS [methods=a,b] [configurations=c,d] [lines=a,b beside=OTHER.json]"
                            + " RESULTS.json...");
        }
        int bits = Integer.parseInt(words[1]);
        List<String> options = List.of(words).subList(2, words.length);
        for (String file : files) {
            Results results = ResultsJson.read(Path.of(file));
            FactorsStudy study = read(words[0], bits, options, results);
            List<Term> terms = study.terms();
            System.out.println("\n" + results.protocol().name() + ", " + words[0] + " at " + bits + " bits, "
                    + results.protocol().features().name()
                    + "\n\n| factor | df | p |\n|---|---|---|");
            terms.forEach(t -> System.out.printf(Locale.ROOT, "| %s | %d | %s |%n", cells(t)));
            System.out.println("\n| factor | level | mean, % | ± |\n|---|---|---|---|");
            study.levels()
                    .forEach(l -> System.out.printf(
                            Locale.ROOT,
                            "| %s | %s | %.2f | %.2f |%n",
                            l.factor(),
                            l.level(),
                            100 * l.mean(),
                            100 * l.half()));
            lines(words[0], bits, options, results);
            System.out.println("\nfactor,df,p");
            terms.forEach(t -> System.out.printf(Locale.ROOT, "%s,%d,%s%n", cells(t)));
        }
    }

    private static Object[] cells(Term t) {
        String p = Double.isNaN(t.p()) ? "" : String.format(Locale.ROOT, "%.2g", t.p());
        return new Object[] {t.name(), t.degrees(), p};
    }

    /** Rows of other results by the same rules, such as methods that are no encoders, which the cells may be held against. */
    private static void lines(String metric, int bits, List<String> words, Results results) {
        List<String> beside = words.stream()
                .filter(word -> word.startsWith("beside="))
                .map(word -> word.substring("beside=".length()))
                .toList();
        for (String file : beside) {
            Results other = ResultsJson.read(Path.of(file));
            SameRules.require(results, other);
            for (String entry : named(words, "lines=", other, Configuration::entry)) {
                CellValues values = CellValues.ofMetric(
                        other.runs(entry, bits), StandardMetrics.quantity(metric), other.protocol(), QueryValues.NONE);
                if (values.isEmpty()) {
                    continue;
                }
                Summary summary = values.summary();
                System.out.printf(
                        Locale.ROOT,
                        "| beside | %s (%s) | %.2f | %.2f |%n",
                        entry,
                        other.protocol().tuned(entry),
                        100 * summary.mean(),
                        100 * summary.halfWidth().orElseThrow());
            }
        }
    }

    /** The layout that lies in results: methods by configurations. A seed with which a run failed is left out. */
    private static FactorsStudy read(String metric, int bits, List<String> words, Results results) {
        List<String> methods = named(words, "methods=", results, Configuration::name);
        List<String> configurations = named(words, "configurations=", results, Configuration::variant);
        List<Value> values = new ArrayList<>();
        for (int m = 0; m < methods.size(); m++) {
            for (int c = 0; c < configurations.size(); c++) {
                for (RunResult run : results.runs(RunKey.entry(methods.get(m), configurations.get(c)), bits)) {
                    Double value = run.metrics().get(metric);
                    if (value != null) {
                        values.add(new Value(List.of(m, c, (int) run.key().seed()), value));
                    }
                }
            }
        }
        long cells = (long) methods.size() * configurations.size();
        Map<Integer, Long> counts = values.stream()
                .collect(Collectors.groupingBy(value -> value.levels().get(2), Collectors.counting()));
        values.removeIf(value -> counts.getOrDefault(value.levels().get(2), 0L) < cells);
        System.err.println("runs of each seed, of " + cells + ": " + counts);
        return new FactorsStudy(
                List.of(new Factor("method", methods), new Factor("configuration", configurations)), values);
    }

    private static List<String> named(
            List<String> words, String key, Results results, Function<Configuration, String> of) {
        return words.stream()
                .filter(word -> word.startsWith(key))
                .findFirst()
                .map(word -> List.of(word.substring(key.length()).split(",")))
                .orElseGet(() ->
                        results.protocol().methods().stream().map(of).distinct().toList());
    }

    /** The means of all levels of the factors that have several. */
    public List<Level> levels() {
        List<Term> terms = terms();
        Term error = terms.get(terms.size() - 2);
        double student = new TDistribution(null, error.degrees()).inverseCumulativeProbability(0.975);
        List<Level> levels = new ArrayList<>();
        for (int f = 0; f < factors.size(); f++) {
            int factor = f;
            List<String> names = factors.get(f).levels();
            for (int l = 0; l < names.size() && names.size() > 1; l++) {
                int level = l;
                double[] of = values.stream()
                        .filter(value -> value.levels().get(factor) == level)
                        .mapToDouble(Value::value)
                        .toArray();
                double half = student * Math.sqrt(error.squares() / error.degrees() / of.length);
                levels.add(new Level(factors.get(f).name(), names.get(l), StatUtils.mean(of), half));
            }
        }
        return levels;
    }

    /** All terms: each factor that has several levels, each set of such factors by size, the rest. */
    public List<Term> terms() {
        List<List<Integer>> sets = IntStream.range(1, 1 << factors.size())
                .mapToObj(mask ->
                        subset(IntStream.range(0, factors.size()).boxed().toList(), mask))
                .filter(set -> degrees(set) > 0)
                .sorted((a, b) -> a.size() - b.size())
                .toList();
        int last = sets.size();
        double[] squares =
                sets.stream().mapToDouble(set -> squares(set, values)).toArray();
        int[] degrees = sets.stream().mapToInt(this::degrees).toArray();
        double error = squares[last - 1] / degrees[last - 1];
        List<Term> terms = new ArrayList<>();
        for (int t = 0; t < last; t++) {
            double p = t == last - 1 ? Double.NaN : tail(squares[t] / degrees[t], degrees[t], error, degrees[last - 1]);
            terms.add(new Term(name(sets.get(t)), squares[t], degrees[t], p));
        }
        long seeds = values.stream().map(this::seed).distinct().count();
        double rest = Math.max(0, within(factors.size(), values) - StatUtils.sum(squares));
        terms.add(new Term(
                "rest",
                rest,
                (int) (values.size() - seeds - IntStream.of(degrees).sum()),
                Double.NaN));
        return terms;
    }

    private String name(List<Integer> set) {
        return set.stream().map(f -> factors.get(f).name()).collect(Collectors.joining(" x "));
    }

    private int seed(Value value) {
        return value.levels().get(factors.size());
    }

    private int degrees(List<Integer> set) {
        return set.stream().mapToInt(f -> factors.get(f).levels().size() - 1).reduce(1, (a, b) -> a * b);
    }

    private static double tail(double mean, int degrees, double error, int errorDegrees) {
        return error == 0
                ? (mean > 0 ? 0 : 1)
                : 1 - new FDistribution(null, degrees, errorDegrees).cumulativeProbability(mean / error);
    }

    /** The total sum of squares less that of the seeds; a rounding error of 0 is 0. */
    private static double within(int seed, List<Value> some) {
        double[] all = some.stream().mapToDouble(Value::value).toArray();
        double total = StatUtils.variance(all) * (all.length - 1);
        double within = total - squares(List.of(seed), some);
        return within > 1e-13 * total ? within : 0;
    }

    /** The squares of what a set of factors does beyond all of its parts: means over all else, by inclusion and exclusion. */
    private static double squares(List<Integer> set, List<Value> some) {
        double[] effects = new double[some.size()];
        for (int mask = 0; mask < 1 << set.size(); mask++) {
            List<Integer> part = subset(set, mask);
            Function<Value, List<Integer>> cell =
                    value -> part.stream().map(f -> value.levels().get(f)).toList();
            Map<List<Integer>, Double> means =
                    some.stream().collect(Collectors.groupingBy(cell, Collectors.averagingDouble(Value::value)));
            int sign = (set.size() - part.size()) % 2 == 0 ? 1 : -1;
            for (int i = 0; i < effects.length; i++) {
                effects[i] += sign * Objects.requireNonNull(means.get(cell.apply(some.get(i))));
            }
        }
        return StatUtils.sumSq(effects);
    }

    private static List<Integer> subset(List<Integer> set, int mask) {
        return IntStream.range(0, set.size())
                .filter(i -> (mask >> i & 1) == 1)
                .mapToObj(set::get)
                .toList();
    }
}
