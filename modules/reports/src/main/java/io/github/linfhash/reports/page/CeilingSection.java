package io.github.linfhash.reports.page;

import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.reports.page.PageParts.NumberHtml;
import io.github.linfhash.results.published.PrintedPercent.PercentText;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.SummaryTable.SeedSummaries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The section about the limit that features set: mAP before binarization beside mAP of the codes. */
final class CeilingSection {
    private static final String REAL = StandardMetrics.REAL_MAP.key();
    private static final String CODES = StandardMetrics.MAP.key();
    private static final String CLASS_CODES = "class-codes";

    private final Results results;
    private final SeedSummaries metrics;

    private CeilingSection(Results results) {
        this.results = results;
        this.metrics = SeedSummaries.ofMetrics(results);
    }

    /** The section; nothing where no run was ranked by real outputs. */
    static Html html(Results results) {
        return new CeilingSection(results).section();
    }

    /**
     * One method at one code length.
     *
     * @param real mean mAP by the cosine of real outputs
     * @param codes mean mAP by the Hamming distance of codes
     */
    private record Ranked(Configuration method, int bits, double real, double codes) {
        /** In points; a loss that rounds to none has no sign. */
        String lostText() {
            String text = String.format(Locale.ROOT, "%.2f", 100 * (real - codes));
            return text.equals("-0.00") ? "0.00" : text;
        }
    }

    private Html section() {
        List<Ranked> rows = rows();
        if (rows.isEmpty()) {
            return Html.fragment(List.of());
        }
        List<Html> parts = new ArrayList<>(List.of(best(rows)));
        if (rows.stream().anyMatch(row -> row.method().name().equals(CLASS_CODES))) {
            parts.add(Element.of(
                    "p",
                    "The classifier baseline (class-codes) is not a method of the paper. It trains a classifier and binarizes"
                            + " the class scores with random directions (Sablayrolles et al., ICASSP 2017). If it leads, mAP on the"
                            + " training classes measures how well a method classifies, not how well it hashes. A table of supervised"
                            + " hashing without this baseline does not show that. The baseline cannot represent classes that it was"
                            + " not trained on."));
        }
        if (rows.stream().anyMatch(row -> row.lostText().startsWith("-"))) {
            parts.add(Element.of(
                    "p",
                    "A negative loss means that the codes rank better by Hamming distance than the continuous outputs rank by"
                            + " cosine similarity. Large values dominate a cosine, whereas all bits of a code have the same"
                            + " weight."));
        }
        parts.add(Section.table(
                "Cost of binarization",
                "sortable",
                "Mean mAP over seeds, in percent",
                Listing.of(rows)
                        .head("Method", row -> row.method().label())
                        .number("N", Ranked::bits)
                        .number("Before binarization", row -> NumberHtml.of(PercentText.of(row.real())))
                        .number("Codes", row -> NumberHtml.of(PercentText.of(row.codes())))
                        .number("Loss by binarization", Ranked::lostText)));
        return Section.folding("ceiling", "Cost of binarization", false, parts);
    }

    private List<Ranked> rows() {
        List<Ranked> rows = new ArrayList<>();
        for (int bits : results.protocol().bits().stream().sorted().toList()) {
            for (Configuration method : results.opened(bits)) {
                metrics.find(method.entry(), bits, REAL)
                        .ifPresent(real -> metrics.find(method.entry(), bits, CODES)
                                .ifPresent(codes -> rows.add(new Ranked(method, bits, real.mean(), codes.mean()))));
            }
        }
        return rows;
    }

    private static Element best(List<Ranked> rows) {
        Ranked best =
                rows.stream().max(Comparator.comparingDouble(Ranked::real)).orElseThrow();
        return Element.of(
                "p",
                "Before binarization, with a ranking by the cosine similarity of continuous outputs, "
                        + best.method().label() + " has the highest mAP: " + PercentText.of(best.real())
                        + ". Its codes of " + best.bits() + " bits reach " + PercentText.of(best.codes())
                        + ". The difference is the cost of binarization.");
    }
}
