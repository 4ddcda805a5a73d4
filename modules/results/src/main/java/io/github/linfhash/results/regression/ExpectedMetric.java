package io.github.linfhash.results.regression;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of one metric of a cell.
 *
 * @param mean the mean over seeds
 * @param sd the sample standard deviation over seeds, or null for a single seed
 * @param tolerance how far the mean over all seeds may be from here, up or down, where codes are not the same
 * @param reason why the tolerance is no other; null where the file's rule made it
 * @param values the value of each seed, with {@value Digits#KEPT} significant digits
 */
public record ExpectedMetric(
        double mean,
        @Nullable Double sd,
        double tolerance,
        @Nullable String reason,
        List<Double> values) {
    /** Rounded values and a rounded mean agree this far, relative to the larger. */
    private static final double ROUNDING = 1e-5;

    /** @throws IllegalArgumentException if a number is not finite, the tolerance is negative, or the mean is another */
    public ExpectedMetric {
        values = List.copyOf(values);
        Expected.require(!values.isEmpty(), "expected a value for each seed, found none");
        Expected.require(
                Double.isFinite(mean) && values.stream().allMatch(Double::isFinite),
                "expected finite numbers, found " + mean + " and " + values);
        Expected.require(
                Double.isFinite(tolerance) && tolerance >= 0, "expected a tolerance of at least 0, found " + tolerance);
        double computed = mean(values);
        Expected.require(
                Math.abs(mean - computed) <= ROUNDING * Math.max(Math.abs(mean), Math.abs(computed)),
                "expected the mean of " + values + ", found " + mean);
    }

    /** The metric of measured values, with the tolerance that a rule gives. */
    static ExpectedMetric of(String key, List<Double> measured, ToleranceRule rule) {
        List<Double> values = measured.stream().map(Digits::rounded).toList();
        double mean = mean(values);
        Double sd = values.size() < 2 ? null : Digits.rounded(deviation(values, mean));
        return new ExpectedMetric(Digits.rounded(mean), sd, 0, null, values).under(rule, key);
    }

    /** The same values with the tolerance that a rule gives; one that was set by hand stays. */
    ExpectedMetric under(ToleranceRule rule, String key) {
        return reason != null
                ? this
                : new ExpectedMetric(
                        mean, sd, rule.tolerance(key, mean, sd == null ? 0 : sd, values.size()), null, values);
    }

    /** The same values with a tolerance that somebody set by hand. */
    ExpectedMetric withTolerance(double other, String why) {
        return new ExpectedMetric(mean, sd, other, why, values);
    }

    /** The mean over some of the seeds. */
    double mean(IntStream seeds) {
        return seeds.mapToDouble(values::get).average().orElseThrow();
    }

    /** The tolerance of a mean over fewer seeds, which varies more. */
    double tolerance(int seeds) {
        return tolerance * Math.sqrt((double) values.size() / seeds);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static double deviation(List<Double> values, double mean) {
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.size() - 1));
    }
}
