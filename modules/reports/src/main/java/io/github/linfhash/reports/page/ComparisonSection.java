package io.github.linfhash.reports.page;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.published.PublishedTable.PublishedMethod;
import io.github.linfhash.results.tables.ComparisonTable;
import io.github.linfhash.results.tables.ComparisonTable.ColumnGroup;
import io.github.linfhash.results.tables.ComparisonTable.ComparisonRow;
import io.github.linfhash.results.tables.Leads.Lead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The comparison in the layout of the printed table, a printed line above a measured one. */
final class ComparisonSection {
    private final ComparisonTable comparison;
    private final PublishedTable published;
    private final FlagMarks marks;
    private final CorrectionNotes notes;

    private ComparisonSection(ComparisonTable comparison, PublishedTable published) {
        this.comparison = comparison;
        this.published = published;
        this.marks = new FlagMarks(published);
        this.notes = new CorrectionNotes(comparison);
    }

    static Html html(ComparisonTable comparison, PublishedTable published) {
        return new ComparisonSection(comparison.byLength(), published).section();
    }

    private Html section() {
        String title = comparison.layout().ofNeighbors() ? "What codes keep" : "Retrieval in Hamming space";
        return Section.of("comparison", title)
                .add(Section.scrolling(title + ", a wide table", table()))
                .add(Element.of("ul").with("class", "legend").addAll(legend()))
                .add(notes.list());
    }

    private Element table() {
        Element table = Element.of("table")
                .with("class", "comparison sortable")
                .add(Section.caption(caption()))
                .add(Element.of("thead").add(groupHeadings(), columnHeadings()));
        List<Html> bodies = new ArrayList<>();
        for (ComparisonRow row : comparison.rows()) {
            bodies.add(new MethodRows(comparison.layout(), row, marks, notes, besidePaper()).html());
        }
        return table.addAll(bodies);
    }

    private String caption() {
        String mean = "mean \u00b1 half width of its 95 % interval over seeds, in percent";
        return besidePaper() ? published.title() + " as printed, and our " + mean : "Measured: " + mean;
    }

    private boolean besidePaper() {
        return !published.cells().isEmpty();
    }

    private Element groupHeadings() {
        List<Html> cells = new ArrayList<>();
        cells.add(Section.heading("Method").with("rowspan", "2").with("data-column", "method"));
        cells.add(Section.heading("N").with("rowspan", "2").with("data-column", "bits"));
        cells.add(Section.heading(besidePaper() ? "Reading" : "Seeds").with("rowspan", "2"));
        for (ColumnGroup group : comparison.layout().groups()) {
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
                .addAll(comparison.layout().groups().stream()
                        .filter(group -> !group.title().isEmpty())
                        .flatMap(group -> group.columns().stream())
                        .map(this::columnHeading)
                        .toList());
    }

    private Element columnHeading(Quantity column) {
        Element heading = Section.heading(column.head()).with("data-column", column.key());
        return comparison.layout().startsGroup(column) ? heading.with("class", "start") : heading;
    }

    private List<Html> legend() {
        List<Html> items = new ArrayList<>();
        items.add(Element.of("li")
                .add(Element.of("strong", "Bold"))
                .add(
                        ": the best mean at this code length, or all that are equal to it; in recall and F1, the best of those"
                                + " whose precision there is above chance. Empty balls: the share of queries"
                                + " with no code within the radius, in percent; such a query counts as precision 0. Unique codes:"
                                + " different codes in the database, a count."));
        items.add(Element.of("li")
                .add(Element.of("sup", "*"))
                .add(
                        " Leads the next best by more than chance explains: two-sided test over searches and seeds, Holm\u2019s"
                                + " correction for all leads of the table, level " + Lead.LEVEL
                                + ". \u00b1: half width of the 95 %"
                                + " interval of the mean; n is the number of runs. Under a method: how its options were chosen. Where one"
                                + " search chose them, intervals and tests are conditional on them."));
        if (comparison.rows().stream().anyMatch(ComparisonRow::hasCorrections)) {
            items.add(Element.of("li")
                    .add(Element.of("strong", "Corrected"))
                    .add(
                            ": what follows from the rest of the printed table where a printed number cannot be right; ? where"
                                    + " nothing follows. Its number leads to the reason."));
        }
        if (besidePaper()) {
            items.add(Element.of(
                    "li", "Rows: the paper\u2019s methods in its order, then the others in that of the protocol."));
        }
        items.addAll(marks.explanations());
        caveats().forEach(caveat -> items.add(Element.of("li", caveat)));
        notes().forEach((title, note) ->
                items.add(Element.of("li").add(Element.of("strong", title)).add(": " + note)));
        return items;
    }

    /** What is to be known of rows, by their titles. */
    private Map<String, String> notes() {
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
}
