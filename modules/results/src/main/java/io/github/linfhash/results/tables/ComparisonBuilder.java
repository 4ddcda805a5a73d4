package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.results.audit.Corrections;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.published.PublishedTable.PublishedCell;
import io.github.linfhash.results.published.PublishedTable.PublishedMethod;
import io.github.linfhash.results.schema.Configuration;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.ComparisonTable.ComparisonCell;
import io.github.linfhash.results.tables.ComparisonTable.ComparisonRow;
import io.github.linfhash.results.tables.Leads.Lead;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Sets results beside a published table. */
public final class ComparisonBuilder {
    private final Results results;
    private final PublishedTable published;
    private final TableLayout layout;
    private final Evidence evidence;
    private final Corrections corrections;
    private final Leads leads;

    private ComparisonBuilder(Evidence evidence, PublishedTable published) {
        this.results = evidence.results();
        this.evidence = evidence;
        this.published = published;
        this.layout = TableLayout.of(published.metrics(), results.protocol().headline());
        this.corrections = Corrections.of(published);
        this.leads = Leads.of(results, layout.columns(), evidence.queries());
    }

    /**
     * The comparison: where the paper printed a table, its methods come first, in its order; all others, and all where
     * there is no published table, are in the protocol's. For each method of the paper, every code length that was printed or run, whether measured or not;
     * for each other method, the code lengths of the protocol. A method with several rows has all that for each of them.
     */
    public static ComparisonTable compare(Evidence evidence, PublishedTable published) {
        return new ComparisonBuilder(evidence, published).table();
    }

    private ComparisonTable table() {
        List<ComparisonRow> rows = new ArrayList<>();
        boolean besidePaper = !published.cells().isEmpty();
        if (besidePaper) {
            for (PublishedMethod method : PublishedMethod.ALL) {
                for (String name : shownNames(method)) {
                    shownBits().forEach(bits -> rows.add(row(name, Optional.of(method), bits)));
                }
            }
        }
        for (Configuration method : results.protocol().configurations()) {
            Optional<PublishedMethod> printed = PublishedMethod.of(method.name());
            if (!besidePaper || printed.isEmpty()) {
                results.protocol().bits().stream()
                        .sorted()
                        // A quantizer has no code at a length that adds nothing to a shorter one.
                        .filter(bits -> !layout.ofNeighbors()
                                || !results.runs(method.entry(), bits).isEmpty())
                        .forEach(bits -> rows.add(row(method.entry(), printed, bits)));
            }
        }
        return new ComparisonTable(layout, rows, leads);
    }

    /** Returns the configurations that were run of a published row, or its likeliest method where none was. */
    private List<String> shownNames(PublishedMethod method) {
        List<String> run = method.names().stream()
                .flatMap(name -> results.protocol().configurations().stream()
                        .filter(summary -> summary.name().equals(name)))
                .map(Configuration::entry)
                .toList();
        boolean printed = published.methods().contains(method.printedName());
        return run.isEmpty() && printed ? method.names().subList(0, 1) : run;
    }

    private SortedSet<Integer> shownBits() {
        SortedSet<Integer> bits = new TreeSet<>(published.bits());
        bits.addAll(results.protocol().bits());
        return bits;
    }

    private ComparisonRow row(String name, Optional<PublishedMethod> method, int bits) {
        boolean opened =
                results.opened(bits).stream().anyMatch(one -> one.entry().equals(name));
        List<ComparisonCell> cells = layout.columns().stream()
                .map(column -> cell(
                        column,
                        name,
                        bits,
                        opened,
                        method.flatMap(row -> published.find(row.printedName(), bits, column.key()))))
                .toList();
        Optional<Configuration> summary = results.protocol().configurations().stream()
                .filter(known -> known.entry().equals(name))
                .findFirst();
        String title = summary.map(Configuration::label)
                .orElseGet(() -> method.map(PublishedMethod::printedName).orElse(name));
        Optional<String> note = summary.flatMap(known -> Optional.ofNullable(known.note()));
        String tuned =
                summary.map(known -> results.protocol().tuned(known.entry())).orElse("");
        return new ComparisonRow(name, title, note, tuned, method, bits, opened, cells, results.runs(name, bits));
    }

    private ComparisonCell cell(
            Quantity column, String name, int bits, boolean opened, Optional<PublishedCell> printed) {
        Optional<Summary> ours = CellValues.summary(evidence, name, bits, column);
        Optional<Lead> lead = leads.find(column, bits);
        return new ComparisonCell(
                column,
                printed,
                printed.flatMap(corrections::find),
                ours,
                lead.filter(found -> found.method().equals(name)),
                opened
                        && ours.isPresent()
                        && lead.filter(found -> found.sharedBy(ours.get())).isPresent());
    }
}
