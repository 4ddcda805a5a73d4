package io.github.linfhash.results.published;

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

    /**
     * The text of a spread with the last digit and the power of ten of its mean; {@code <} before one unit of that digit
     * where it is smaller than half of it, but not zero.
     *
     * @param mean the mean as a fraction
     * @param spread the spread as a fraction
     */
    public static String spread(double mean, double spread) {
        String text = of(mean);
        int e = text.indexOf('e');
        String power = e < 0 ? "" : text.substring(e);
        int decimals = e < 0 ? 2 : 1;
        double scaled = 100 * spread / Double.parseDouble("1" + power);
        double unit = Math.pow(10, -decimals);
        boolean vanishes = scaled > 0 && scaled < unit / 2;
        return (vanishes ? "<" : "")
                + String.format(Locale.ROOT, "%." + decimals + "f", vanishes ? unit : scaled)
                + power;
    }
}
