package io.github.linfhash.reports.page;

import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.tables.Agreement;
import io.github.linfhash.results.tables.ComparisonRow;
import io.github.linfhash.results.tables.ComparisonTable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Whether the printed numbers are reached, counted method by method. */
final class ReachTable {
    private final ComparisonTable comparison;
    private final PublishedTable published;

    ReachTable(ComparisonTable comparison, PublishedTable published) {
        this.comparison = comparison;
        this.published = published;
    }

    /** The counts; nothing where there is nothing to compare. */
    Html html() {
        Map<Agreement, Integer> all = count(comparison.rows());
        int compared = all.values().stream().mapToInt(n -> n).sum();
        if (compared == 0) {
            return Html.fragment(List.of());
        }
        List<Html> rows = comparison.methods().stream()
                .map(comparison::rows)
                .filter(list -> !count(list).isEmpty())
                .map(ReachTable::row)
                .toList();
        Element table = Element.of("table")
                .with("class", "sortable")
                .add(Section.caption("Numbers of " + published.title() + ", of both radii and all lengths"))
                .add(Element.of("thead")
                        .add(Element.of("tr")
                                .addAll(Section.headings(
                                        List.of("Method", "Reached", "Ours larger", "Ours smaller", "Compared")))))
                .add(Element.of("tbody").addAll(rows));
        return Html.fragment(List.of(
                Element.of("p")
                        .add(Element.of("strong", "Are the printed numbers reached?"))
                        .add(" Of " + compared + " that can be compared, " + of(all, Agreement.REACHED)
                                + " are; ours are larger in " + of(all, Agreement.LARGER) + " and smaller in "
                                + of(all, Agreement.SMALLER) + "."),
                Element.of("details")
                        .add(Element.of("summary", "Printed numbers reached, by method"))
                        .add(Element.of(
                                "p",
                                "A printed number, or its correction, counts as reached if it lies in the range in which"
                                        + " one more of our runs would lie, 95 of 100 times: the paper does not say that it"
                                        + " averages over runs."))
                        .add(Section.scrolling("Printed numbers reached, by method", table))));
    }

    private static Html row(List<ComparisonRow> rows) {
        Map<Agreement, Integer> counts = count(rows);
        return Element.of("tr")
                .add(Element.of("th", rows.get(0).title()).with("scope", "row"))
                .add(number(of(counts, Agreement.REACHED)))
                .add(number(of(counts, Agreement.LARGER)))
                .add(number(of(counts, Agreement.SMALLER)))
                .add(number(counts.values().stream().mapToInt(n -> n).sum()));
    }

    private static Element number(int number) {
        return Element.of("td", Integer.toString(number));
    }

    private static int of(Map<Agreement, Integer> counts, Agreement agreement) {
        return counts.getOrDefault(agreement, 0);
    }

    private static Map<Agreement, Integer> count(List<ComparisonRow> rows) {
        Map<Agreement, Integer> counts = new EnumMap<>(Agreement.class);
        for (ComparisonRow row : rows) {
            row.cells()
                    .forEach(cell -> cell.agreement().ifPresent(agreement -> counts.merge(agreement, 1, Integer::sum)));
        }
        return counts;
    }
}
