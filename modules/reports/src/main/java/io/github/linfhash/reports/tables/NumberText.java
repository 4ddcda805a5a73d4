package io.github.linfhash.reports.tables;

import io.github.linfhash.core.evaluation.Metric;
import java.util.Locale;

/** Numbers of a column as text for people. */
public final class NumberText {
    private NumberText() {}

    /** The mean of a summary: fractions in percent, counts as whole numbers. */
    public static String mean(Column column, Summary summary) {
        return column.kind() == Metric.Kind.COUNT ? whole(summary.mean()) : PercentText.of(summary.mean());
    }

    /** The spread of a summary, in the same unit; empty for a single seed. */
    public static String spread(Column column, Summary summary) {
        if (summary.spread().isEmpty()) {
            return "";
        }
        double spread = summary.spread().getAsDouble();
        return column.kind() == Metric.Kind.COUNT ? whole(spread) : PercentText.spread(summary.mean(), spread);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }
}
