package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
import java.util.List;

/**
 * Columns under one heading.
 *
 * @param title the heading; empty where columns stand alone
 * @param columns the columns
 */
public record ColumnGroup(String title, List<Quantity> columns) {
    public ColumnGroup {
        columns = List.copyOf(columns);
    }
}
