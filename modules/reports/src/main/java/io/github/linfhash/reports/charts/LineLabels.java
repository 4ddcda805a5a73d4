package io.github.linfhash.reports.charts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Where the names of lines stand: beside the ends of the lines, moved apart where they would overlap; as a list in the
 * order of the lines where the ends are so close that names beside them would mislead.
 */
final class LineLabels {
    /** The distance of two names. */
    static final double GAP = 17;
    /** Where the sample of a line starts, right of the plot. */
    static final double SAMPLE_OFFSET = 22;
    /** Where its name starts. */
    static final double TEXT_OFFSET = 54;
    /** The farthest that a name may be from the end of its line. */
    private static final double FARTHEST = 60;

    private LineLabels() {}

    /**
     * A name beside its line.
     *
     * @param line what it names
     * @param y the height of its middle
     * @param direct whether a thin line leads to the end of the line
     */
    record Label(LineSeries line, double y, boolean direct) {}

    static List<Label> place(List<LineSeries> lines, DoubleUnaryOperator height, double top, double bottom) {
        List<LineSeries> sorted = lines.stream()
                .sorted(Comparator.comparingDouble(
                        line -> height.applyAsDouble(line.last().y())))
                .toList();
        double[] places = apart(
                sorted.stream()
                        .mapToDouble(line -> height.applyAsDouble(line.last().y()))
                        .toArray(),
                top,
                bottom);
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            LineSeries line = sorted.get(i);
            if (Math.abs(places[i] - height.applyAsDouble(line.last().y())) > FARTHEST) {
                return listed(lines, top);
            }
            labels.add(new Label(line, places[i], true));
        }
        return labels;
    }

    private static List<Label> listed(List<LineSeries> lines, double top) {
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            labels.add(new Label(lines.get(i), top + GAP / 2 + i * GAP, false));
        }
        return labels;
    }

    /** Ascending places at least a gap apart, first pushed down, then back up from the bottom. */
    private static double[] apart(double[] wanted, double top, double bottom) {
        double[] places = wanted.clone();
        for (int i = 0; i < places.length; i++) {
            double least = i == 0 ? top : places[i - 1] + GAP;
            places[i] = Math.max(places[i], least);
        }
        for (int i = places.length - 1; i >= 0; i--) {
            double most = i == places.length - 1 ? bottom : places[i + 1] - GAP;
            places[i] = Math.min(places[i], most);
        }
        return places;
    }
}
