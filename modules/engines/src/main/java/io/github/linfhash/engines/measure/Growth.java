package io.github.linfhash.engines.measure;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.jspecify.annotations.Nullable;

/**
 * How an index grows with its rows: measured for parts of them, and predicted for a larger table. Efforts and numbers of candidates are
 * predicted by straight lines of logarithms, bytes by a straight line, as an index has a few pages whatever its rows.
 *
 * @param databaseSize the rows of the larger table
 * @param sizes measured, ascending
 * @param effort needed to reach the target; null if refused
 * @param candidates needed to reach the target; null if refused
 * @param indexBytes of the index; null if refused, alone or with the others
 * @param refused why some or all are not predicted; empty if all are
 */
public record Growth(
        long databaseSize,
        List<Size> sizes,
        @Nullable Predicted effort,
        @Nullable Predicted candidates,
        @Nullable Predicted indexBytes,
        String refused) {
    /** How far efforts and numbers of candidates may be from those that smaller parts predict: about one step of those that are tried. */
    private static final double OFF = 1.5;

    /** How far bytes may be from those that smaller parts predict. */
    private static final double BYTES_OFF = 1.03;

    private static final double TAIL = 0.025;

    public Growth {
        sizes = List.copyOf(sizes);
    }

    /**
     * A part of the rows.
     *
     * @param rows of the part
     * @param needed to reach the target; null if nothing that was measured reaches it
     * @param indexBytes of the index
     */
    public record Size(int rows, @Nullable Needed needed, long indexBytes) {}

    /**
     * Numbers that reach the target, between those of the settings that were measured.
     *
     * @param effort of the search
     * @param candidates that are rescored
     * @param atMost whether the least that was tried of one of them reaches the target, so that less of it might
     */
    public record Needed(double effort, double candidates, boolean atMost) {}

    /**
     * A prediction with its interval of 95%.
     *
     * @param value predicted
     * @param low lower end
     * @param high upper end
     */
    public record Predicted(double value, double low, double high) {}

    /** Predicts from sizes, or refuses to. */
    static Growth of(long databaseSize, IndexType type, List<Size> sizes) {
        double rows = (double) databaseSize;
        int mostEffort =
                type.effort() == null ? IndexType.NO_EFFORT : type.effort().most();
        Curve ofBytes = new Curve(size -> (double) size.indexBytes(), false);
        String refusedBytes = contradiction(sizes, "size of the index", ofBytes, BYTES_OFF);
        Predicted bytes = refusedBytes.isEmpty() ? ofBytes.predicted(sizes, rows) : null;
        String unknown = unknown(sizes);
        if (!unknown.isEmpty()) {
            return new Growth(databaseSize, sizes, null, null, bytes, unknown + refusedBytes);
        }
        Curve ofEffort = new Curve(size -> Objects.requireNonNull(size.needed()).effort(), true);
        Curve ofCandidates =
                new Curve(size -> Objects.requireNonNull(size.needed()).candidates(), true);
        String contradiction = contradiction(sizes, "effort", ofEffort, OFF)
                + contradiction(sizes, "number of candidates", ofCandidates, OFF);
        Predicted effort = ofEffort.predicted(sizes, rows);
        Predicted candidates = ofCandidates.predicted(sizes, rows);
        contradiction +=
                less(sizes, "effort", ofEffort, effort) + less(sizes, "number of candidates", ofCandidates, candidates);
        if (contradiction.isEmpty() && effort.high > mostEffort) {
            contradiction = String.format(
                    Locale.ROOT,
                    "%s would be %.0f (%.0f to %.0f), and at most %d is possible. ",
                    type.effortName(),
                    effort.value,
                    effort.low,
                    effort.high,
                    mostEffort);
        }
        boolean told = contradiction.isEmpty();
        return new Growth(
                databaseSize,
                sizes,
                told ? effort : null,
                told ? candidates : null,
                bytes,
                contradiction + refusedBytes);
    }

    /** Why the sizes do not show how efforts and candidates grow; empty if they do. */
    private static String unknown(List<Size> sizes) {
        List<Needed> needed =
                sizes.stream().map(Size::needed).filter(Objects::nonNull).toList();
        if (needed.size() < sizes.size()) {
            return "the target was reached for " + needed.size() + " of " + sizes.size() + " sizes. ";
        }
        long bounds = needed.stream().filter(Needed::atMost).count();
        return bounds == 0
                ? ""
                : "for " + bounds + " of " + sizes.size()
                        + " sizes, the least that was tried reaches the target, and so the sizes do not show how it grows. ";
    }

    /** How the larger table is searched: as predicted, but with no less than what was measured, and by that if nothing is predicted. */
    OperatingPoint of(OperatingPoint measured) {
        return effort == null || candidates == null
                ? measured
                : new OperatingPoint(
                        measured.index(),
                        Math.max(measured.effort(), (int) Math.round(effort.value)),
                        Math.max(measured.candidates(), (int) Math.round(candidates.value)));
    }

    /** Says that smaller parts predict another number for the largest one; empty if they do not. */
    private static String contradiction(List<Size> sizes, String what, Curve curve, double off) {
        Size largest = sizes.get(sizes.size() - 1);
        double predicted = curve.predicted(sizes.subList(0, sizes.size() - 1), largest.rows).value;
        double found = curve.number.applyAsDouble(largest);
        return Math.max(predicted / found, found / predicted) > off
                ? String.format(
                        Locale.ROOT,
                        "smaller parts predict %4$.4g as the %1$s for %3$d rows, and %2$.4g was measured. ",
                        what,
                        found,
                        largest.rows,
                        predicted)
                : "";
    }

    /** Says that a larger table would need less, which no index does; empty if it would not. */
    private static String less(List<Size> sizes, String what, Curve curve, Predicted predicted) {
        Size largest = sizes.get(sizes.size() - 1);
        double found = curve.number.applyAsDouble(largest);
        return predicted.value < found / OFF
                ? String.format(
                        Locale.ROOT,
                        "the %s would be %.4g, less than the %.4g of %d rows. ",
                        what,
                        predicted.value,
                        found,
                        largest.rows)
                : "";
    }

    /**
     * A straight line through sizes.
     *
     * @param number that grows with the rows
     * @param logarithmic whether it is one of logarithms
     */
    private record Curve(ToDoubleFunction<Size> number, boolean logarithmic) {
        Predicted predicted(List<Size> sizes, double rows) {
            SimpleRegression line = new SimpleRegression();
            double mean = 0;
            for (Size size : sizes) {
                line.addData(scaled(size.rows), scaled(number.applyAsDouble(size)));
                mean += scaled(size.rows) / sizes.size();
            }
            double value = line.predict(scaled(rows));
            double away = scaled(rows) - mean;
            double error = Math.sqrt(
                    line.getMeanSquareError() * (1 + 1.0 / sizes.size() + away * away / line.getXSumSquares()));
            double reach = error * new TDistribution(null, sizes.size() - 2.0).inverseCumulativeProbability(1 - TAIL);
            return new Predicted(unscaled(value), unscaled(value - reach), unscaled(value + reach));
        }

        private double scaled(double x) {
            return logarithmic ? Math.log(x) : x;
        }

        private double unscaled(double x) {
            return logarithmic ? Math.exp(x) : Math.max(0, x);
        }
    }
}
