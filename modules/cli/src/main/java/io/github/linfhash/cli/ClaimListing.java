package io.github.linfhash.cli;

import io.github.linfhash.results.claims.ClaimComparison;
import io.github.linfhash.results.claims.ClaimResult;
import io.github.linfhash.results.claims.EffectText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Verdicts on claims as tables: the claims, and the comparisons behind them. */
final class ClaimListing {
    private ClaimListing() {}

    static Listings of(List<ClaimResult> results) {
        Listing verdicts = new Listing("claim", "verdict", "why");
        Listing comparisons = new Listing(
                "claim",
                "comparison",
                "measure",
                "bits",
                "seeds",
                "effect",
                "over seeds and queries",
                "p",
                "verdict",
                "doubt");
        for (ClaimResult result : results) {
            String id = result.claim().id();
            verdicts.add(id, result.verdict().text(), result.reason());
            for (ClaimComparison comparison : result.comparisons()) {
                comparisons.add(
                        id,
                        comparison.label(),
                        comparison.measure(),
                        comparison.bits() == 0 ? "" : Integer.toString(comparison.bits()),
                        Integer.toString(comparison.seeds()),
                        EffectText.of(result.claim(), comparison),
                        EffectText.overQueries(result.claim(), comparison),
                        EffectText.p(comparison),
                        comparison.verdict().text(),
                        comparison.doubt());
            }
        }
        Map<String, Listing> tables = new LinkedHashMap<>();
        tables.put("claims", verdicts);
        tables.put("comparisons", comparisons);
        return new Listings(tables);
    }
}
