package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.results.RunResult;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One number of one method at one code length, by seed. The seeds are the sample: a seed gives all methods the same split, so
 * that methods are compared seed by seed.
 *
 * @param values by seed, of the runs that have the number
 */
public record SeedValues(Map<Long, Double> values) {
    public SeedValues {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** The values of a metric among the runs of a method at a code length. */
    public static SeedValues ofMetric(List<RunResult> runs, String key) {
        return of(runs, RunResult::metrics, key);
    }

    /** The seconds of a phase of these runs. */
    public static SeedValues ofSeconds(List<RunResult> runs, String phase) {
        return of(runs, RunResult::seconds, phase);
    }

    private static SeedValues of(List<RunResult> runs, Function<RunResult, Map<String, Double>> numbers, String key) {
        Map<Long, Double> values = new TreeMap<>();
        for (RunResult run : runs) {
            Double value = numbers.apply(run).get(key);
            if (value != null) {
                values.put(run.key().seed(), value);
            }
        }
        return new SeedValues(values);
    }

    /** Whether no run has the number. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The mean over the seeds and its spread. */
    public Summary summary() {
        return Summary.of(values.values().stream().mapToDouble(v -> v).toArray());
    }

    /** How far this is ahead of another, for each seed that both were run with. */
    public double[] aheadOf(SeedValues other, Quantity.Direction direction) {
        List<Long> seeds =
                values.keySet().stream().filter(other.values::containsKey).toList();
        double[] ahead = seeds.stream().mapToDouble(values::get).toArray();
        double[] behind = seeds.stream().mapToDouble(other.values::get).toArray();
        return IntStream.range(0, ahead.length)
                .mapToDouble(i -> direction.gain(ahead[i] - behind[i]))
                .toArray();
    }

    /** The two-sided p of the paired t-test over the seeds that both were run with; empty with fewer than two. */
    public OptionalDouble p(SeedValues other) {
        return p(aheadOf(other, Quantity.Direction.HIGHER));
    }

    /**
     * Tests this reference against each of several others, for one number at one code length. These tests are one family: Holm's
     * correction is over all of them that could be made, and over no other number or code length.
     *
     * @return the corrected p of each, in the order of the others; empty where fewer than two seeds are shared
     */
    public List<OptionalDouble> correctedP(List<SeedValues> others) {
        return PairedTest.corrected(others.stream().map(this::p).toList());
    }

    /** The two-sided p of differences, one a seed; empty with fewer than two. */
    static OptionalDouble p(double[] differences) {
        return differences.length < 2 ? OptionalDouble.empty() : OptionalDouble.of(PairedTest.p(differences, 0));
    }
}
