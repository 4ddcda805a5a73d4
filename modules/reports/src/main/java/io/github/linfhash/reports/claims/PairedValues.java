package io.github.linfhash.reports.claims;

import io.github.linfhash.core.results.RunResult;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

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

    static double[] array(Map<Long, Double> values) {
        return values.values().stream().mapToDouble(Double::doubleValue).toArray();
    }
}
