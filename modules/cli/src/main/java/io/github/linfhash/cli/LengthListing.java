package io.github.linfhash.cli;

import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.results.published.PercentText;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.SeedSummaries;
import io.github.linfhash.results.tables.Summary;
import java.util.Optional;

/** Precision and recall within Hamming radius 2 by method and code length, in percent. */
final class LengthListing {
    private LengthListing() {}

    static Listing of(Results results) {
        SeedSummaries summaries = SeedSummaries.ofMetrics(results);
        String precisionKey = StandardMetrics.PRECISION_2.key();
        String recallKey = StandardMetrics.RECALL_2.key();
        Listing listing = new Listing(
                "method", "bits", "seeds", precisionKey, precisionKey + ".ci95", recallKey, recallKey + ".ci95");
        for (String method : results.protocol().methodNames()) {
            for (int bits : results.protocol().bits().stream().sorted().toList()) {
                Optional<Summary> precision = summaries.find(method, bits, precisionKey);
                Optional<Summary> recall = summaries.find(method, bits, recallKey);
                if (precision.isPresent() && recall.isPresent()) {
                    listing.add(
                            method,
                            Integer.toString(bits),
                            Integer.toString(precision.get().n()),
                            PercentText.of(precision.get().mean()),
                            distance(precision.get()),
                            PercentText.of(recall.get().mean()),
                            distance(recall.get()));
                }
            }
        }
        return listing;
    }

    /** How far the 95 % interval of the mean reaches; empty for a single seed. */
    private static String distance(Summary summary) {
        return summary.halfWidth().isPresent()
                ? PercentText.spread(summary.mean(), summary.halfWidth().getAsDouble())
                : "";
    }
}
