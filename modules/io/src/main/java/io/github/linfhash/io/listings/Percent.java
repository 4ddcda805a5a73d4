package io.github.linfhash.io.listings;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A fraction within 0..1, such as recall: its text is a percentage, for people, and CSV and JSON contain the fraction.
 *
 * @param fraction the number
 * @param decimals the decimals of the percentage; the fraction has two more
 */
public record Percent(double fraction, int decimals) {
    /** Returns a fraction whose percentage has one decimal, such as {@code 97.2%}. */
    public static Percent of(double fraction) {
        return new Percent(fraction, 1);
    }

    /** Returns a number that somebody chose, such as a target, with all of its digits: {@code 95%} or {@code 99.5%}. */
    public static Percent exact(double fraction) {
        return new Percent(fraction, Math.max(0, BigDecimal.valueOf(fraction).scale() - 2));
    }

    /** Returns the text of a mean with its interval, such as {@code 97.2% (95.8% to 98.3%)}. */
    public static String of(double mean, double low, double high) {
        return of(mean) + " (" + of(low) + " to " + of(high) + ")";
    }

    /** Returns the fraction as a cell of CSV and JSON. */
    @Nullable Object value() {
        return Listing.number(String.format(Locale.ROOT, "%." + (decimals + 2) + "f", fraction));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%." + decimals + "f%%", 100 * fraction);
    }
}
