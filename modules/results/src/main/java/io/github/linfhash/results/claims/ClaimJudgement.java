package io.github.linfhash.results.claims;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * From comparisons to a verdict. A case holds if all its comparisons do, and does not if one is the other way round; the
 * claim holds if enough cases do, and does not if not enough of them could, however the undecided ones turned out.
 */
record ClaimJudgement(Claim claim, List<ClaimComparison> comparisons) {
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
