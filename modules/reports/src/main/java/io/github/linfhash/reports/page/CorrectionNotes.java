package io.github.linfhash.reports.page;

import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.results.audit.Corrections.Correction;
import io.github.linfhash.results.tables.ComparisonTable;
import java.util.ArrayList;
import java.util.List;

/** The numbers that mark corrected cells, and below the table why each printed number cannot be right. */
final class CorrectionNotes {
    /** Reasons that occur in the table; the first ones are marked 1. */
    private final List<List<String>> reasons;

    CorrectionNotes(ComparisonTable comparison) {
        this.reasons = comparison.rows().stream()
                .flatMap(row -> row.cells().stream())
                .flatMap(cell -> cell.correction().stream())
                .map(Correction::reasons)
                .distinct()
                .toList();
    }

    /** The mark of a correction, a link to its reason; in brackets, as it may follow an exponent. */
    Html of(Correction correction) {
        int number = reasons.indexOf(correction.reasons()) + 1;
        return Element.of("sup")
                .add(Element.of("a", "[" + number + "]")
                        .with("href", "#" + id(number))
                        .with("class", "flag")
                        .with("aria-label", "reason [" + number + "]"));
    }

    /** The reasons, in the order of their numbers; nothing where there is none. */
    Html list() {
        if (reasons.isEmpty()) {
            return Html.fragment(List.of());
        }
        List<Html> items = new ArrayList<>();
        for (List<String> reason : reasons) {
            items.add(Element.of("li", String.join("; ", reason)).with("id", id(items.size() + 1)));
        }
        return Html.fragment(List.of(
                Element.of("h3", "Why printed numbers are corrected").with("class", "reasons"),
                Element.of("ol").with("class", "legend").addAll(items)));
    }

    private static String id(int number) {
        return "reason-" + number;
    }
}
