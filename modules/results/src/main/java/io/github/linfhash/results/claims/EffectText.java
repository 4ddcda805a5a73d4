package io.github.linfhash.results.claims;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.results.claims.Claim.ClaimTest;
import io.github.linfhash.results.claims.ClaimComparison.ClaimEffect;
import java.util.Locale;

/** Effects as text for people: differences of metrics that are fractions in percentage points, everything else as it is. */
public final class EffectText {
    private EffectText() {}

    /** The size with its 95 % interval, such as {@code -1.94 [-2.30, -1.58] points}; empty if there is none. */
    public static String of(Claim claim, ClaimComparison comparison) {
        return comparison
                .effect()
                .map(effect -> isFraction(claim.test(), comparison.measure())
                        ? text(effect, 100) + " points"
                        : text(effect, 1))
                .orElse("");
    }

    /** Holm's p, such as {@code 0.012} or {@code <0.001}; empty where nothing was tested. */
    public static String p(ClaimComparison comparison) {
        return comparison
                .effect()
                .filter(effect -> comparison.tested())
                .map(effect ->
                        effect.adjusted() < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", effect.adjusted()))
                .orElse("");
    }

    private static boolean isFraction(ClaimTest test, String measure) {
        return test.kind() != ClaimTest.Kind.DECREASING
                && test.scale() != ClaimTest.Scale.LOG10
                && StandardMetrics.keys().contains(measure)
                && StandardMetrics.quantity(measure).kind() == Quantity.Kind.FRACTION;
    }

    private static String interval(double low, double high) {
        return "[" + number("%.3g", low) + ", " + number("%.3g", high) + "]";
    }

    private static String text(ClaimEffect effect, double factor) {
        return number("%.3g", factor * effect.size()) + " " + interval(factor * effect.low(), factor * effect.high());
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
