package io.github.linfhash.html.charts;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.io.binding.StrictReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Lines over a common axis, with bands of uncertainty.
 *
 * @param id its name in file names and links: lower-case letters, digits, dots and hyphens
 * @param title what it shows
 * @param note what a reader has to know of its points
 * @param bands what the bands are 95% intervals of, such as {@link #OF_MEAN}
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series the lines; at least one
 * @param highlights what is pointed out among them
 */
public record LineChart(
        String id,
        String title,
        String note,
        String bands,
        ChartAxis x,
        ChartAxis y,
        List<LineSeries> series,
        Highlights highlights) {
    /** Bands of means, as tables have intervals of them. */
    public static final String OF_MEAN = "the mean";

    private static final MathContext JSON_DIGITS = new MathContext(6);

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
        for (double level : highlights.levels()) {
            requireOn(y, level, title);
        }
        for (Mark mark : highlights.marks()) {
            requireOn(x, mark.x(), title);
            requireOn(y, mark.y(), title);
        }
    }

    /** A chart that points nothing out. */
    public LineChart(
            String id, String title, String note, String bands, ChartAxis x, ChartAxis y, List<LineSeries> series) {
        this(id, title, note, bands, x, y, series, new Highlights(List.of(), List.of()));
    }

    /**
     * The targets and choices that a chart points out besides its lines.
     *
     * @param levels heights of the vertical axis at which a dashed line lies, such as targets
     * @param marks places with a ring around them
     */
    public record Highlights(List<Double> levels, List<Mark> marks) {
        public Highlights {
            levels = List.copyOf(levels);
            marks = List.copyOf(marks);
        }
    }

    /**
     * A ring around a place.
     *
     * @param name a few words below it
     */
    public record Mark(String name, double x, double y) {}

    private static void requireOn(ChartAxis axis, double value, String title) {
        if (value < axis.least() || value > axis.most()) {
            throw new IllegalArgumentException("the chart '" + title + "' has " + value + " outside its axis "
                    + axis.title() + " from " + axis.least() + " to " + axis.most());
        }
    }

    /** Lines by their names, each in a style of its own. */
    public static List<LineSeries> lines(Map<String, List<LinePoint>> points) {
        List<LineSeries> lines = new ArrayList<>();
        points.forEach((name, line) -> lines.add(new LineSeries(name, LineStyle.of(lines.size()), line)));
        return lines;
    }

    /** A number of all points of some lines. */
    public static DoubleStream numbers(List<LineSeries> series, ToDoubleFunction<LinePoint> number) {
        return series.stream().flatMap(line -> line.points().stream()).mapToDouble(number);
    }

    /** The note, and what the bands are where there are any: results of one seed have none. */
    public String caption() {
        return hasBands() ? note + " Bands: 95% interval of " + bands + "." : note;
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

    /** Returns the chart as JSON for the script that shows its values in a browser; numbers have six significant digits. */
    public String json() {
        return StrictReader.toJsonLine(new JsonChart(
                title,
                axis(x),
                axis(y),
                series.stream().map(LineChart::jsonLine).toList()));
    }

    private record JsonChart(String title, JsonAxis x, JsonAxis y, List<JsonLine> series) {}

    private record JsonAxis(String title, ChartAxis.Scale scale, double min, double max) {}

    private record JsonLine(String name, List<List<Double>> points) {}

    private static JsonAxis axis(ChartAxis axis) {
        return new JsonAxis(axis.title(), axis.scale(), axis.least(), axis.most());
    }

    private static JsonLine jsonLine(LineSeries line) {
        return new JsonLine(
                line.name(),
                line.points().stream()
                        .map(point -> Stream.of(point.x(), point.y(), point.low(), point.high())
                                .map(value -> new BigDecimal(value, JSON_DIGITS).doubleValue())
                                .toList())
                        .toList());
    }

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

    /**
     * How a line is drawn. Lines of different numbers differ in marker and dashes: the first {@value #DISTINCT} numbers have pairs of these
     * of their own. Lines of one family share a color.
     *
     * @param number 0, 1, 2, ...
     * @param family 0, 1, 2, ...
     * @param strong whether the line is drawn thicker than others
     */
    public record LineStyle(int number, int family, boolean strong) {
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
            if (number < 0 || family < 0) {
                throw new IllegalArgumentException(
                        "a style has a number and a family of at least 0, not " + number + " and " + family);
            }
        }

        /** The style of a line that is a family of its own. */
        public static LineStyle of(int number) {
            return new LineStyle(number, number, false);
        }

        int color() {
            return family % ChartColors.COUNT;
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
}
