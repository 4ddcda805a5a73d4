package io.github.linfhash.results.claims;

import io.github.linfhash.core.results.RunResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Differences of two methods in a measure, by seed: only where both saw the same split. */
final class PairedValues {
    private PairedValues() {}

    /** The subject's value less the other's on the scale of the test. */
    static Map<Long, Double> differences(RunSet.Pair pair, String measure, int bits, ClaimTest test) {
        Map<Long, Double> differences = new TreeMap<>();
        Map<Long, RunResult> others = pair.other().runs(bits);
        pair.subject().runs(bits).forEach((seed, run) -> {
            RunResult other = others.get(seed);
            if (other != null && other.splitHash().equals(run.splitHash())) {
                OptionalDouble a = ClaimMeasure.of(run, measure);
                OptionalDouble b = ClaimMeasure.of(other, measure);
                if (a.isPresent() && b.isPresent()) {
                    differences.put(seed, test.scaled(a.getAsDouble()) - test.scaled(b.getAsDouble()));
                }
            }
        });
        return differences;
    }

    /**
     * The same differences query by query: for each of some seeds one a query, in the order of the seeds; empty if they
     * are not known of every seed, or if the scale is none that means can be taken on.
     */
    static Optional<List<double[]>> queryDifferences(
            RunSet.Pair pair, String measure, int bits, ClaimTest test, Set<Long> seeds) {
        if (test.scale() == ClaimTest.Scale.LOG10) {
            return Optional.empty();
        }
        Map<Long, RunResult> subjects = pair.subject().runs(bits);
        Map<Long, RunResult> others = pair.other().runs(bits);
        List<double[]> differences = new ArrayList<>();
        for (long seed : new TreeSet<>(seeds)) {
            Optional<double[]> a = pair.subject().queries(subjects.get(seed), measure);
            Optional<double[]> b = pair.other().queries(others.get(seed), measure);
            if (a.isEmpty() || b.isEmpty()) {
                return Optional.empty();
            }
            differences.add(difference(a.get(), b.get()));
        }
        return Optional.of(differences);
    }

    private static double[] difference(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalStateException("the same split has " + a.length + " queries and " + b.length);
        }
        double[] difference = new double[a.length];
        Arrays.setAll(difference, q -> a[q] - b[q]);
        return difference;
    }

    static double[] array(Map<Long, Double> values) {
        return values.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The numbers of runs that claims name: a metric by its key, or {@code NAME@end}, the last value of a training curve. */
    private static final class ClaimMeasure {
        private static final String END = "@end";

        private ClaimMeasure() {}

        /** The number; empty if the run does not have it. */
        static OptionalDouble of(RunResult run, String measure) {
            if (measure.endsWith(END)) {
                double[] curve = run.curves().get(measure.substring(0, measure.length() - END.length()));
                return curve == null || curve.length == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(curve[curve.length - 1]);
            }
            Double value = run.metrics().get(measure);
            return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
        }
    }
}
