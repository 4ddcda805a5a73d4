package io.github.linfhash.results.published;

import java.math.BigDecimal;

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
}
