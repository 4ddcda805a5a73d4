package io.github.linfhash.results.audit;

import io.github.linfhash.results.published.PrintedPercent;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** A number as somebody's table prints it, with its digits, whatever its unit. */
record PrintedNumber(String digits) {
    private static final String SYNTAX = "-?\\d{1,3}(\\.\\d{1,9})?(e[-+]?\\d{1,2})?";

    /** The number of a text; a percent sign is read over. Empty if it is none. */
    static Optional<PrintedNumber> of(String text) {
        String digits = text.strip().replaceFirst("\\s*%$", "").toLowerCase(Locale.ROOT);
        return digits.matches(SYNTAX) ? Optional.of(new PrintedNumber(digits)) : Optional.empty();
    }

    BigDecimal value() {
        return new BigDecimal(digits);
    }

    /** In percent, with as many digits as before; empty if it is not within 0..100. */
    Optional<PrintedPercent> percent(Unit unit) {
        BigDecimal percent = inPercent(unit);
        // Minus zero is no percentage either.
        if (digits.startsWith("-") || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
            return Optional.empty();
        }
        // Percentages keep their author's notation.
        return Optional.of(new PrintedPercent(unit == Unit.PERCENT ? digits.replace("+", "") : text(percent)));
    }

    /** In percent, as a text. */
    String text(Unit unit) {
        return text(inPercent(unit));
    }

    private BigDecimal inPercent(Unit unit) {
        return unit == Unit.PERCENT ? value() : value().scaleByPowerOfTen(2);
    }

    /** Plain where that is short, else with a power of ten: neither adds digits nor takes any away. */
    private static String text(BigDecimal percent) {
        int scale = percent.scale();
        if (scale >= 0 && scale <= percent.precision() + 1) {
            return percent.toPlainString();
        }
        String digits = percent.unscaledValue().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return mantissa + "e" + (digits.length() - 1 - scale);
    }
}
