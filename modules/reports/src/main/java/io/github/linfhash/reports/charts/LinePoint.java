package io.github.linfhash.reports.charts;

/**
 * A point of a line, with the interval around its height.
 *
 * @param x where it is on the horizontal axis
 * @param y its height
 * @param low the lower end of the interval; {@code y} where there is none
 * @param high the upper end of the interval; {@code y} where there is none
 */
public record LinePoint(double x, double y, double low, double high) {
    /** A point of which nothing but its place is known. */
    public static LinePoint of(double x, double y) {
        return new LinePoint(x, y, y, y);
    }

    /** Whether there is an interval. */
    public boolean hasBand() {
        return low < high;
    }

    boolean isFinite() {
        return Double.isFinite(x) && Double.isFinite(y) && Double.isFinite(low) && Double.isFinite(high);
    }
}
