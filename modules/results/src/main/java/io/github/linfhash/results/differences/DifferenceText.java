package io.github.linfhash.results.differences;

import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.results.tables.Summary;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Differences as text for people: fractions in percent, everything else as it is. */
public final class DifferenceText {
    private static final double SMALLEST_P = 0.001;

    private DifferenceText() {}

    /** What a reader wants to know first. */
    public static String verdict(ResultDifferences differences) {
        long beyond = differences.metrics().stream()
                .filter(MetricDifference::significant)
                .count();
        return differences.sameCodes() + " of " + differences.runs() + " runs have the same codes, to the last bit. "
                + beyond + " of " + differences.metrics().size()
                + " differences are more than chance explains (over the seeds, Holm, level 0.05).";
    }

    /** Code length, metric, both means, difference, p, seeds, same codes. */
    public static List<String> cells(MetricDifference difference) {
        double factor = StandardMetrics.quantity(difference.metric()).kind().factor();
        return List.of(
                Integer.toString(difference.bits()),
                difference.metric(),
                number(factor * difference.first()),
                number(factor * difference.second()),
                difference(difference),
                p(difference.adjusted()),
                Integer.toString(difference.seeds()),
                Integer.toString(difference.sameCodes()));
    }

    /** The second less the first, and the half width of its 95 % interval. */
    public static String difference(MetricDifference difference) {
        double factor = StandardMetrics.quantity(difference.metric()).kind().factor();
        return number(factor * difference.difference()) + half(factor, difference.halfWidth());
    }

    /** A metric's mean over seeds and the half width of its 95 % interval. */
    public static String mean(String metric, Summary summary) {
        double factor = StandardMetrics.quantity(metric).kind().factor();
        return number(factor * summary.mean()) + half(factor, summary.halfWidth());
    }

    private static String half(double factor, OptionalDouble halfWidth) {
        return halfWidth.isEmpty() ? "" : " \u00b1 " + number(factor * halfWidth.getAsDouble());
    }

    /** A p-value; empty where nothing was tested. */
    public static String p(OptionalDouble p) {
        if (p.isEmpty()) {
            return "";
        }
        return p.getAsDouble() < SMALLEST_P ? "<0.001" : String.format(Locale.ROOT, "%.3f", p.getAsDouble());
    }

    private static String number(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.4g", value);
    }
}
