package io.github.linfhash.results.claims;

import io.github.linfhash.codes.NonFiniteException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The comparisons of claims that say that a subject is above or below others. */
final class LeadComparisons {
    private LeadComparisons() {}

    /** One comparison for each measure, code length and other. */
    static List<ClaimComparison> of(ClaimTest test, RunSet runs) {
        List<ClaimComparison> comparisons = new ArrayList<>();
        for (String measure : test.measures()) {
            for (int bits : runs.bits()) {
                for (ClaimSubject other : test.others()) {
                    comparisons.add(one(test, runs, measure, bits, other));
                }
            }
        }
        return comparisons;
    }

    /** The comparison of the subject with one other. */
    static ClaimComparison one(ClaimTest test, RunSet runs, String measure, int bits, ClaimSubject other) {
        String label = runs.name(test.subject()) + " - " + runs.name(other);
        Optional<RunSet.Pair> pair = runs.find(test.subject(), other);
        if (pair.isEmpty()) {
            return ClaimComparison.without(label, measure, bits, 0, "no run of " + absent(test, runs, other));
        }
        Map<Long, Double> differences = PairedValues.differences(pair.get(), measure, bits, test);
        if (differences.isEmpty()) {
            return ClaimComparison.without(label, measure, bits, 0, "no seed has both with " + measure);
        }
        if (differences.size() < SeedTest.FEWEST) {
            return ClaimComparison.without(label, measure, bits, differences.size(), "too few seeds");
        }
        double[] values = PairedValues.array(differences);
        if (!Arrays.stream(values).allMatch(Double::isFinite)) {
            throw new NonFiniteException(label + ": the differences in " + measure + " are " + differences);
        }
        ClaimEffect overSeeds = SeedTest.of(values, test.signedMargin());
        ClaimEffect effect = PairedValues.queryDifferences(pair.get(), measure, bits, test, differences.keySet())
                .map(queries -> overSeeds.with(QueryEffect.of(queries, test.signedMargin())))
                .orElse(overSeeds);
        boolean supports = test.kind() == ClaimTest.Kind.LOWER
                ? effect.size() < effect.expected()
                : effect.size() > effect.expected();
        return new ClaimComparison(label, measure, bits, values.length, Optional.of(effect), supports, "");
    }

    private static String absent(ClaimTest test, RunSet runs, ClaimSubject other) {
        if (runs.find(test.subject()).isEmpty()) {
            return runs.name(test.subject());
        }
        return runs.find(other).isEmpty()
                ? runs.name(other)
                : runs.name(test.subject()) + " and " + runs.name(other) + " that agree in all other options";
    }
}
