package io.github.linfhash.reports.charts;

import java.util.List;

/**
 * Lines over a common axis, with bands of uncertainty.
 *
 * @param id its name in file names and links: lower-case letters, digits, dots and hyphens
 * @param title what it shows
 * @param note what a reader has to know of its points and bands
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series the lines; at least one
 */
public record LineChart(String id, String title, String note, ChartAxis x, ChartAxis y, List<LineSeries> series) {
    /** @throws IllegalArgumentException if the id is no such name, there is no line, or a point cannot be on an axis */
    public LineChart {
        series = List.copyOf(series);
        if (!id.matches("[a-z0-9][a-z0-9.-]*")) {
            throw new IllegalArgumentException("'" + id + "' is no name of a chart");
        }
        if (series.isEmpty()) {
            throw new IllegalArgumentException("the chart '" + title + "' needs at least one line");
        }
        for (LineSeries line : series) {
            for (LinePoint point : line.points()) {
                requireOn(x, point.x(), title);
                requireOn(y, point.y(), title);
            }
        }
    }

    private static void requireOn(ChartAxis axis, double value, String title) {
        if (value < axis.least() || value > axis.most()) {
            throw new IllegalArgumentException("the chart '" + title + "' has " + value + " outside its axis "
                    + axis.title() + " from " + axis.least() + " to " + axis.most());
        }
    }

    /** The note, and what the bands are where there are any: results of one seed have none. */
    public String caption() {
        return hasBands() ? note + " Bands: 95 % interval of the mean over seeds." : note;
    }

    /** Whether any point has an interval around it. */
    public boolean hasBands() {
        return series.stream().anyMatch(LineSeries::hasBand);
    }

    /** Whether all lines have points at the same places of the horizontal axis. */
    public boolean sharesPlaces() {
        return series.stream()
                        .map(line -> line.points().stream().map(LinePoint::x).toList())
                        .distinct()
                        .count()
                == 1;
    }
}
