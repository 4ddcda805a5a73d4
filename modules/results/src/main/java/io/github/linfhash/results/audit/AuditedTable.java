package io.github.linfhash.results.audit;

import io.github.linfhash.results.published.PrintedPercent;
import io.github.linfhash.results.published.PublishedCell;
import io.github.linfhash.results.published.PublishedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A printed table as the checks see it.
 *
 * @param table the table
 * @param groups the groups that have all of precision, recall and F1, in printed order
 * @param recalls every recall of Hamming balls, in printed order
 * @param settings what is known of the protocol
 */
record AuditedTable(PublishedTable table, List<BallGroup> groups, List<BallRecall> recalls, AuditSettings settings) {
    private static final Pattern BALL = Pattern.compile("(precision|recall)@(\\d{1,4})");

    AuditedTable {
        groups = List.copyOf(groups);
        recalls = List.copyOf(recalls);
    }

    static AuditedTable of(PublishedTable table, AuditSettings settings) {
        List<BallGroup> groups = new ArrayList<>();
        List<BallRecall> recalls = new ArrayList<>();
        for (PublishedCell cell : table.cells()) {
            Matcher metric = BALL.matcher(cell.metric());
            if (metric.matches()) {
                int radius = Integer.parseInt(metric.group(2));
                if (metric.group(1).equals("precision")) {
                    group(table, cell, radius).ifPresent(groups::add);
                } else {
                    recalls.add(new BallRecall(cell.method(), cell.bits(), radius, cell.printed()));
                }
            }
        }
        return new AuditedTable(table, groups, recalls, settings);
    }

    /** The metrics that are printed of a recall's balls: its recall, and precision and F1 where they are. */
    List<String> metricsOfBall(BallRecall recall) {
        return Stream.of("precision@", "recall@", "f1@")
                .map(stem -> stem + recall.radius())
                .filter(key -> table.find(recall.method(), recall.bits(), key).isPresent())
                .toList();
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
