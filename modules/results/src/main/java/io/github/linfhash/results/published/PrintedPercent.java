package io.github.linfhash.results.published;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * A number in percent with the digits that a table prints, such as {@code 31.10} or {@code 5.6e-2}.
 *
 * @param text the digits; a decimal number, not negative, with at most twelve decimals and an exponent of at most two digits
 */
public record PrintedPercent(String text) {
    private static final String SYNTAX = "\\d{1,3}(\\.\\d{1,12})?(e-?\\d{1,2})?";

    /** @throws IllegalArgumentException if the text is no such number or is above 100 */
    public PrintedPercent {
        if (!text.matches(SYNTAX) || new BigDecimal(text).compareTo(BigDecimal.valueOf(100)) > 0) {
            throw new IllegalArgumentException(
                    "expected a percentage within 0..100 such as 31.10 or 5.6e-2, found '" + text + "'");
        }
    }

    /** The number itself, in percent. */
    public BigDecimal percent() {
        return new BigDecimal(text);
    }

    /** The number as a fraction within 0..1. */
    public double fraction() {
        return percent().movePointLeft(2).doubleValue();
    }

    /** Half a unit of the last printed digit, in percent: the most that rounding can have changed. */
    public BigDecimal halfUnit() {
        return BigDecimal.valueOf(5, percent().scale() + 1);
    }

    /**
     * Percentages as the paper publishes them: two decimals, and below 0.1% two significant digits times a power of ten,
     * written {@code 5.6e-2}.
     */
    public static final class PercentText {
        /** The smallest percentage with two decimals: it rounds to 0.10, and smaller ones get two significant digits. */
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
         * The text of a mean in the unit of its spread, where that is the larger one: one power of ten for both.
         *
         * @param mean the mean as a fraction
         * @param spread the spread as a fraction
         */
        public static String mean(double mean, double spread) {
            return spread > mean ? inUnitOf(spread, mean) : of(mean);
        }

        /**
         * The text of a spread with the last digit and the power of ten of its mean, as {@link #mean} prints it; {@code <} before one unit of
         * that digit where it is smaller than half of it, but not zero.
         *
         * @param mean the mean as a fraction
         * @param spread the spread as a fraction
         */
        public static String spread(double mean, double spread) {
            return inUnitOf(Math.max(mean, spread), spread);
        }

        private static String inUnitOf(double larger, double value) {
            String text = of(larger);
            int e = text.indexOf('e');
            String power = e < 0 ? "" : text.substring(e);
            int decimals = e < 0 ? 2 : 1;
            double scaled = 100 * value / Double.parseDouble("1" + power);
            double unit = Math.pow(10, -decimals);
            boolean vanishes = scaled > 0 && scaled < unit / 2;
            return (vanishes ? "<" : "")
                    + String.format(Locale.ROOT, "%." + decimals + "f", vanishes ? unit : scaled)
                    + power;
        }
    }
}
