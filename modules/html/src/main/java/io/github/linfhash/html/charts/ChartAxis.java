package io.github.linfhash.html.charts;

import io.github.linfhash.html.charts.LineChart.LinePoint;
import io.github.linfhash.html.charts.LineChart.LineSeries;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An axis of a chart; it runs from its first tick to its last one.
 *
 * @param title what it measures, with the unit
 * @param scale how numbers are laid out on it
 * @param ticks where it is labeled, ascending, at least two
 */
public record ChartAxis(String title, Scale scale, List<Double> ticks) {
    private static final int INTERVALS = 5;
    private static final double HUNDRED = 100;

    /** The least difference of percentages that is shown over a whole axis. */
    private static final double LEAST_PERCENT = 0.5;

    private static final MathContext DIGITS = new MathContext(6);

    /** How numbers are laid out. */
    public enum Scale {
        /** Equal differences take equal room. */
        LINEAR,
        /** Equal ratios take equal room. */
        LOG
    }

    /** @throws IllegalArgumentException if the ticks are not as described, or not positive on a logarithmic axis */
    public ChartAxis {
        ticks = List.copyOf(ticks);
        for (int i = 0; i < ticks.size(); i++) {
            boolean ascends = i == 0 || ticks.get(i) > ticks.get(i - 1);
            boolean fits = Double.isFinite(ticks.get(i)) && (scale == Scale.LINEAR || ticks.get(i) > 0);
            if (!ascends || !fits) {
                throw new IllegalArgumentException("the axis '" + title + "' cannot have the ticks " + ticks);
            }
        }
        if (ticks.size() < 2) {
            throw new IllegalArgumentException("the axis '" + title + "' needs at least two ticks, not " + ticks);
        }
    }

    /** A linear axis from 0 to 100. */
    public static ChartAxis percent(String title) {
        return new ChartAxis(title, Scale.LINEAR, List.of(0.0, 20.0, 40.0, 60.0, 80.0, 100.0));
    }

    /** A linear axis of percentages that starts where lines do, their bands included, and ends at 100 at most. */
    public static ChartAxis percentOf(String title, List<LineSeries> series) {
        return percentOf(
                title,
                LineChart.numbers(series, LinePoint::low).min().orElse(0),
                LineChart.numbers(series, LinePoint::high).max().orElse(HUNDRED));
    }

    /** A linear axis over the percentages between two, which ends at 100 at most. */
    public static ChartAxis percentOf(String title, double low, double high) {
        double step = roundStep(Math.max(high - low, LEAST_PERCENT) / INTERVALS);
        return new ChartAxis(
                title, Scale.LINEAR, ticks(Math.min(below(low, step), Math.round(HUNDRED / step) - 1), high, step));
    }

    /** A linear axis over all numbers between two, with round ticks; it need not start at 0. */
    public static ChartAxis between(String title, double least, double largest) {
        double width = largest > least ? largest - least : Math.max(Math.abs(least), 1);
        double step = roundStep(width / INTERVALS);
        return new ChartAxis(title, Scale.LINEAR, ticks(below(least, step), largest, step));
    }

    /** How many steps from 0 the last tick is that is not above a number. */
    private static long below(double number, double step) {
        return (long) Math.floor(number / step);
    }

    /** Multiples of a step from the first one to one that is not below the largest number. */
    private static List<Double> ticks(long first, double largest, double step) {
        List<Double> ticks = new ArrayList<>();
        for (long i = first; ticks.size() < 2 || ticks.get(ticks.size() - 1) < largest; i++) {
            ticks.add(BigDecimal.valueOf(step).multiply(BigDecimal.valueOf(i)).doubleValue());
        }
        return ticks;
    }

    /** A logarithmic axis whose ticks are powers of two around positive numbers. */
    public static ChartAxis doubling(String title, int... numbers) {
        int least = Integer.highestOneBit(Arrays.stream(numbers).min().orElseThrow());
        int most = Arrays.stream(numbers).max().orElseThrow();
        List<Double> ticks = new ArrayList<>(List.of((double) least));
        while (ticks.size() < 2 || ticks.get(ticks.size() - 1) < most) {
            ticks.add(2 * ticks.get(ticks.size() - 1));
        }
        return new ChartAxis(title, Scale.LOG, ticks);
    }

    /** A linear axis over 0 and all heights of lines, their bands included, with round ticks. */
    public static ChartAxis around(String title, List<LineSeries> series) {
        return over(
                title,
                LineChart.numbers(series, LinePoint::low).min().orElse(0),
                LineChart.numbers(series, LinePoint::high).max().orElse(0));
    }

    /** A linear axis over 0 and all numbers between two, with round ticks. */
    public static ChartAxis over(String title, double least, double largest) {
        double low = Math.min(0, least);
        double high = Math.max(low < 0 ? 0 : Double.MIN_NORMAL, largest);
        double step = roundStep((high > Double.MIN_NORMAL || low < 0 ? high - low : 1) / INTERVALS);
        return new ChartAxis(title, Scale.LINEAR, ticks(below(low, step), high, step));
    }

    /** The next of 1, 2, 2.5, 5, 10 times a power of ten. */
    private static double roundStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (factor * power >= least * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    double least() {
        return ticks.get(0);
    }

    double most() {
        return ticks.get(ticks.size() - 1);
    }

    /** Where a number is: 0 at the first tick, 1 at the last one. */
    double place(double value) {
        return (scaled(value) - scaled(least())) / (scaled(most()) - scaled(least()));
    }

    private double scaled(double value) {
        return scale == Scale.LOG ? Math.log(value) : value;
    }

    /** A number as it is labeled. */
    static String text(double value) {
        BigDecimal rounded = new BigDecimal(value, DIGITS).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }
}
