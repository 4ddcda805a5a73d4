package io.github.linfhash.results.audit;

import io.github.linfhash.results.published.PrintedPercent;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * All values that a printed number may stand for, in percent.
 *
 * @param low the smallest
 * @param high the largest
 */
record Interval(double low, double high) {
    /** Room for the rounding of double arithmetic, relative to the values: far below any printed digit. */
    private static final double SLACK = 1e-12;

    /** What rounds to the printed digits. */
    static Interval of(PrintedPercent printed) {
        BigDecimal low = printed.percent().subtract(printed.halfUnit()).max(BigDecimal.ZERO);
        return new Interval(
                low.doubleValue(), printed.percent().add(printed.halfUnit()).doubleValue());
    }

    /** All harmonic means of a value here and a value there: the mean grows with both. */
    Interval harmonicMean(Interval other) {
        return new Interval(harmonicMean(low, other.low), harmonicMean(high, other.high));
    }

    /** All values times a positive factor. */
    Interval times(double factor) {
        return new Interval(low * factor, high * factor);
    }

    /** Whether some value is in both. */
    boolean overlaps(Interval other) {
        return !isAbove(other) && !other.isAbove(this);
    }

    /** Whether every value here is larger than every value there. */
    boolean isAbove(Interval other) {
        return low > other.high * (1 + SLACK);
    }

    /** The value in the middle. */
    double middle() {
        return (low + high) / 2;
    }

    /** Both ends in percent, with the digits that tell them apart. */
    @Override
    public String toString() {
        return "[" + text(low) + ", " + text(high) + "]";
    }

    private static String text(double percent) {
        BigDecimal rounded = new BigDecimal(percent).round(new MathContext(6)).stripTrailingZeros();
        boolean plain = percent == 0 || percent >= 1e-3;
        return plain ? rounded.toPlainString() : rounded.toString().replace("E", "e");
    }

    static double harmonicMean(double a, double b) {
        return a + b == 0 ? 0 : 2 * a * b / (a + b);
    }
}
