package io.github.linfhash.reports.site;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.page.PageParts;
import io.github.linfhash.results.board.Ranking;
import io.github.linfhash.results.tables.NumberText;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.Locale;

/** A cell of a table with a mean, which leads to the runs that it is of. */
final class NumberCell {
    private NumberCell() {}

    /**
     * A ranked number with its interval and group.
     *
     * @param address of the runs
     */
    static Element of(Quantity quantity, Ranking.Place place, String address) {
        Element cell = plain(quantity, place.summary(), address);
        String half = NumberText.halfWidth(quantity, place.summary());
        if (!half.isEmpty()) {
            cell = cell.add(" ").add(Element.of("small", "\u00b1").add(PageParts.number(half)));
        }
        if (place.group() > 0) {
            cell = cell.add(" ").add(Element.of("span", "g" + place.group()).with("class", "group"));
        }
        return place.group() == 1 ? cell.with("class", "first") : cell;
    }

    /** A mean alone. By keyboard the link in the last cell of the row leads to the same place. */
    static Element plain(Quantity quantity, Summary summary, String address) {
        return Element.of("td")
                .with("data-value", value(summary.mean()))
                .add(Element.of("a")
                        .add(PageParts.number(NumberText.mean(quantity, summary)))
                        .with("href", address)
                        .with("tabindex", "-1"));
    }

    /** A number that scripts sort by. */
    static String value(double mean) {
        return String.format(Locale.ROOT, "%.7g", mean);
    }
}
