package io.github.linfhash.results.claims;

import java.util.ArrayList;
import java.util.List;
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
        String label = runs.name(test.subject(), measure) + " - " + runs.name(other, measure);
        Optional<RunSet.Pair> pair = runs.find(test.subject(), other, measure);
        if (pair.isEmpty()) {
            return ClaimComparison.without(label, measure, bits, 0, "no run of " + absent(test, runs, other, measure));
        }
        return ClaimComparison.of(
                label,
                measure,
                bits,
                PairedValues.differences(pair.get(), measure, bits, test),
                test.signedMargin(),
                test.kind() == ClaimTest.Kind.LOWER,
                pair.get().doubt());
    }

    private static String absent(ClaimTest test, RunSet runs, ClaimSubject other, String measure) {
        String subject = runs.name(test.subject(), measure);
        if (runs.find(test.subject(), measure).isEmpty()) {
            return subject;
        }
        String name = runs.name(other, measure);
        return runs.find(other, measure).isEmpty()
                ? name
                : subject + " and " + name + " that agree in all other options";
    }
}
