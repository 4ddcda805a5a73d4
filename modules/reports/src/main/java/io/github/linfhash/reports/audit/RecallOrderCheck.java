package io.github.linfhash.reports.audit;

import io.github.linfhash.reports.published.PublishedFlag;
import java.util.List;
import java.util.Optional;

/** A ball contains every smaller ball around the same point, so that recall never falls as the radius grows. */
final class RecallOrderCheck implements Check {
    @Override
    public List<Finding> findings(AuditedTable table) {
        return table.groups().stream()
                .flatMap(group -> violated(group, table.groups()).stream())
                .toList();
    }

    private static Optional<Finding> violated(BallGroup smaller, List<BallGroup> groups) {
        return groups.stream()
                .filter(larger -> larger.method().equals(smaller.method())
                        && larger.bits() == smaller.bits()
                        && larger.radius() > smaller.radius())
                .filter(larger -> Interval.of(smaller.recall()).isAbove(Interval.of(larger.recall())))
                .findFirst()
                .map(larger -> Finding.of(
                        PublishedFlag.RECALL_ABOVE_LARGER_RADIUS,
                        smaller,
                        "recall " + smaller.recall().text() + " is above the "
                                + larger.recall().text() + " within radius " + larger.radius()));
    }
}
