package io.github.linfhash.html.charts;

import io.github.linfhash.html.charts.LineChart.LineSeries;
import io.github.linfhash.io.binding.StrictReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Stream;

/** A line chart as data for the script that tells its values in a browser; numbers have six significant digits. */
public final class ChartJson {
    private static final MathContext DIGITS = new MathContext(6);

    private ChartJson() {}

    /** The chart as one JSON object. */
    public static String of(LineChart chart) {
        return StrictReader.toJsonLine(new Chart(
                chart.title(),
                axis(chart.x()),
                axis(chart.y()),
                chart.series().stream().map(ChartJson::line).toList()));
    }

    private record Chart(String title, Axis x, Axis y, List<Line> series) {}

    private record Axis(String title, ChartAxis.Scale scale, double min, double max) {}

    private record Line(String name, List<List<Double>> points) {}

    private static Axis axis(ChartAxis axis) {
        return new Axis(axis.title(), axis.scale(), axis.least(), axis.most());
    }

    private static Line line(LineSeries line) {
        return new Line(
                line.name(),
                line.points().stream()
                        .map(point -> Stream.of(point.x(), point.y(), point.low(), point.high())
                                .map(ChartJson::rounded)
                                .toList())
                        .toList());
    }

    private static double rounded(double value) {
        return new BigDecimal(value, DIGITS).doubleValue();
    }
}
