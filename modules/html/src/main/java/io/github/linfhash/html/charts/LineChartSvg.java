package io.github.linfhash.html.charts;

import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.charts.LineChart.LinePoint;
import io.github.linfhash.html.charts.LineChart.LineSeries;
import io.github.linfhash.html.charts.LineChart.LineStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** A line chart as SVG. */
public final class LineChartSvg {
    static final double LEFT = 58;
    static final double TOP = 44;
    static final double PLOT_WIDTH = 520;
    private static final double PLOT_HEIGHT = 320;
    private static final double BELOW = 50;
    private static final double LETTER = 6.9;
    private static final double RING = 9;

    /** Where lines end before this share of the width, what leads from their ends to their names would cross others. */
    private static final double NEAR_END = 0.85;

    private final LineChart chart;
    private final double width;
    private final double height;
    private final List<LineLabels.Label> labels;

    private LineChartSvg(LineChart chart) {
        this.chart = chart;
        double plotHeight = Math.max(PLOT_HEIGHT, chart.series().size() * LineLabels.GAP);
        int longest = chart.series().stream()
                .mapToInt(line -> line.name().length())
                .max()
                .orElse(0);
        this.width = LEFT + PLOT_WIDTH + LineLabels.TEXT_OFFSET + longest * LETTER + 8;
        this.height = TOP + plotHeight + BELOW;
        boolean end = chart.series().stream()
                .allMatch(line -> chart.x().place(line.last().x()) >= NEAR_END);
        this.labels = end
                ? LineLabels.place(chart.series(), this::y, TOP, height - BELOW)
                : LineLabels.listed(chart.series(), TOP);
    }

    /** The picture as an element of a page, which gives it its colors. */
    public static Element element(LineChart chart) {
        return new LineChartSvg(chart).svg(List.of());
    }

    /** The picture as a document in UTF-8, light or dark as its viewer wishes. */
    public static String document(LineChart chart) {
        return Svg.document(new LineChartSvg(chart).svg(List.of(Svg.style())));
    }

    /** Several pictures below each other as one document in UTF-8, light or dark as its viewer wishes. */
    public static String document(String title, List<LineChart> charts) {
        List<Element> parts = new ArrayList<>();
        parts.add(Svg.style());
        parts.add(Element.of("title", title));
        double width = 0;
        double height = 0;
        for (LineChart chart : charts) {
            LineChartSvg picture = new LineChartSvg(chart);
            parts.add(picture.svg(List.of()).with("y", height));
            width = Math.max(width, picture.width);
            height += picture.height;
        }
        return Svg.document(Svg.sized(Svg.svg(), width, height).addAll(parts));
    }

    private Element svg(List<Element> style) {
        List<Element> parts = new ArrayList<>();
        parts.add(Svg.text(chart.title(), LEFT, 22, "start")
                .with("class", "title")
                .with("font-size", 14)
                .with("font-weight", "bold"));
        parts.addAll(axes());
        chart.series().forEach(line -> parts.add(part(line, bands(line))));
        chart.highlights().levels().forEach(level -> parts.add(level(level)));
        chart.series().forEach(line -> parts.add(part(line, strokes(line))));
        chart.highlights().marks().forEach(mark -> parts.add(mark(mark)));
        for (LineLabels.Label label : labels) {
            parts.add(part(label.line(), label(label)));
            // In the color of text, which has more contrast than those of lines.
            parts.add(Svg.text(label.line().name(), LEFT + PLOT_WIDTH + LineLabels.TEXT_OFFSET, label.y() + 4, "start")
                    .with("data-line", number(label.line())));
        }
        return Svg.picture(chart.title(), width, height, 12, plot(), style, parts);
    }

    /** Left, top, right and bottom of what the axes span. */
    private String plot() {
        return DoubleStream.of(LEFT, TOP, LEFT + PLOT_WIDTH, height - BELOW)
                .mapToObj(Element::number)
                .collect(Collectors.joining(" "));
    }

    private List<Element> axes() {
        List<Element> parts = new ArrayList<>();
        double bottom = height - BELOW;
        double right = LEFT + PLOT_WIDTH;
        for (double tick : chart.y().ticks()) {
            parts.add(grid(LEFT, y(tick), right, y(tick)));
            parts.add(Svg.text(ChartAxis.text(tick), LEFT - 6, y(tick) + 4, "end"));
        }
        for (double tick : chart.x().ticks()) {
            parts.add(grid(x(tick), TOP, x(tick), bottom));
            parts.add(Svg.text(ChartAxis.text(tick), x(tick), bottom + 16, "middle"));
        }
        parts.add(Svg.text(chart.x().title(), LEFT + PLOT_WIDTH / 2, bottom + 38, "middle"));
        double middle = (TOP + bottom) / 2;
        parts.add(Svg.text(chart.y().title(), 0, 0, "middle")
                .with("transform", "translate(15 " + Element.number(middle) + ") rotate(-90)"));
        return parts;
    }

    private Element level(double level) {
        double right = LEFT + PLOT_WIDTH;
        return Element.of("g")
                .with("class", "level")
                .add(
                        Svg.line(LEFT, y(level), right, y(level))
                                .with("stroke-dasharray", "6 4")
                                .with("stroke-opacity", 0.8),
                        haloed(ChartAxis.text(level), right - 4, y(level) - 4, "end"));
    }

    private Element mark(LineChart.Mark mark) {
        double share = chart.x().place(mark.x());
        String anchor = share < 1.0 / 8 ? "start" : share > 7.0 / 8 ? "end" : "middle";
        boolean below = y(mark.y()) + 3 * RING < height - BELOW;
        return Element.of("g")
                .with("class", "mark")
                .add(
                        Element.of("circle")
                                .with("cx", x(mark.x()))
                                .with("cy", y(mark.y()))
                                .with("r", RING)
                                .with("fill", "none")
                                .with("stroke", "currentColor")
                                .with("stroke-width", 2),
                        haloed(mark.name(), x(mark.x()), y(mark.y()) + (below ? 2.5 : -1.5) * RING, anchor)
                                .with("font-weight", "bold"));
    }

    /** A text that stays legible on lines. */
    private static Element haloed(String text, double x, double y, String anchor) {
        return Svg.text(text, x, y, anchor)
                .with("class", "halo")
                .with("stroke", ChartColors.PAPER)
                .with("stroke-width", 4)
                .with("stroke-linejoin", "round")
                .with("paint-order", "stroke");
    }

    private static Element grid(double x1, double y1, double x2, double y2) {
        return Svg.line(x1, y1, x2, y2).with("stroke-opacity", 0.18);
    }

    private static Element colored(LineSeries line, List<Element> parts) {
        int color = line.style().color();
        return Element.of("g")
                .with("class", "c" + color)
                .with("color", ChartColors.light(color))
                .addAll(parts);
    }

    /** Groups elements of a line within the plot; the script of a page hides all parts of the line together. */
    private Element part(LineSeries line, List<Element> elements) {
        return colored(line, elements).with("data-line", number(line));
    }

    private String number(LineSeries line) {
        return Integer.toString(chart.series().indexOf(line));
    }

    private List<Element> bands(LineSeries line) {
        if (!line.hasBand()) {
            return List.of();
        }
        if (line.points().size() == 1) {
            LinePoint only = line.last();
            return List.of(Svg.line(x(only.x()), y(only.low()), x(only.x()), y(only.high()))
                    .with("stroke-width", 6)
                    .with("stroke-opacity", 0.3));
        }
        List<String> corners = new ArrayList<>();
        line.points().forEach(point -> corners.add(corner(point.x(), point.high())));
        for (int i = line.points().size() - 1; i >= 0; i--) {
            corners.add(corner(line.points().get(i).x(), line.points().get(i).low()));
        }
        return List.of(Element.of("polygon")
                .with("points", String.join(" ", corners))
                .with("fill", "currentColor")
                .with("fill-opacity", 0.16));
    }

    private List<Element> strokes(LineSeries line) {
        String points = line.points().stream()
                .map(point -> corner(point.x(), point.y()))
                .collect(Collectors.joining(" "));
        List<Element> parts = new ArrayList<>();
        parts.add(LineMarks.stroke(Element.of("polyline").with("points", points), line.style()));
        for (int i = 0; i < line.points().size(); i += line.markerEvery()) {
            LinePoint point = line.points().get(i);
            parts.add(LineMarks.marker(x(point.x()), y(point.y()), line.style()));
        }
        return parts;
    }

    private List<Element> label(LineLabels.Label label) {
        double right = LEFT + PLOT_WIDTH;
        double start = right + LineLabels.SAMPLE_OFFSET;
        List<Element> parts = new ArrayList<>();
        if (label.direct()) {
            parts.add(Element.of("polyline")
                    .with("class", "leader")
                    .with(
                            "points",
                            corner(label.line().last().x(), label.line().last().y()) + " " + pair(start, label.y()))
                    .with("fill", "none")
                    .with("stroke", "currentColor")
                    .with("stroke-opacity", 0.5));
        }
        parts.add(sample(label.line()).with("transform", Svg.translate(start, label.y())));
        return parts;
    }

    /** A piece of the line with its marker; the script of a page takes it for its own list of lines. */
    private Element sample(LineSeries line) {
        return colored(
                        line,
                        List.of(
                                LineMarks.stroke(Element.of("polyline").with("points", "0,0 24,0"), line.style()),
                                LineMarks.marker(12, 0, line.style())))
                .with("data-sample", number(line));
    }

    private String corner(double x, double y) {
        return pair(x(x), y(y));
    }

    private static String pair(double x, double y) {
        return Element.number(x) + "," + Element.number(y);
    }

    private double x(double value) {
        return LEFT + chart.x().place(value) * PLOT_WIDTH;
    }

    /** Bands may be wider than the axis; they end where it ends. */
    private double y(double value) {
        double within = Math.max(chart.y().least(), Math.min(chart.y().most(), value));
        return height - BELOW - chart.y().place(within) * (height - BELOW - TOP);
    }

    /** Strokes and markers of lines, in the color of what is around them. */
    private static final class LineMarks {
        private static final double RADIUS = 4;

        private LineMarks() {}

        static Element stroke(Element path, LineStyle style) {
            Element stroke = path.with("fill", "none")
                    .with("stroke", "currentColor")
                    .with("stroke-width", style.width())
                    .with("stroke-linejoin", "round");
            return style.dashes().isEmpty() ? stroke : stroke.with("stroke-dasharray", style.dashes());
        }

        static Element marker(double x, double y, LineStyle style) {
            Element shape = switch (style.shape()) {
                case CIRCLE -> Element.of("circle").with("cx", x).with("cy", y).with("r", RADIUS);
                case SQUARE ->
                    Element.of("rect")
                            .with("x", x - 3.5)
                            .with("y", y - 3.5)
                            .with("width", 7)
                            .with("height", 7);
                case TRIANGLE -> polygon(x, y, new double[] {0, -4.8, 4.4, 3.2, -4.4, 3.2});
                case DIAMOND -> polygon(x, y, new double[] {0, -5, 5, 0, 0, 5, -5, 0});
            };
            Element outlined = shape.with("stroke", "currentColor").with("stroke-width", 1.5);
            return style.open()
                    ? outlined.with("class", "paper").with("fill", ChartColors.PAPER)
                    : outlined.with("fill", "currentColor");
        }

        private static Element polygon(double x, double y, double[] offsets) {
            StringBuilder points = new StringBuilder();
            for (int i = 0; i < offsets.length; i += 2) {
                points.append(i == 0 ? "" : " ")
                        .append(Element.number(x + offsets[i]))
                        .append(',')
                        .append(Element.number(y + offsets[i + 1]));
            }
            return Element.of("polygon").with("points", points.toString());
        }
    }

    /**
     * Where the names of lines stand: beside the ends of the lines, moved apart where they would overlap; as a list in the
     * order of the lines where the ends are so close that names beside them would mislead.
     */
    public static final class LineLabels {
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
                            .mapToDouble(
                                    line -> height.applyAsDouble(line.last().y()))
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
}
