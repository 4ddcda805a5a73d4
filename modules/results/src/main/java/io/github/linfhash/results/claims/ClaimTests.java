package io.github.linfhash.results.claims;

import io.github.linfhash.core.statistics.Holm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

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
        RunSet runs = new RunSet(evidence, file.rowOf());
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
        return new ClaimJudgment(claim, comparisons).result();
    }

    /** Holm's correction over all comparisons of the claim that could be made. */
    private static List<ClaimComparison> corrected(List<ClaimComparison> comparisons) {
        List<OptionalDouble> adjusted = Holm.adjust(comparisons.stream()
                .map(comparison -> comparison.tested()
                        ? comparison.effect().stream()
                                .mapToDouble(ClaimEffect::p)
                                .findFirst()
                        : OptionalDouble.empty())
                .toList());
        List<ClaimComparison> corrected = new ArrayList<>();
        for (int i = 0; i < comparisons.size(); i++) {
            OptionalDouble p = adjusted.get(i);
            corrected.add(p.isPresent() ? comparisons.get(i).adjustedTo(p.getAsDouble()) : comparisons.get(i));
        }
        return corrected;
    }

    /**
     * From comparisons to a verdict. A case holds if all its comparisons do, and does not if one is the other way round; the
     * claim holds if enough cases do, and does not if not enough of them could, however the undecided ones turned out.
     */
    private record ClaimJudgment(Claim claim, List<ClaimComparison> comparisons) {
        private static final double ROUNDING = 1e-9;

        ClaimResult result() {
            Map<String, ClaimVerdict> cases = new LinkedHashMap<>();
            byCase().forEach((place, members) -> cases.put(place, ofCase(members)));
            long holds = count(cases.values(), ClaimVerdict.HOLDS);
            long fails = count(cases.values(), ClaimVerdict.DOES_NOT_HOLD);
            long needed = Math.max(1, (long) Math.ceil(claim.test().share() * cases.size() - ROUNDING));
            ClaimVerdict verdict = holds >= needed
                    ? ClaimVerdict.HOLDS
                    : cases.size() - fails < needed ? ClaimVerdict.DOES_NOT_HOLD : ClaimVerdict.UNDECIDED;
            String counts = holds + " of " + cases.size() + " cases hold, " + fails + " do not; " + needed + " needed";
            return new ClaimResult(claim, verdict, counts + basis() + detail(verdict), comparisons);
        }

        private Map<String, List<ClaimComparison>> byCase() {
            // Of a vanishing lead, the lead and its slope are one case.
            return comparisons.stream()
                    .collect(Collectors.groupingBy(
                            comparison -> claim.test().kind() == ClaimTest.Kind.VANISHING
                                    ? comparison.measure()
                                    : comparison.place(),
                            LinkedHashMap::new,
                            Collectors.toList()));
        }

        private static ClaimVerdict ofCase(List<ClaimComparison> members) {
            List<ClaimVerdict> verdicts =
                    members.stream().map(ClaimComparison::verdict).toList();
            if (verdicts.contains(ClaimVerdict.DOES_NOT_HOLD)) {
                return ClaimVerdict.DOES_NOT_HOLD;
            }
            return verdicts.contains(ClaimVerdict.UNDECIDED) ? ClaimVerdict.UNDECIDED : ClaimVerdict.HOLDS;
        }

        private static long count(Collection<ClaimVerdict> verdicts, ClaimVerdict verdict) {
            return verdicts.stream().filter(verdict::equals).count();
        }

        /** What the tests rest on. */
        private String basis() {
            List<String> all = comparisons.stream()
                    .map(ClaimComparison::basis)
                    .filter(text -> !text.isEmpty())
                    .distinct()
                    .toList();
            return all.isEmpty() ? "" : "; tested over " + String.join(" or ", all);
        }

        /** What stands against the claim, or leaves it open. */
        private String detail(ClaimVerdict verdict) {
            String listed = switch (verdict) {
                case HOLDS -> "";
                case DOES_NOT_HOLD ->
                    comparisons.stream()
                            .filter(c -> c.verdict() == ClaimVerdict.DOES_NOT_HOLD)
                            .map(c -> c.label() + " in " + c.place())
                            .collect(Collectors.joining(", "));
                case UNDECIDED ->
                    comparisons.stream()
                            .map(ClaimComparison::doubt)
                            .filter(doubt -> !doubt.isEmpty())
                            .distinct()
                            .collect(Collectors.joining("; "));
            };
            return listed.isEmpty()
                    ? ""
                    : (verdict == ClaimVerdict.DOES_NOT_HOLD ? "; the other way round: " : ": ") + listed;
        }
    }
}
