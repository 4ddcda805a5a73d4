package io.github.linfhash.reports.page;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.builder.HtmlTable;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.reports.page.PageParts.NumberHtml;
import io.github.linfhash.results.audit.Corrections.Correction;
import io.github.linfhash.results.published.PrintedPercent.PercentText;
import io.github.linfhash.results.published.PublishedFlag;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.published.PublishedTable.PublishedCell;
import io.github.linfhash.results.published.PublishedTable.PublishedMethod;
import io.github.linfhash.results.tables.ComparisonTable;
import io.github.linfhash.results.tables.ComparisonTable.ColumnGroup;
import io.github.linfhash.results.tables.ComparisonTable.ComparisonCell;
import io.github.linfhash.results.tables.ComparisonTable.ComparisonRow;
import io.github.linfhash.results.tables.Leads.Lead;
import io.github.linfhash.results.tables.QuantityText;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import io.github.linfhash.results.tables.TableLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The comparison in the columns of the printed table, a printed line above a measured one, by code length and then best first. Columns that
 * are the same in all rows are named in the caption.
 */
final class ComparisonSection {
    private final ComparisonTable comparison;
    private final PublishedTable published;
    private final Shown shown;
    private final FlagMarks marks;
    private final CorrectionNotes notes;
    private final Map<String, String> rowNotes;
    private final Set<ComparisonRow> opened;

    private ComparisonSection(ComparisonTable comparison, PublishedTable published) {
        this.comparison = comparison;
        this.published = published;
        this.shown = Shown.of(comparison, !published.cells().isEmpty());
        this.marks = new FlagMarks(published);
        this.notes = new CorrectionNotes(comparison);
        this.rowNotes = rowNotes(comparison);
        this.opened = opened(comparison);
    }

    static Html html(ComparisonTable comparison, PublishedTable published) {
        return new ComparisonSection(sorted(comparison), published).section();
    }

    /** The table with its rows by code length and then by the first metric that ranks; what was not measured comes last. */
    private static ComparisonTable sorted(ComparisonTable comparison) {
        return new ComparisonTable(
                comparison.layout(),
                comparison.rows().stream()
                        .sorted(Comparator.comparingInt(ComparisonRow::bits).thenComparingDouble(row -> -gain(row)))
                        .toList(),
                comparison.leads());
    }

    /**
     * Which columns are shown, and a text for each other one.
     *
     * @param layout the columns of numbers
     * @param bits whether the code length has a column
     * @param seeds whether the number of runs is in each row
     * @param constants what is the same in all rows
     */
    private record Shown(TableLayout layout, boolean bits, boolean seeds, List<String> constants) {
        static Shown of(ComparisonTable comparison, boolean besidePaper) {
            List<ComparisonRow> rows = comparison.rows();
            List<String> constants = new ArrayList<>();
            boolean oneLength =
                    rows.stream().map(ComparisonRow::bits).distinct().count() == 1;
            if (oneLength) {
                constants.add(rows.get(0).bits() + " bits");
            }
            List<String> counts = rows.stream()
                    .filter(row -> !row.runs().isEmpty())
                    .map(ComparisonSection::count)
                    .distinct()
                    .toList();
            if (counts.size() == 1) {
                constants.add("n\u00a0=\u00a0" + counts.get(0) + " in each row");
            }
            List<Quantity> same = besidePaper || rows.size() < 2
                    ? List.of()
                    : comparison.layout().columns().stream()
                            .filter(column -> values(rows, column).distinct().count() == 1)
                            .toList();
            same.stream()
                    .filter(column ->
                            !values(rows, column).findFirst().orElseThrow().isEmpty())
                    .forEach(column -> constants.add(column.title() + ": "
                            + values(rows, column).findFirst().orElseThrow() + " in each row"));
            List<ColumnGroup> groups = comparison.layout().groups().stream()
                    .map(group -> new ColumnGroup(
                            group.title(),
                            group.columns().stream()
                                    .filter(column -> !same.contains(column))
                                    .toList()))
                    .filter(group -> !group.columns().isEmpty())
                    .toList();
            return new Shown(new TableLayout(groups), !oneLength, counts.size() != 1, constants);
        }

        private static Stream<String> values(List<ComparisonRow> rows, Quantity column) {
            return rows.stream()
                    .flatMap(row -> row.cells().stream())
                    .filter(cell -> cell.column().equals(column))
                    .map(cell -> cell.ours()
                            .map(summary -> QuantityText.both(column, summary, " \u00b1\u00a0"))
                            .orElse(""));
        }

        List<ComparisonCell> cells(ComparisonRow row) {
            return row.cells().stream()
                    .filter(cell -> layout.columns().contains(cell.column()))
                    .toList();
        }
    }

    /** How many runs a row has, and how many of these were measured where some failed. */
    private static String count(ComparisonRow row) {
        int runs = row.runs().size();
        return row.measured() == runs ? Integer.toString(runs) : row.measured() + "\u00a0of\u00a0" + runs;
    }

    private Html section() {
        String title = comparison.layout().ofNeighbors() ? "Retrieval quality" : "Retrieval in Hamming space";
        List<Html> parts = new ArrayList<>(fold());
        parts.add(Section.scrolling(title + ", a wide table", table()));
        parts.add(Element.of("ul").with("class", "legend").addAll(legend()));
        parts.add(notes.list());
        return Section.folding("comparison", title, true, parts);
    }

    /** Returns the control that shows the configurations that the page does not open with; nothing where there are none. */
    private List<Html> fold() {
        int others = comparison.rows().size() - opened.size();
        return others == 0
                ? List.of()
                : List.of(
                        Element.of("input")
                                .with("type", "checkbox")
                                .with("id", "fold")
                                .with("class", "fold"),
                        Element.of("label", "Show all configurations (" + others + " more)")
                                .with("for", "fold"));
    }

    /** The rows that the page opens with; of a method that was not run at a length, its first one. */
    private static Set<ComparisonRow> opened(ComparisonTable comparison) {
        Map<String, List<ComparisonRow>> methods = comparison.rows().stream()
                .collect(Collectors.groupingBy(row -> RunKey.methodOf(row.method()) + " " + row.bits()));
        return methods.values().stream()
                .flatMap(rows -> rows.stream().anyMatch(ComparisonRow::opened)
                        ? rows.stream().filter(ComparisonRow::opened)
                        : rows.stream().limit(1))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static double gain(ComparisonRow row) {
        return row.cells().stream()
                .filter(cell -> cell.column().ranked())
                .findFirst()
                .flatMap(cell ->
                        cell.ours().map(summary -> cell.column().direction().gain(summary.mean())))
                .orElse(Double.NEGATIVE_INFINITY);
    }

    private Element table() {
        Element table = HtmlTable.frame("comparison sortable", caption(), groupHeadings(), columnHeadings());
        List<Html> bodies = new ArrayList<>();
        for (ComparisonRow row : comparison.rows()) {
            bodies.add(new MethodRows(shown, row, marks, notes, rowNotes, besidePaper()).html(opened.contains(row)));
        }
        return table.addAll(bodies);
    }

    private String caption() {
        String spread = " \u00b1 half width of the 95% interval, in percent";
        return (besidePaper() ? published.title() + " as published, and our means" + spread : "Means" + spread)
                + shown.constants().stream().map(text -> "; " + text).collect(Collectors.joining());
    }

    private boolean besidePaper() {
        return !published.cells().isEmpty();
    }

    private Element groupHeadings() {
        List<Html> cells = new ArrayList<>();
        cells.add(HtmlTable.heading("Method").with("rowspan", "2").with("data-column", "method"));
        if (shown.bits()) {
            cells.add(HtmlTable.heading("N").with("rowspan", "2").with("data-column", "bits"));
        }
        if (besidePaper() || shown.seeds()) {
            cells.add(HtmlTable.heading(besidePaper() ? "Source" : "Seeds").with("rowspan", "2"));
        }
        for (ColumnGroup group : shown.layout().groups()) {
            if (group.title().isEmpty()) {
                group.columns()
                        .forEach(column -> cells.add(columnHeading(column).with("rowspan", "2")));
            } else {
                cells.add(Element.of("th", group.title())
                        .with("scope", "colgroup")
                        .with("class", "start")
                        .with("colspan", Integer.toString(group.columns().size())));
            }
        }
        return Element.of("tr").addAll(cells);
    }

    private Element columnHeadings() {
        return Element.of("tr")
                .addAll(shown.layout().groups().stream()
                        .filter(group -> !group.title().isEmpty())
                        .flatMap(group -> group.columns().stream())
                        .map(this::columnHeading)
                        .toList());
    }

    private Element columnHeading(Quantity column) {
        Element heading = HtmlTable.heading(column.head()).with("data-column", column.key());
        return shown.layout().startsGroup(column) ? heading.with("class", "start") : heading;
    }

    private List<Html> legend() {
        List<Html> items = new ArrayList<>();
        items.add(item(
                Element.of("strong", "Bold"),
                ": the best mean at this code length, including ties"
                        + (opened.size() < comparison.rows().size() ? ", of the configurations shown at first" : "")
                        + ". For recall and F1, only configurations whose"
                        + " precision is above chance are considered. Empty balls: the share of queries with no code within the"
                        + " radius, in percent; such a query counts as precision 0. Unique codes: the number of different codes"
                        + " in the database."));
        items.add(item(
                Element.of("sup", "*"),
                " The lead over the next best is significant: two-sided test over tuning runs and seeds, Holm\u2019s"
                        + " correction for the tests of the best against all others, level " + Lead.LEVEL
                        + ". \u00b1: half width of the 95% interval of the mean. n: number of runs. The small text under a method"
                        + " states how its options were chosen. If a single tuning run chose them, intervals and tests are"
                        + " conditional on these options."));
        if (comparison.rows().stream().anyMatch(ComparisonRow::hasCorrections)) {
            items.add(item(
                    Element.of("strong", "Corrected"),
                    ": the value that follows from the rest of the published table, where a published number cannot be right;"
                            + " ? if no value follows. The number in brackets links to the reason."));
        }
        items.addAll(marks.explanations());
        caveats().forEach(caveat -> items.add(Element.of("li", caveat)));
        rowNotes.forEach((title, note) ->
                items.add(item(Element.of("strong", title), ": " + note).with("id", noteId(rowNotes, title))));
        return items;
    }

    private static Element item(Element term, String text) {
        return Element.of("li").add(term).add(text);
    }

    private static String noteId(Map<String, String> rowNotes, String title) {
        return "note-" + List.copyOf(rowNotes.keySet()).indexOf(title);
    }

    /** Returns the notes of rows, by their titles. */
    private static Map<String, String> rowNotes(ComparisonTable comparison) {
        Map<String, String> notes = new LinkedHashMap<>();
        comparison.rows().forEach(row -> row.note().ifPresent(note -> notes.put(row.title(), note)));
        return notes;
    }

    private Set<String> caveats() {
        Set<String> caveats = new LinkedHashSet<>();
        for (ComparisonRow row : comparison.rows()) {
            Optional<String> caveat = row.published().map(PublishedMethod::caveat);
            if (row.hasPrinted()) {
                caveat.ifPresent(caveats::add);
            }
        }
        return caveats;
    }

    /**
     * The lines of one method at one code length: the printed values, the corrected values where the printed ones are impossible, and the
     * measured values.
     *
     * @param besidePaper whether the page has a printed table at all
     */
    private record MethodRows(
            Shown shown,
            ComparisonRow row,
            FlagMarks marks,
            CorrectionNotes notes,
            Map<String, String> rowNotes,
            boolean besidePaper) {
        Html html(boolean opened) {
            List<Html> starts = shown.bits() ? List.of(methodHeading(), bitsHeading()) : List.of(methodHeading());
            List<Html> lines = new ArrayList<>();
            if (row.hasPrinted()) {
                lines.add(line("printed", starts).add(reading("paper")).addAll(printed()));
                starts = List.of();
            }
            if (row.hasCorrections()) {
                lines.add(line("corrected", starts).add(reading("corrected")).addAll(corrected()));
            }
            lines.add(line("ours", starts).addAll(oursHeading()).addAll(ours()));
            Element body = Element.of("tbody").addAll(lines);
            return opened ? body : body.with("class", "other");
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
                boolean noted = row.tuned().equals("not known") && rowNotes.containsKey(row.title());
                heading = heading.add(Element.of("small")
                        .add(
                                noted
                                        ? Element.of("a", "see the note")
                                                .with("href", "#" + noteId(rowNotes, row.title()))
                                        : Html.text(row.tuned())));
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

        private List<Html> oursHeading() {
            if (!besidePaper && !shown.seeds()) {
                return List.of();
            }
            Element heading = reading(besidePaper ? "ours" : "");
            if (row.runs().isEmpty() || !shown.seeds()) {
                return List.of(heading);
            }
            String n = "n\u00a0=\u00a0" + count(row);
            return List.of(besidePaper ? heading.add(" ").add(Element.of("small", n)) : heading.add(n));
        }

        private List<Html> printed() {
            List<Html> cells = new ArrayList<>();
            for (ComparisonCell cell : shown.cells(row)) {
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
                return List.of(message.with(
                        "colspan", Integer.toString(shown.cells(row).size())));
            }
            return shown.cells(row).stream().<Html>map(this::measured).toList();
        }

        private List<Html> corrected() {
            List<Html> cells = new ArrayList<>();
            for (ComparisonCell cell : shown.cells(row)) {
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
                    .map(summary -> td.with("data-value", Double.toString(summary.mean()))
                            .addAll(number(cell, summary)))
                    .orElse(td);
        }

        private static List<Html> number(ComparisonCell cell, Summary summary) {
            List<Html> parts = new ArrayList<>();
            parts.add(Element.of(cell.best() ? "strong" : "span")
                    .add(NumberHtml.of(QuantityText.mean(cell.column(), summary))));
            if (cell.lead().filter(Lead::significant).isPresent()) {
                parts.add(Element.of("sup", "*"));
            }
            parts.addAll(NumberHtml.spread("\u00b1\u00a0", cell.column(), summary));
            return parts;
        }

        private Element cellOf(ComparisonCell cell) {
            Element td = Element.of("td");
            return shown.layout().startsGroup(cell.column()) ? td.with("class", "start") : td;
        }
    }

    /** The numbers that mark corrected cells, and below the table why each printed number cannot be right. */
    private static final class CorrectionNotes {
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
                    Element.of("h3", "Why published numbers are corrected").with("class", "reasons"),
                    Element.of("ol").with("class", "legend").addAll(items)));
        }

        private static String id(int number) {
            return "reason-" + number;
        }
    }

    /** The letters that mark printed numbers with something wrong, and what they stand for. */
    private static final class FlagMarks {
        /** The flags that occur in the table; the first one is marked a, the second b. */
        private final List<PublishedFlag> flags;

        FlagMarks(PublishedTable published) {
            this.flags = published.cells().stream()
                    .flatMap(cell -> cell.flags().stream())
                    .distinct()
                    .sorted()
                    .toList();
        }

        /** The marks of a printed number, each a link to its explanation. */
        List<Html> of(PublishedCell cell) {
            List<Html> marks = new ArrayList<>();
            for (PublishedFlag flag : cell.flags()) {
                marks.add(Element.of("sup")
                        .add(Element.of("a", letter(flag))
                                .with("href", "#" + id(flag))
                                .with("class", "flag")
                                .with("title", flag.sentence())));
            }
            return marks;
        }

        /** Returns the meanings of the marks, as items of a list. */
        List<Html> explanations() {
            List<Html> items = new ArrayList<>();
            for (PublishedFlag flag : flags) {
                items.add(Element.of("li")
                        .with("id", id(flag))
                        .add(Element.of("sup", letter(flag)))
                        .add(" " + flag.sentence()));
            }
            return items;
        }

        private String letter(PublishedFlag flag) {
            return Character.toString('a' + flags.indexOf(flag));
        }

        private static String id(PublishedFlag flag) {
            return "flag-" + flag.key();
        }
    }
}
