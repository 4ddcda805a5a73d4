package io.github.linfhash.results.audit;

import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.results.published.PercentText;
import io.github.linfhash.results.published.PublishedCell;
import io.github.linfhash.results.published.PublishedFlag;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Means over rankings (mAP, precision of the first K) are in percent like everything else: no method ranks far worse than
 * blindly. The yardstick is chance where it is known, else the median that the table prints of the same metric.
 */
final class RankingUnitCheck implements Check {
    /** So many times below the yardstick is no ranking, however bad. */
    private static final double FACTOR = 10;

    @Override
    public List<Finding> findings(AuditedTable table) {
        return table.table().cells().stream()
                .filter(cell -> isRanking(cell.metric()))
                .flatMap(cell -> finding(cell, table).stream())
                .toList();
    }

    private static Optional<Finding> finding(PublishedCell cell, AuditedTable table) {
        double yardstick = table.settings()
                .facts()
                .map(facts -> 100 * facts.chance())
                .orElseGet(() -> median(cell.metric(), table));
        Interval printed = Interval.of(cell.printed());
        boolean isFraction = printed.low() > 0
                && printed.high() * FACTOR < yardstick
                && 100 * printed.high() * FACTOR >= yardstick
                && cell.printed().percent().doubleValue() <= 1;
        if (!isFraction) {
            return Optional.empty();
        }
        double corrected = 100 * cell.fraction();
        String basis = table.settings().facts().isPresent() ? "chance" : "the table's median of this metric";
        return Optional.of(new Finding(
                PublishedFlag.RANKING_AS_FRACTION,
                cell.method(),
                cell.bits(),
                List.of(cell.metric()),
                BallGroup.place(cell.method(), cell.bits()) + ": " + cell.metric() + " "
                        + cell.printed().text() + " is a fraction among percentages, " + PercentText.of(corrected)
                        + " %",
                printed + " is more than " + (int) FACTOR + " times below " + basis + ", "
                        + PercentText.of(yardstick / 100) + " %",
                Map.of(cell.metric(), corrected)));
    }

    private static double median(String metric, AuditedTable table) {
        double[] sorted = table.table().cells().stream()
                .filter(cell -> cell.metric().equals(metric))
                .mapToDouble(cell -> 100 * cell.fraction())
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private static boolean isRanking(String metric) {
        return metric.startsWith(StandardMetrics.MAP.key()) || metric.startsWith("precisionTop");
    }
}
