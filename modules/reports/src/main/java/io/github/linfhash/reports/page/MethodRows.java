package io.github.linfhash.reports.page;

import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.reports.tables.ComparisonCell;
import io.github.linfhash.reports.tables.ComparisonRow;
import io.github.linfhash.reports.tables.NumberText;
import io.github.linfhash.reports.tables.Summary;
import io.github.linfhash.reports.tables.TableLayout;
import java.util.ArrayList;
import java.util.List;

/** The lines of one method: for each code length a printed one, where there is one, and a measured one. */
final class MethodRows {
    private final TableLayout layout;
    private final List<ComparisonRow> rows;
    private final FlagMarks marks;

    MethodRows(TableLayout layout, List<ComparisonRow> rows, FlagMarks marks) {
        this.layout = layout;
        this.rows = rows;
        this.marks = marks;
    }

    Html html() {
        List<Html> lines = new ArrayList<>();
        for (ComparisonRow row : rows) {
            List<Html> starts = new ArrayList<>();
            if (lines.isEmpty()) {
                starts.add(methodHeading());
            }
            starts.add(bitsHeading(row));
            if (row.hasPrinted()) {
                lines.add(line("printed", starts)
                        .add(Element.of("th", "paper").with("scope", "row"))
                        .addAll(printed(row)));
                starts = List.of();
            }
            lines.add(line("ours", starts).add(oursHeading(row)).addAll(ours(row)));
        }
        return Element.of("tbody").addAll(lines);
    }

    private static Element line(String kind, List<Html> starts) {
        return Element.of("tr").with("class", kind).addAll(starts);
    }

    private Element methodHeading() {
        ComparisonRow first = rows.get(0);
        int lines = rows.stream().mapToInt(MethodRows::lines).sum();
        Element heading = Element.of("th")
                .with("scope", "rowgroup")
                .with("rowspan", Integer.toString(lines))
                .with("class", "method")
                .add(Element.of("span", first.title()));
        if (!first.title().equalsIgnoreCase(first.method())) {
            heading = heading.add(Element.of("code", first.method()));
        }
        String place = first.published()
                .map(method -> method.printedName().equals(first.title()) ? "" : "paper: " + method.printedName())
                .orElse("not in the paper");
        return place.isEmpty() ? heading : heading.add(Element.of("small", place));
    }

    private static Element bitsHeading(ComparisonRow row) {
        return Element.of("th", Integer.toString(row.bits()))
                .with("scope", "row")
                .with("class", "bits")
                .with("rowspan", Integer.toString(lines(row)));
    }

    private static int lines(ComparisonRow row) {
        return row.hasPrinted() ? 2 : 1;
    }

    private static Element oursHeading(ComparisonRow row) {
        Element heading = Element.of("th", "ours").with("scope", "row");
        int runs = row.runs().size();
        if (runs == 0) {
            return heading;
        }
        String n = row.measured() == runs ? "n\u00a0=\u00a0" + runs : row.measured() + "\u00a0of\u00a0" + runs;
        return heading.add(" ").add(Element.of("small", n));
    }

    private List<Html> printed(ComparisonRow row) {
        List<Html> cells = new ArrayList<>();
        for (ComparisonCell cell : row.cells()) {
            Element td = cellOf(cell);
            cells.add(cell.printed()
                    .map(printed ->
                            td.add(NumberHtml.of(printed.printed().text())).addAll(marks.of(printed)))
                    .orElse(td));
        }
        return cells;
    }

    private List<Html> ours(ComparisonRow row) {
        if (row.measured() == 0) {
            Element message = row.runs().isEmpty()
                    ? Element.of("td", "not run").with("class", "absent")
                    : Element.of("td")
                            .with("class", "absent bad")
                            .add(Element.of("a", "every run failed").with("href", "#failures"));
            return List.of(message.with("colspan", Integer.toString(row.cells().size())));
        }
        return row.cells().stream().<Html>map(this::measured).toList();
    }

    private Html measured(ComparisonCell cell) {
        Element td = cellOf(cell);
        return cell.ours().map(summary -> td.addAll(number(cell, summary))).orElse(td);
    }

    private static List<Html> number(ComparisonCell cell, Summary summary) {
        Html mean = NumberHtml.of(NumberText.mean(cell.column(), summary));
        Element number = Element.of(cell.best() ? "strong" : "span").add(mean);
        String spread = NumberText.spread(cell.column(), summary);
        if (spread.isEmpty()) {
            return List.of(number);
        }
        return List.of(
                number, Html.text(" "), Element.of("small").add("\u00b1\u00a0").add(NumberHtml.of(spread)));
    }

    private Element cellOf(ComparisonCell cell) {
        Element td = Element.of("td");
        return layout.startsGroup(cell.column()) ? td.with("class", "start") : td;
    }
}
