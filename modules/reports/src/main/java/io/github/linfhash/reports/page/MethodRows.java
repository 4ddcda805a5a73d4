package io.github.linfhash.reports.page;

import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.results.published.PrintedPercent.PercentText;
import io.github.linfhash.results.tables.ComparisonTable.ComparisonCell;
import io.github.linfhash.results.tables.ComparisonTable.ComparisonRow;
import io.github.linfhash.results.tables.Leads.Lead;
import io.github.linfhash.results.tables.NumberText;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import io.github.linfhash.results.tables.TableLayout;
import java.util.ArrayList;
import java.util.List;

/** The lines of one method at one code length: what is printed, what is right where that cannot be, what was measured. */
final class MethodRows {
    private final TableLayout layout;
    private final ComparisonRow row;
    private final FlagMarks marks;
    private final CorrectionNotes notes;
    private final boolean besidePaper;

    /** @param besidePaper whether the page has a printed table at all */
    MethodRows(TableLayout layout, ComparisonRow row, FlagMarks marks, CorrectionNotes notes, boolean besidePaper) {
        this.layout = layout;
        this.row = row;
        this.marks = marks;
        this.notes = notes;
        this.besidePaper = besidePaper;
    }

    Html html() {
        List<Html> starts = List.of(methodHeading(), bitsHeading());
        List<Html> lines = new ArrayList<>();
        if (row.hasPrinted()) {
            lines.add(line("printed", starts).add(reading("paper")).addAll(printed()));
            starts = List.of();
        }
        if (row.hasCorrections()) {
            lines.add(line("corrected", starts).add(reading("corrected")).addAll(corrected()));
        }
        lines.add(line("ours", starts).add(oursHeading()).addAll(ours()));
        return Element.of("tbody").addAll(lines);
    }

    private static Element reading(String whose) {
        return Element.of("th", whose).with("scope", "row");
    }

    private static Element line(String kind, List<Html> starts) {
        return Element.of("tr").with("class", kind).addAll(starts);
    }

    private Element methodHeading() {
        Element heading = Element.of("th")
                .with("scope", "rowgroup")
                .with("rowspan", Integer.toString(lines()))
                .with("class", "method")
                .with("data-column", "method")
                .with("data-value", row.title())
                .add(Element.of("span", row.title()));
        if (!row.title().equalsIgnoreCase(row.method())) {
            heading = heading.add(Element.of("code", row.method()));
        }
        if (!row.tuned().isEmpty()) {
            heading = heading.add(Element.of("small", row.tuned()));
        }
        if (!besidePaper) {
            return heading;
        }
        String place = row.published()
                .map(method -> method.printedName().equals(row.title()) ? "" : "paper: " + method.printedName())
                .orElse("not in the paper");
        return place.isEmpty() ? heading : heading.add(Element.of("small", place));
    }

    private Element bitsHeading() {
        return Element.of("th", Integer.toString(row.bits()))
                .with("scope", "row")
                .with("class", "bits")
                .with("data-column", "bits")
                .with("rowspan", Integer.toString(lines()));
    }

    private int lines() {
        return 1 + (row.hasPrinted() ? 1 : 0) + (row.hasCorrections() ? 1 : 0);
    }

    private Element oursHeading() {
        Element heading = reading(besidePaper ? "ours" : "");
        int runs = row.runs().size();
        if (runs == 0) {
            return heading;
        }
        String n = row.measured() == runs ? "n\u00a0=\u00a0" + runs : row.measured() + "\u00a0of\u00a0" + runs;
        return besidePaper ? heading.add(" ").add(Element.of("small", n)) : heading.add(n);
    }

    private List<Html> printed() {
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

    private List<Html> ours() {
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

    private List<Html> corrected() {
        List<Html> cells = new ArrayList<>();
        for (ComparisonCell cell : row.cells()) {
            Element td = cellOf(cell);
            cells.add(cell.correction()
                    .map(correction -> td.add(
                                    correction.fraction().isPresent()
                                            ? NumberHtml.of(PercentText.of(
                                                    correction.fraction().getAsDouble()))
                                            : Html.text("?"))
                            .add(" ")
                            .add(notes.of(correction)))
                    .orElse(td));
        }
        return cells;
    }

    private Html measured(ComparisonCell cell) {
        Element td = cellOf(cell).with("data-column", cell.column().key());
        return cell.ours()
                .map(summary ->
                        td.with("data-value", Double.toString(summary.mean())).addAll(number(cell, summary)))
                .orElse(td);
    }

    private static List<Html> number(ComparisonCell cell, Summary summary) {
        List<Html> parts = new ArrayList<>();
        parts.add(Element.of(cell.best() ? "strong" : "span")
                .add(NumberHtml.of(NumberText.mean(cell.column(), summary))));
        if (cell.lead().filter(Lead::significant).isPresent()) {
            parts.add(Element.of("sup", "*"));
        }
        String distance = NumberText.halfWidth(cell.column(), summary);
        if (!distance.isEmpty()) {
            parts.add(Html.text(" "));
            parts.add(Element.of("small").add("\u00b1\u00a0").add(NumberHtml.of(distance)));
        }
        return parts;
    }

    private Element cellOf(ComparisonCell cell) {
        Element td = Element.of("td");
        return layout.startsGroup(cell.column()) ? td.with("class", "start") : td;
    }
}
