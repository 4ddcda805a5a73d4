package io.github.linfhash.reports.tables;

import java.util.Locale;

/**
 * Percentages as the paper prints them: two decimals, and below 0.1 % two significant digits times a power of ten,
 * written {@code 5.6e-2}.
 */
public final class PercentText {
    /** What rounds to 0.10 with two decimals rather than to two significant digits below it. */
    private static final double SMALLEST_PLAIN = 0.0995;

    private PercentText() {}

    /** The text of a fraction within 0..1, without a percent sign. */
    public static String of(double fraction) {
        double percent = 100 * fraction;
        if (percent == 0 || percent >= SMALLEST_PLAIN) {
            return String.format(Locale.ROOT, "%.2f", percent);
        }
        return String.format(Locale.ROOT, "%.1e", percent).replaceFirst("e([-+])0", "e$1");
    }
}
