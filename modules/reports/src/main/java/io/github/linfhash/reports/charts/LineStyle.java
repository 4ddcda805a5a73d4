package io.github.linfhash.reports.charts;

import java.util.List;

/**
 * How a line is drawn. Lines of different numbers differ in color and, for those who see no colors, in marker and
 * dashes: the first {@value #DISTINCT} numbers have pairs of marker and dashes of their own.
 *
 * @param number 0, 1, 2, ...
 * @param strong whether the line is drawn thicker than others
 */
public record LineStyle(int number, boolean strong) {
    static final int DISTINCT = 24;
    private static final List<String> DASHES = List.of("", "7 4", "2 3");

    /** The shape of a marker. */
    enum Shape {
        CIRCLE,
        SQUARE,
        TRIANGLE,
        DIAMOND
    }

    public LineStyle {
        if (number < 0) {
            throw new IllegalArgumentException("a style has a number of at least 0, not " + number);
        }
    }

    int color() {
        return number % ChartColors.COUNT;
    }

    Shape shape() {
        return Shape.values()[number % Shape.values().length];
    }

    /** Whether the marker is an outline. */
    boolean open() {
        return number / Shape.values().length % 2 == 1;
    }

    /** The dashes as SVG writes them; empty for a solid line. */
    String dashes() {
        return DASHES.get(number % DASHES.size());
    }

    double width() {
        return strong ? 3 : 1.75;
    }
}
