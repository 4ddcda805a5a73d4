package io.github.linfhash.results.listings;

import io.github.linfhash.results.claims.ClaimComparison;
import io.github.linfhash.results.claims.ClaimComparison.EffectText;
import io.github.linfhash.results.claims.ClaimResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Verdicts on claims as tables: the claims, and the comparisons behind them. */
public final class ClaimListing {
    private ClaimListing() {}

    /** Tables by name: {@code claims} and {@code comparisons}. */
    public static Map<String, Listing> of(List<ClaimResult> results) {
        Listing verdicts = new Listing("claim", "verdict", "why");
        Listing comparisons = new Listing(
                "claim",
                "comparison",
                "measure",
                "bits",
                "searches",
                "seeds",
                "effect",
                "over",
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
                        comparison.bits() == 0 ? "" : comparison.bits(),
                        comparison.searches(),
                        comparison.seeds(),
                        EffectText.of(result.claim(), comparison),
                        comparison.basis(),
                        EffectText.p(comparison),
                        comparison.verdict().text(),
                        comparison.doubt());
            }
        }
        Map<String, Listing> tables = new LinkedHashMap<>();
        tables.put("claims", verdicts);
        tables.put("comparisons", comparisons);
        return tables;
    }
}
