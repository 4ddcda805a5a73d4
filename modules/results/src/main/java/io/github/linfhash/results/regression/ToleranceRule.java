package io.github.linfhash.results.regression;

import static io.github.linfhash.io.binding.StrictReader.require;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.evaluation.StandardMetrics;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * How far a mean over n seeds may move without being a change: {@code max(spreads * sd, floor) / sqrt(n)}, where sd is
 * the standard deviation over seeds.
 *
 * <p>The floor of a fraction that moves in steps of a query, such as precision, is {@code fraction}: a few queries of a
 * thousand. Recall and F1 move in steps of a single hit, and are often far below that floor, which would let them become
 * a multiple of themselves: theirs is {@code share} times the mean, at most {@code fraction} and at least {@value #HITS}.
 * That of a plain number, such as a mean distance, is {@code fraction} times the mean.
 *
 * @param spreads how many standard deviations one seed may move
 * @param fraction the floor for fractions; for plain numbers relative to the mean
 * @param share the floor for recall and F1, relative to the mean; null in files of versions that had none, where their
 *     floor is {@code fraction}
 * @param count the floor for counts
 * @param reason why so
 */
public record ToleranceRule(
        double spreads, double fraction, @Nullable Double share, double count, String reason) {
    /** A recall that may come from a few hits more: six of those of a thousand queries that have 6,000 to find each. */
    private static final double HITS = 1e-6;

    /** The rule of newly accepted results. */
    public static final ToleranceRule STANDARD = new ToleranceRule(
            3.0,
            0.005,
            0.5,
            20,
            "The seeds are the same, so what remains between machines is the last bits of matrix products and what"
                    + " training makes of them. With the oldest kernels of OpenBLAS in place of the newest, single runs"
                    + " on Fashion-MNIST moved by up to two standard deviations over seeds (KSH), half of the methods"
                    + " not at all. Equal codes are held to equal metrics, whatever this rule says.");

    /** @throws IllegalArgumentException if a number is negative or not finite, or there is no reason */
    public ToleranceRule {
        for (double number : new double[] {spreads, fraction, share == null ? 0 : share, count}) {
            require(Double.isFinite(number) && number >= 0, "expected a number of at least 0, found " + number);
        }
        require(!reason.isBlank(), "expected a reason, found none");
    }

    /** Returns this rule for newly accepted results: with a relative floor for recall and F1 where it has none. */
    ToleranceRule renewed() {
        return share == null ? new ToleranceRule(spreads, fraction, STANDARD.share, count, reason) : this;
    }

    /** The tolerance of a metric of some mean. */
    double tolerance(String key, double mean, double sd, int seeds) {
        return Digits.roundedUp(Math.max(spreads * sd, floor(key, mean)) / Math.sqrt(seeds));
    }

    private double floor(String key, double mean) {
        Quantity quantity = StandardMetrics.quantity(key);
        return switch (quantity.kind()) {
            case COUNT -> count;
            case NUMBER, SECONDS -> fraction * Math.abs(mean);
            case FRACTION ->
                share == null || !quantity.byHits()
                        ? fraction
                        : Math.min(fraction, Math.max(HITS, share * Math.abs(mean)));
        };
    }

    /** Numbers with as many digits as files of expected results keep. */
    public static final class Digits {
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
}
