package io.github.linfhash.html.builder;

import io.github.linfhash.io.listings.Listing;
import io.github.linfhash.io.listings.Listing.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tables as HTML. A cell is a text, a number, HTML, or a whole {@code td} where it has attributes of its own; null is an empty one. A
 * column of {@link Column#DATA} becomes the attribute {@code data-NAME} of its rows.
 */
public final class HtmlTable {
    /** The class of a table whose rows are blocks on narrow screens, where each cell has the name of its column before it. */
    public static final String STACKED = "stacked";

    private HtmlTable() {}

    /**
     * A table.
     *
     * @param looks its classes, such as {@code sortable}; may be empty
     * @param caption what it shows, which stays in view while the table scrolls; may be empty
     */
    public static Element of(String looks, String caption, Listing table) {
        boolean stacked = looks.equals(STACKED);
        return frame(looks, caption, head(table))
                .add(Element.of("tbody")
                        .addAll(table.rows().stream()
                                .map(row -> row(table.columns(), row, stacked))
                                .toList()));
    }

    /** A table without rows, for bodies of its own. */
    public static Element frame(String looks, String caption, Element... headings) {
        Element frame =
                looks.isEmpty() ? Element.of("table") : Element.of("table").with("class", looks);
        Element captioned =
                caption.isEmpty() ? frame : frame.add(Element.of("caption").add(Element.of("span", caption)));
        return captioned.add(Element.of("thead").add(headings));
    }

    /** The row of headings. */
    public static Element head(Listing table) {
        List<Html> headings = new ArrayList<>();
        for (Column column : table.columns()) {
            if (!column.style().equals(Column.DATA)) {
                Element heading = styled(heading(column.name()), column);
                headings.add(column.note().isEmpty() ? heading : heading.add(Element.of("small", " " + column.note())));
            }
        }
        return Element.of("tr").addAll(headings);
    }

    /** The heading of a column. */
    public static Element heading(String title) {
        return Element.of("th", title).with("scope", "col");
    }

    /** The rows below the headings. */
    public static List<Element> rows(Listing table) {
        return table.rows().stream()
                .map(row -> row(table.columns(), row, false))
                .toList();
    }

    private static Element row(List<Column> columns, List<? extends @Nullable Object> row, boolean named) {
        Element line = Element.of("tr");
        for (int c = 0; c < columns.size(); c++) {
            Object cell = row.get(c);
            Column column = columns.get(c);
            if (column.style().equals(Column.DATA)) {
                line = line.with("data-" + column.name(), String.valueOf(cell));
            } else if (cell instanceof Element whole && whole.isCell()) {
                line = line.add(whole);
            } else {
                Element empty = column.style().equals(Column.HEAD)
                        ? Element.of("th").with("scope", "row")
                        : styled(named ? Element.of("td").with("data-name", column.name()) : Element.of("td"), column);
                line = line.add(
                        cell instanceof Html html ? empty.add(html) : empty.add(cell == null ? "" : cell.toString()));
            }
        }
        return line;
    }

    private static Element styled(Element cell, Column column) {
        boolean plain = column.style().equals(Column.NUMBER) || column.style().equals(Column.HEAD);
        return plain ? cell : cell.with("class", column.style());
    }
}
