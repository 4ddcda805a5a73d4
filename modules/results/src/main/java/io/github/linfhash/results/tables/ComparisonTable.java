package io.github.linfhash.results.tables;

import java.util.Comparator;
import java.util.List;

/**
 * Measurements beside a printed table, in its layout.
 *
 * @param layout the columns
 * @param rows beside a printed table its methods in its order, then the other ones in the protocol's, else all in the
 *     protocol's; each by code length
 * @param leads who is the best in what
 */
public record ComparisonTable(TableLayout layout, List<ComparisonRow> rows, Leads leads) {
    public ComparisonTable {
        rows = List.copyOf(rows);
    }

    /** The same table with its rows by code length, those of one length in the order that they have here. */
    public ComparisonTable byLength() {
        return new ComparisonTable(
                layout,
                rows.stream()
                        .sorted(Comparator.comparingInt(ComparisonRow::bits))
                        .toList(),
                leads);
    }

    /** The rows of one method. */
    public List<ComparisonRow> rows(String method) {
        return rows.stream().filter(row -> row.method().equals(method)).toList();
    }

    /** The methods in the order of the rows. */
    public List<String> methods() {
        return rows.stream().map(ComparisonRow::method).distinct().toList();
    }
}
