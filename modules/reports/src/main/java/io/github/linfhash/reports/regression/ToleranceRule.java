package io.github.linfhash.reports.regression;

import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.core.evaluation.StandardMetrics;

/**
 * How far a mean over n seeds may move without being a change: {@code max(spreads * sd, floor) / sqrt(n)}, where sd is
 * the standard deviation over seeds.
 *
 * @param spreads how many standard deviations one seed may move
 * @param fraction the floor for fractions
 * @param count the floor for counts
 * @param reason why so
 */
public record ToleranceRule(double spreads, double fraction, double count, String reason) {
    /** The rule of newly accepted results. */
    public static final ToleranceRule STANDARD = new ToleranceRule(
            3.0,
            0.005,
            20,
            "The seeds are the same, so what remains between machines is the last bits of matrix products and what"
                    + " training makes of them. With the oldest kernels of OpenBLAS in place of the newest, single runs"
                    + " on Fashion-MNIST moved by up to two standard deviations over seeds (KSH), half of the methods"
                    + " not at all. Equal codes are held to equal metrics, whatever this rule says.");

    /** @throws IllegalArgumentException if a number is negative or not finite, or there is no reason */
    public ToleranceRule {
        for (double number : new double[] {spreads, fraction, count}) {
            Expected.require(
                    Double.isFinite(number) && number >= 0, "expected a number of at least 0, found " + number);
        }
        Expected.require(!reason.isBlank(), "expected a reason, found none");
    }

    /** The tolerance of a metric. */
    double tolerance(String key, double sd, int seeds) {
        return Digits.roundedUp(Math.max(spreads * sd, floor(key)) / Math.sqrt(seeds));
    }

    private double floor(String key) {
        boolean counts = StandardMetrics.ALL.stream()
                .anyMatch(metric -> metric.key().equals(key) && metric.kind() == Metric.Kind.COUNT);
        return counts ? count : fraction;
    }
}
