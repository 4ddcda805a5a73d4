package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.results.published.PercentText;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers of a column as text for people. */
public final class NumberText {
    private NumberText() {}

    /** The mean of a summary: fractions in percent, counts as whole numbers. */
    public static String mean(Column column, Summary summary) {
        return value(column, summary.mean());
    }

    /** A number of a column: fractions in percent, counts as whole numbers. */
    public static String value(Column column, double value) {
        return column.kind() == Metric.Kind.COUNT ? whole(value) : PercentText.of(value);
    }

    /** The standard deviation of a summary, in the same unit; empty for a single seed. */
    public static String spread(Column column, Summary summary) {
        return beside(column, summary.mean(), summary.spread());
    }

    /** How far the 95 % interval of the mean reaches, in the same unit; empty for a single seed. */
    public static String halfWidth(Column column, Summary summary) {
        return beside(column, summary.mean(), summary.halfWidth());
    }

    private static String beside(Column column, double mean, OptionalDouble distance) {
        if (distance.isEmpty()) {
            return "";
        }
        return column.kind() == Metric.Kind.COUNT
                ? whole(distance.getAsDouble())
                : PercentText.spread(mean, distance.getAsDouble());
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }
}
