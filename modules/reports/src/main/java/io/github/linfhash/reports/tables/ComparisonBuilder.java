package io.github.linfhash.reports.tables;

import io.github.linfhash.reports.published.PublishedMethod;
import io.github.linfhash.reports.published.PublishedTable;
import io.github.linfhash.reports.results.MethodSummary;
import io.github.linfhash.reports.results.Results;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Sets results beside a printed table. */
public final class ComparisonBuilder {
    private final Results results;
    private final PublishedTable published;
    private final TableLayout layout;
    private final SeedSummaries summaries;

    private ComparisonBuilder(Results results, PublishedTable published) {
        this.results = results;
        this.published = published;
        this.layout = TableLayout.of(published.metrics(), results.protocol().headline());
        this.summaries = SeedSummaries.ofMetrics(results);
    }

    /**
     * The comparison: for each method of the paper, every code length that was printed or run, whether measured or not;
     * for each other method, the code lengths of the protocol.
     */
    public static ComparisonTable compare(Results results, PublishedTable published) {
        return new ComparisonBuilder(results, published).table();
    }

    private ComparisonTable table() {
        List<ComparisonRow> rows = new ArrayList<>();
        for (PublishedMethod method : PublishedMethod.ALL) {
            for (String name : shownNames(method)) {
                shownBits().forEach(bits -> rows.add(row(name, Optional.of(method), bits)));
            }
        }
        for (MethodSummary method : results.protocol().methods()) {
            if (PublishedMethod.of(method.name()).isEmpty()) {
                results.protocol().bits().stream()
                        .sorted()
                        .forEach(bits -> rows.add(row(method.name(), Optional.empty(), bits)));
            }
        }
        return new ComparisonTable(layout, rows);
    }

    /** What was run of a printed row, or its likeliest method where nothing was. */
    private List<String> shownNames(PublishedMethod method) {
        List<String> run = method.names().stream()
                .filter(results.protocol().methodNames()::contains)
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
        List<ComparisonCell> cells = layout.columns().stream()
                .map(column -> new ComparisonCell(
                        column,
                        method.flatMap(row -> published.find(row.printedName(), bits, column.key())),
                        summaries.find(name, bits, column.key()),
                        isBest(name, bits, column)))
                .toList();
        return new ComparisonRow(name, title(name, method), method, bits, cells, results.runs(name, bits));
    }

    private String title(String name, Optional<PublishedMethod> method) {
        return results.protocol().methods().stream()
                .filter(summary -> summary.name().equals(name))
                .map(MethodSummary::title)
                .findFirst()
                .orElseGet(() -> method.map(PublishedMethod::printedName).orElse(name));
    }

    /** Whether a mean is the best of at least two. */
    private boolean isBest(String name, int bits, Column column) {
        List<Double> means = results.protocol().methodNames().stream()
                .flatMap(other -> summaries.find(other, bits, column.key()).stream())
                .map(Summary::mean)
                .toList();
        return column.higherIsBetter()
                && means.size() > 1
                && summaries
                        .find(name, bits, column.key())
                        .map(Summary::mean)
                        .equals(means.stream().max(Comparator.naturalOrder()));
    }
}
