package io.github.linfhash.reports.tables;

import io.github.linfhash.core.evaluation.Metric;
import java.util.Locale;

/** Numbers of a column as text for people. */
public final class NumberText {
    private NumberText() {}

    /** The mean of a summary: fractions in percent, counts as whole numbers. */
    public static String mean(Column column, Summary summary) {
        return of(column, summary.mean());
    }

    /** The spread of a summary, in the same unit; empty for a single seed. */
    public static String spread(Column column, Summary summary) {
        return summary.spread().isPresent() ? of(column, summary.spread().getAsDouble()) : "";
    }

    private static String of(Column column, double value) {
        return column.kind() == Metric.Kind.COUNT ? String.format(Locale.ROOT, "%.0f", value) : PercentText.of(value);
    }
}
