package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.results.tables.ComparisonTable.ColumnGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The columns of a comparison: those of the published table in published order, then what the paper does not print but a
 * reader needs in order to judge codes: empty balls and unique codes.
 *
 * @param groups the columns under their headings
 */
public record TableLayout(List<ColumnGroup> groups) {
    public TableLayout {
        groups = List.copyOf(groups);
    }

    /** The layout of a published table with the given metrics in published order, then what else the protocol headlines. */
    public static TableLayout of(List<String> printed, List<String> headline) {
        Set<String> metrics = new LinkedHashSet<>(printed);
        metrics.addAll(headline);
        List<ColumnGroup> groups = new ArrayList<>(
                grouped(metrics.stream().map(StandardMetrics::quantity).toList()));
        groups.addAll(grouped(diagnostics(metrics)
                .filter(quantity -> quantity.role() == Quantity.Role.DIAGNOSTIC && !metrics.contains(quantity.key()))
                .toList()));
        return new TableLayout(groups);
    }

    /** Where codes are judged by the neighbors that they keep, their bytes; else what Hamming balls need beside them. */
    private static Stream<Quantity> diagnostics(Set<String> metrics) {
        return ofNeighbors(metrics)
                ? StandardMetrics.OF_NEIGHBORS.stream()
                : StandardMetrics.ALL.stream().map(Metric::quantity);
    }

    private static boolean ofNeighbors(Collection<String> metrics) {
        return StandardMetrics.NEIGHBOR_RECALLS.stream().anyMatch(recall -> metrics.contains(recall.key()));
    }

    /** Whether codes are judged by the float neighbors that they keep. */
    public boolean ofNeighbors() {
        return ofNeighbors(columns().stream().map(Quantity::key).toList());
    }

    private static List<ColumnGroup> grouped(List<Quantity> columns) {
        Map<String, List<Quantity>> groups = new LinkedHashMap<>();
        columns.forEach(column -> groups.computeIfAbsent(column.words().group(), title -> new ArrayList<>())
                .add(column));
        return groups.entrySet().stream()
                .map(group -> new ColumnGroup(group.getKey(), group.getValue()))
                .toList();
    }

    /** All columns in order. */
    public List<Quantity> columns() {
        return groups.stream().flatMap(group -> group.columns().stream()).toList();
    }

    /** Whether a column is the first one under its heading. */
    public boolean startsGroup(Quantity column) {
        return groups.stream().anyMatch(group -> group.columns().get(0).equals(column));
    }
}
