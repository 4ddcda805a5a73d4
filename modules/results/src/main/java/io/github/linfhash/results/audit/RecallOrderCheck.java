package io.github.linfhash.results.audit;

import io.github.linfhash.results.published.PublishedFlag;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ball contains every smaller ball around the same point, so that recall never falls as the radius grows. */
final class RecallOrderCheck implements Check {
    @Override
    public List<Finding> findings(AuditedTable table) {
        return table.recalls().stream()
                .flatMap(recall -> violated(recall, table).stream())
                .toList();
    }

    private static Optional<Finding> violated(BallRecall smaller, AuditedTable table) {
        Interval here = Interval.of(smaller.printed());
        return table.recalls().stream()
                .filter(larger -> larger.method().equals(smaller.method())
                        && larger.bits() == smaller.bits()
                        && larger.radius() > smaller.radius())
                .filter(larger -> here.isAbove(Interval.of(larger.printed())))
                .findFirst()
                .map(larger -> new Finding(
                        PublishedFlag.RECALL_ABOVE_LARGER_RADIUS,
                        smaller.method(),
                        smaller.bits(),
                        table.metricsOfBall(smaller),
                        smaller.place() + ": recall " + smaller.printed().text() + " is above the "
                                + larger.printed().text() + " within radius " + larger.radius(),
                        here + " is above " + Interval.of(larger.printed()),
                        Map.of()));
    }
}
