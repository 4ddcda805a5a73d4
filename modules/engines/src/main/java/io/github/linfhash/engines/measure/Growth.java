package io.github.linfhash.engines.measure;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.jspecify.annotations.Nullable;

/**
 * How an index grows with its rows: measured for parts of them, and predicted for a larger table by straight lines of logarithms.
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
     * What a search needs to reach the target, between the settings that were measured.
     *
     * @param effort of the search
     * @param candidates that are rescored
     */
    public record Needed(double effort, double candidates) {}

    /**
     * A prediction with its interval of 95%.
     *
     * @param value predicted
     * @param low lower end
     * @param high upper end
     */
    public record Predicted(double value, double low, double high) {}

    /** Predicts from sizes, or refuses to. */
    static Growth of(long databaseSize, IndexSpec index, List<Size> sizes) {
        double rows = (double) databaseSize;
        String ofBytes = contradiction(sizes, "size of the index", size -> (double) size.indexBytes(), BYTES_OFF);
        Predicted bytes = ofBytes.isEmpty() ? predicted(sizes, size -> (double) size.indexBytes(), rows) : null;
        long reached = sizes.stream().filter(size -> size.needed() != null).count();
        if (reached < sizes.size()) {
            return new Growth(
                    databaseSize,
                    sizes,
                    null,
                    null,
                    bytes,
                    "the target was reached for " + reached + " of " + sizes.size() + " sizes. " + ofBytes);
        }
        String contradiction = contradiction(sizes, "effort", Growth::effortOf, OFF)
                + contradiction(sizes, "number of candidates", Growth::candidatesOf, OFF);
        Predicted effort = predicted(sizes, Growth::effortOf, rows);
        Predicted candidates = predicted(sizes, Growth::candidatesOf, rows);
        contradiction += less(sizes, "effort", Growth::effortOf, effort)
                + less(sizes, "number of candidates", Growth::candidatesOf, candidates);
        if (contradiction.isEmpty() && effort.high > index.mostEffort()) {
            contradiction = String.format(
                    Locale.ROOT,
                    "%s would be %.0f (%.0f to %.0f), and at most %d is possible. ",
                    index.effortName(),
                    effort.value,
                    effort.low,
                    effort.high,
                    index.mostEffort());
        }
        boolean told = contradiction.isEmpty();
        return new Growth(
                databaseSize, sizes, told ? effort : null, told ? candidates : null, bytes, contradiction + ofBytes);
    }

    private static double effortOf(Size size) {
        return Objects.requireNonNull(size.needed()).effort();
    }

    private static double candidatesOf(Size size) {
        return Objects.requireNonNull(size.needed()).candidates();
    }

    /** Says that smaller parts predict another number for the largest one; empty if they do not. */
    private static String contradiction(List<Size> sizes, String what, ToDoubleFunction<Size> number, double off) {
        Size largest = sizes.get(sizes.size() - 1);
        double predicted = predicted(sizes.subList(0, sizes.size() - 1), number, largest.rows).value;
        double found = number.applyAsDouble(largest);
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
    private static String less(List<Size> sizes, String what, ToDoubleFunction<Size> number, Predicted predicted) {
        Size largest = sizes.get(sizes.size() - 1);
        double found = number.applyAsDouble(largest);
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

    private static Predicted predicted(List<Size> sizes, ToDoubleFunction<Size> number, double rows) {
        SimpleRegression line = new SimpleRegression();
        double mean = 0;
        for (Size size : sizes) {
            line.addData(Math.log(size.rows), Math.log(number.applyAsDouble(size)));
            mean += Math.log(size.rows) / sizes.size();
        }
        double value = line.predict(Math.log(rows));
        double away = Math.log(rows) - mean;
        double error =
                Math.sqrt(line.getMeanSquareError() * (1 + 1.0 / sizes.size() + away * away / line.getXSumSquares()));
        double reach = error * new TDistribution(null, sizes.size() - 2.0).inverseCumulativeProbability(1 - TAIL);
        return new Predicted(Math.exp(value), Math.exp(value - reach), Math.exp(value + reach));
    }
}
