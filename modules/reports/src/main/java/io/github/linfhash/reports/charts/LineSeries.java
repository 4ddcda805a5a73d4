package io.github.linfhash.reports.charts;

import io.github.linfhash.codes.NonFiniteException;
import java.util.List;

/**
 * A line of a chart.
 *
 * @param name what it shows
 * @param style how it is drawn; the same number looks the same in every chart
 * @param points at least one, from left to right
 */
public record LineSeries(String name, LineStyle style, List<LinePoint> points) {
    /**
     * @throws IllegalArgumentException if there is no point
     * @throws NonFiniteException if a number is NaN or infinite
     */
    public LineSeries {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("the line '" + name + "' needs at least one point");
        }
        for (int i = 0; i < points.size(); i++) {
            if (!points.get(i).isFinite()) {
                throw new NonFiniteException("point " + i + " of the line '" + name + "' is " + points.get(i)
                        + ", which cannot be drawn; check the run that made it");
            }
        }
    }

    LinePoint last() {
        return points.get(points.size() - 1);
    }

    boolean hasBand() {
        return points.stream().anyMatch(LinePoint::hasBand);
    }

    /** Of how many points one has a marker, so that long lines do not drown in them. */
    int markerEvery() {
        return Math.max(1, (points.size() + 4) / 9);
    }
}
