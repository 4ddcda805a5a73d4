package io.github.linfhash.results.claims;

import io.github.linfhash.core.statistics.Holm;
import java.util.ArrayList;
import java.util.List;

/** Tests the claims of a publication on measured results. */
public final class ClaimTests {
    private ClaimTests() {}

    /**
     * The verdicts, in the order of the claims.
     *
     * @param evidence at least one; where several have a method, the first counts, and variants of a method may be spread
     *     over files
     * @throws io.github.linfhash.core.errors.InputException if rules or data of the results differ, or values of single
     *     queries are not of these runs
     */
    public static List<ClaimResult> of(ClaimsFile file, List<ClaimEvidence> evidence) {
        RunSet runs = new RunSet(evidence);
        return file.claims().stream().map(claim -> test(claim, runs)).toList();
    }

    private static ClaimResult test(Claim claim, RunSet runs) {
        if (runs.synthetic()) {
            return new ClaimResult(
                    claim, ClaimVerdict.UNDECIDED, "the features were generated, not measured", List.of());
        }
        List<ClaimComparison> comparisons = corrected(
                switch (claim.test().kind()) {
                    case HIGHER, LOWER -> LeadComparisons.of(claim.test(), runs);
                    case VANISHING -> TrendComparisons.overLengths(claim.test(), runs);
                    case DECREASING -> TrendComparisons.overEpochs(claim.test(), runs);
                });
        return new ClaimJudgement(claim, comparisons).result();
    }

    /** Holm's correction over all comparisons of the claim that could be made. */
    private static List<ClaimComparison> corrected(List<ClaimComparison> comparisons) {
        double[] adjusted = Holm.adjust(comparisons.stream()
                .flatMap(comparison -> comparison.effect().stream())
                .mapToDouble(ClaimEffect::p)
                .toArray());
        List<ClaimComparison> corrected = new ArrayList<>();
        int next = 0;
        for (ClaimComparison comparison : comparisons) {
            corrected.add(comparison.effect().isEmpty() ? comparison : comparison.adjustedTo(adjusted[next++]));
        }
        return corrected;
    }
}
