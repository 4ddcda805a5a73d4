package io.github.linfhash.results.regression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers with as many digits as files of expected results keep. */
public final class Digits {
    /** Significant digits: far more than any tolerance needs. */
    static final int KEPT = 6;

    private static final MathContext NEAREST = new MathContext(KEPT, RoundingMode.HALF_EVEN);
    private static final MathContext UP = new MathContext(2, RoundingMode.CEILING);

    private Digits() {}

    static double rounded(double value) {
        return new BigDecimal(value).round(NEAREST).doubleValue();
    }

    /** At least the value, with two significant digits. */
    static double roundedUp(double value) {
        return new BigDecimal(value).round(UP).doubleValue();
    }

    /** The shortest text of a rounded value, the same on every Java platform. */
    public static String text(double value) {
        BigDecimal digits = new BigDecimal(value).round(NEAREST).stripTrailingZeros();
        return digits.signum() == 0 ? "0" : digits.toPlainString();
    }
}
