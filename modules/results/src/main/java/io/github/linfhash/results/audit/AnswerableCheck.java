package io.github.linfhash.results.audit;

import io.github.linfhash.results.published.PublishedCell;
import io.github.linfhash.results.published.PublishedFlag;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Queries without anything relevant count zero, so that no mean over all queries is above the share of the others. */
final class AnswerableCheck implements Check {
    @Override
    public List<Finding> findings(AuditedTable table) {
        OptionalDouble answerable = table.settings().answerable();
        if (answerable.isEmpty()) {
            return List.of();
        }
        double ceiling = 100 * answerable.getAsDouble();
        return table.table().cells().stream()
                .filter(cell -> cell.metric().matches("(map|precision|recall|f1).*"))
                .filter(cell -> Interval.of(cell.printed()).isAbove(new Interval(ceiling, ceiling)))
                .map(cell -> finding(cell, ceiling))
                .toList();
    }

    private static Finding finding(PublishedCell cell, double ceiling) {
        Interval printed = Interval.of(cell.printed());
        return new Finding(
                PublishedFlag.ABOVE_ANSWERABLE,
                cell.method(),
                cell.bits(),
                List.of(cell.metric()),
                BallGroup.place(cell.method(), cell.bits()) + ": " + cell.metric() + " "
                        + cell.printed().text() + " is above the share of queries with anything relevant",
                printed + " is above " + new Interval(ceiling, ceiling),
                Map.of());
    }
}
