package io.github.linfhash.reports.claims;

import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.core.evaluation.StandardMetrics;
import java.util.Locale;

/** Effects as text for people: differences of fractions in percentage points, everything else as it is. */
public final class EffectText {
    private EffectText() {}

    /** The size with its 95 % interval, such as {@code -1.94 [-2.30, -1.58] points}; empty if there is none. */
    public static String of(Claim claim, ClaimComparison comparison) {
        return comparison
                .effect()
                .map(effect -> isFraction(claim.test(), comparison.measure())
                        ? text(effect, 100, "%.3g") + " points"
                        : text(effect, 1, "%.3g"))
                .orElse("");
    }

    /** Holm's p, such as {@code 0.012} or {@code <0.001}; empty if there is none. */
    public static String p(ClaimComparison comparison) {
        return comparison
                .effect()
                .map(effect ->
                        effect.adjusted() < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", effect.adjusted()))
                .orElse("");
    }

    private static boolean isFraction(ClaimTest test, String measure) {
        return test.kind() != ClaimTest.Kind.DECREASING
                && test.scale() != ClaimTest.Scale.LOG10
                && StandardMetrics.ALL.stream()
                        .anyMatch(metric -> metric.key().equals(measure) && metric.kind() == Metric.Kind.FRACTION);
    }

    private static String text(ClaimEffect effect, double factor, String format) {
        return number(format, factor * effect.size()) + " [" + number(format, factor * effect.low()) + ", "
                + number(format, factor * effect.high()) + "]";
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
