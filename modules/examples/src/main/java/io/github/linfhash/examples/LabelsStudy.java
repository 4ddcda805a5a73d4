package io.github.linfhash.examples;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.experiment.Experiment;
import io.github.linfhash.experiment.Selection;
import io.github.linfhash.protocols.split.ClassBalancedSplit;
import io.github.linfhash.results.schema.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How do a method's numbers grow with the labels that it learns from? Runs configurations of a protocol, with their options as they are,
 * for several numbers of labeled training rows of each class, on all seeds of the protocol. Prints means with their 95% intervals over
 * the seeds as Markdown, and writes labels.csv with the number of every run, and the results of each number of rows beside it.
 *
 * <pre>LabelsStudy PROTOCOL[=DATA] BITS PER-CLASS METHOD[:VARIANT],... FOLDER</pre>
 *
 * <p>The queries of a seed are the same whatever the number of training rows. Options were searched for the protocol's own number, so that
 * another one may do better with others.
 */
public final class LabelsStudy {
    private static final List<String> METRICS = List.of(
            StandardMetrics.MAP.key(),
            StandardMetrics.PRECISION_2.key(),
            StandardMetrics.RECALL_2.key(),
            StandardMetrics.PRECISION_0.key());

    private LabelsStudy() {}

    /** Runs, prints and writes. */
    public static void main(String[] words) throws IOException {
        if (words.length != 5) {
            throw new InputException(
                    "expected PROTOCOL[=DATA] BITS PER-CLASS METHODS FOLDER, such as cifar10 48,64 100,200 deep-linf:tuned"
                            + " folder, found " + List.of(words));
        }
        String[] of = words[0].split("=", 2);
        Experiment experiment = of.length == 1 ? Experiment.of(of[0]) : Experiment.of(of[0], Path.of(of[1]));
        Path folder = Files.createDirectories(Path.of(words[4]));
        Integer[] bits =
                Arrays.stream(words[1].split(",", -1)).map(Integer::valueOf).toArray(Integer[]::new);
        String[] methods = words[3].split(",", -1);
        List<String> csv = new ArrayList<>(List.of("perClass,bits,method,seed," + String.join(",", METRICS)));
        System.out.println("| labels a class | bits | method | " + String.join(" | ", METRICS) + " | seeds |");
        System.out.println("|---".repeat(METRICS.size() + 4) + "|");
        for (String word : words[2].split(",", -1)) {
            int perClass = Integer.parseInt(word);
            Results results = withLabels(experiment, perClass)
                    .with(Selection.ALL.ofMethods(methods).atBits(bits))
                    .run(folder.resolve(word));
            for (int length : bits) {
                for (String method : methods) {
                    List<RunResult> runs = results.runs(method, length);
                    csv.addAll(lines(perClass, method, runs));
                    System.out.println("| " + perClass + " | " + length + " | " + method + " | "
                            + METRICS.stream().map(metric -> cell(runs, metric)).collect(Collectors.joining(" | "))
                            + " | " + runs.size() + " |");
                }
            }
        }
        Path file = folder.resolve("labels.csv");
        Files.move(Files.write(Path.of(file + ".part"), csv), file, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Returns the experiment with another number of training rows of each class.
     *
     * @throws InputException if the protocol does not draw equally many rows of each class, or there are not so many
     */
    public static Experiment withLabels(Experiment experiment, int perClass) throws IOException {
        if (!(experiment.protocol().split() instanceof ClassBalancedSplit split)) {
            throw new InputException("protocol " + experiment.protocol().name()
                    + ": expected a class-balanced split, found another one");
        }
        return experiment.with(
                new ClassBalancedSplit(split.queriesPerClass(), perClass, split.trainingRows(), split.duplicates()));
    }

    private static double value(RunResult run, String metric) {
        return Objects.requireNonNull(run.metrics().get(metric), () -> run.key() + " has no " + metric);
    }

    private static List<String> lines(int perClass, String method, List<RunResult> runs) {
        return runs.stream()
                .map(run -> perClass + "," + run.key().bits() + "," + method + ","
                        + run.key().seed()
                        + METRICS.stream()
                                .map(metric -> "," + value(run, metric))
                                .collect(Collectors.joining()))
                .toList();
    }

    /** Percent, with half the width of the interval over seeds where there are several. */
    private static String cell(List<RunResult> runs, String metric) {
        double[] values = runs.stream().mapToDouble(run -> value(run, metric)).toArray();
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        return CrossedMean.ofCells(new double[][] {values}, CrossedMean.Range.FRACTION, 0)
                .map(found -> String.format(Locale.ROOT, "%.1f ± %.1f", 100 * mean, 100 * found.reach()))
                .orElseGet(() -> String.format(Locale.ROOT, "%.1f", 100 * mean));
    }
}
