package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.results.published.PrintedPercent.PercentText;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Formats values of a quantity for people. */
public final class QuantityText {
    private static final double SMALLEST_P = 0.001;

    private QuantityText() {}

    /** Formats the mean of a summary as {@link #value} does; a fraction below its {@link #halfWidth} has the power of ten of the latter. */
    public static String mean(Quantity quantity, Summary summary) {
        return quantity.kind() == Quantity.Kind.FRACTION
                ? PercentText.mean(summary.mean(), summary.halfWidth().orElse(0))
                : value(quantity, summary.mean());
    }

    /** Formats a number: fractions in percent, counts as whole numbers, others with their leading digits. */
    public static String value(Quantity quantity, double value) {
        return switch (quantity.kind()) {
            case FRACTION -> PercentText.of(value);
            case COUNT -> text("%.0f", value);
            case NUMBER -> value == 0 ? "0" : text("%.4g", value);
            case SECONDS -> text("%.2f", value);
        };
    }

    /** Formats the half-width of the 95% interval of the mean, in the same unit; empty for a single seed. */
    public static String halfWidth(Quantity quantity, Summary summary) {
        return beside(quantity, summary.mean(), summary.halfWidth());
    }

    /** Formats the mean and, if known, the half-width of its 95% interval, with a sign between them, or the tuning runs in two groups. */
    public static String both(Quantity quantity, Summary summary, String sign) {
        String half = halfWidth(quantity, summary);
        return mean(quantity, summary)
                + (half.isEmpty()
                        ? groups(quantity, summary).map(runs -> " " + runs).orElse("")
                        : sign + half);
    }

    /** Formats the tuning runs of a mean without an interval, ascending and in brackets, where they fall into two groups. */
    public static Optional<String> groups(Quantity quantity, Summary summary) {
        return summary.groups().isEmpty()
                ? Optional.empty()
                : Optional.of(summary.groups().stream()
                        .sorted()
                        .map(run -> value(quantity, run))
                        .collect(Collectors.joining(", ", "(", ")")));
    }

    private static String beside(Quantity quantity, double mean, OptionalDouble distance) {
        if (distance.isEmpty()) {
            return "";
        }
        return switch (quantity.kind()) {
            case FRACTION -> PercentText.spread(mean, distance.getAsDouble());
            case NUMBER -> distance.getAsDouble() == 0 ? "0" : text("%.2g", distance.getAsDouble());
            case COUNT, SECONDS -> value(quantity, distance.getAsDouble());
        };
    }

    /** Formats a p-value; empty if nothing was tested. */
    public static String p(OptionalDouble p) {
        return p.isEmpty() ? "" : p.getAsDouble() < SMALLEST_P ? "<0.001" : text("%.3f", p.getAsDouble());
    }

    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
