package io.github.linfhash.reports.audit;

import io.github.linfhash.reports.published.PrintedPercent;
import io.github.linfhash.reports.published.PublishedCell;
import io.github.linfhash.reports.published.PublishedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A printed table as the checks see it.
 *
 * @param groups the groups that have all of precision, recall and F1, in printed order
 * @param facts what is known of the protocol, if anything
 */
record AuditedTable(List<BallGroup> groups, Optional<TableFacts> facts) {
    private static final Pattern PRECISION = Pattern.compile("precision@(\\d{1,4})");

    AuditedTable {
        groups = List.copyOf(groups);
    }

    static AuditedTable of(PublishedTable table, Optional<TableFacts> facts) {
        List<BallGroup> groups = new ArrayList<>();
        for (PublishedCell cell : table.cells()) {
            Matcher metric = PRECISION.matcher(cell.metric());
            if (metric.matches()) {
                group(table, cell, Integer.parseInt(metric.group(1))).ifPresent(groups::add);
            }
        }
        return new AuditedTable(groups, facts);
    }

    private static Optional<BallGroup> group(PublishedTable table, PublishedCell precision, int radius) {
        Optional<PrintedPercent> recall = printed(table, precision, "recall@" + radius);
        Optional<PrintedPercent> f1 = printed(table, precision, "f1@" + radius);
        return recall.flatMap(r ->
                f1.map(f -> new BallGroup(precision.method(), precision.bits(), radius, precision.printed(), r, f)));
    }

    private static Optional<PrintedPercent> printed(PublishedTable table, PublishedCell row, String metric) {
        return table.find(row.method(), row.bits(), metric).map(PublishedCell::printed);
    }
}
