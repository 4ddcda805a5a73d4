package io.github.linfhash.html.charts;

import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.builder.HtmlTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Means as dots with their intervals as lines, one below the other over a common axis: a table whose middle column is drawn, so that names
 * and numbers keep their size on every screen. As a file, it is a picture in SVG.
 *
 * @param id the name of its file, without the ending
 * @param title what the plot shows
 * @param caption its part of this, where a page says the rest
 * @param quantity what the dots are means of, with the unit
 * @param dots best first; at least one
 */
public record DotPlot(String id, String title, String caption, String quantity, List<Dot> dots) {
    /** The parts of a hundred that are left free at both ends of the axis. */
    private static final double MARGIN = 2;

    private static final double HEIGHT = 22;

    /** Lengths of the picture: of a line of text, a letter, the axis, and what is left free. */
    private static final int LINE = 12;

    private static final double LETTER = 6.9;
    private static final double STRIP = 420;
    private static final double PADDING = 14;
    private static final double RADIUS = 4.5;

    /** How far lines of the grid reach beyond their row, as rows are higher where names are long. */
    private static final double BEYOND = 13;

    /**
     * A row.
     *
     * @param name of what is measured
     * @param text its mean and interval
     * @param words the same in plain text
     * @param mean as it is drawn
     * @param low the lower end of the interval; the mean where there is none
     * @param high the upper end of the interval; the mean where there is none
     * @param group from 1, which gives the color; 0 for none
     */
    public record Dot(String name, Html text, String words, double mean, double low, double high, int group) {}

    public DotPlot {
        dots = List.copyOf(dots);
        if (dots.isEmpty()) {
            throw new IllegalArgumentException("the plot '" + caption + "' needs at least one dot");
        }
    }

    private ChartAxis axis() {
        return ChartAxis.between(
                quantity,
                dots.stream().mapToDouble(Dot::low).min().orElseThrow(),
                dots.stream().mapToDouble(Dot::high).max().orElseThrow());
    }

    private boolean grouped() {
        return dots.stream().anyMatch(dot -> dot.group() > 0);
    }

    /** The plot as a document in UTF-8, light or dark as its viewer wishes. */
    public String document() {
        ChartAxis axis = axis();
        double left = PADDING + width(dots.stream().map(Dot::name)) + PADDING;
        double texts = left + STRIP + PADDING;
        double groups = texts + width(Stream.concat(dots.stream().map(Dot::words), Stream.of(quantity))) + PADDING;
        List<Element> parts = new ArrayList<>();
        parts.add(Svg.text(title, PADDING, PADDING + LINE, "start")
                .with("font-size", 14)
                .with("font-weight", "bold"));
        double y = PADDING + 3 * LINE;
        parts.add(Svg.text("Method", PADDING, y, "start"));
        parts.add(Svg.text(quantity, texts, y, "start"));
        if (grouped()) {
            parts.add(Svg.text("Group", groups, y, "start"));
        }
        y += LINE;
        for (Dot dot : dots) {
            double base = y + HEIGHT * 0.7;
            parts.add(placed(strip(axis, dot), left, y));
            parts.add(Svg.text(dot.name(), PADDING, base, "start"));
            parts.add(Svg.text(dot.words(), texts, base, "start"));
            if (dot.group() > 0) {
                parts.add(Svg.text(Integer.toString(dot.group()), groups, base, "start"));
            }
            y += HEIGHT;
        }
        parts.add(placed(scale(axis), left, y + BEYOND));
        return Svg.document(Svg.picture(
                title,
                groups + (grouped() ? width(Stream.of("Group")) + PADDING : 0),
                y + BEYOND + HEIGHT + PADDING,
                LINE,
                "",
                List.of(Svg.style(), Element.of("style", ".chart .grid { stroke-opacity: 0.18; }")),
                parts));
    }

    private static double width(Stream<String> texts) {
        return LETTER * texts.mapToInt(String::length).max().orElse(0);
    }

    private static Element placed(Element svg, double x, double y) {
        return svg.with("x", x).with("y", y).with("width", STRIP).with("overflow", "visible");
    }

    /**
     * Returns the plot as a table.
     *
     * @param file where its file lies from the page; empty for nowhere
     */
    public Element html(String file) {
        ChartAxis axis = axis();
        boolean grouped = grouped();
        List<Element> rows = new ArrayList<>();
        int last = dots.get(0).group();
        for (Dot dot : dots) {
            Element row = Element.of("tr")
                    .add(
                            Element.of("th").with("scope", "row").add(dot.name()),
                            cell("strip").add(strip(axis, dot)),
                            cell("mean").add(dot.text()));
            if (grouped) {
                row = row.add(cell("group").add(dot.group() == 0 ? "" : Integer.toString(dot.group())));
            }
            rows.add(dot.group() == last ? row : row.with("class", "next"));
            last = dot.group();
        }
        Element head = Element.of("caption").add(Element.of("span", caption));
        return Element.of("table")
                .with("class", "dots")
                .add(
                        file.isEmpty()
                                ? head
                                : head.add(
                                        Html.text(" "), Element.of("a", "SVG").with("href", file)),
                        Element.of("thead").add(headings(grouped)),
                        Element.of("tbody").addAll(rows),
                        Element.of("tfoot")
                                .with("aria-hidden", "true")
                                .add(Element.of("tr")
                                        .add(Element.of("td"), cell("strip").add(scale(axis)))));
    }

    private Element headings(boolean grouped) {
        Element row = Element.of("tr").add(HtmlTable.heading("Method"), Element.of("td"), HtmlTable.heading(quantity));
        return grouped ? row.add(HtmlTable.heading("Group")) : row;
    }

    private static Element cell(String looks) {
        return Element.of("td").with("class", looks);
    }

    private static Element strip(ChartAxis axis, Dot dot) {
        List<Element> parts = new ArrayList<>();
        for (double tick : axis.ticks()) {
            parts.add(line(axis, tick, tick, -BEYOND, HEIGHT + BEYOND).with("class", "grid"));
        }
        if (dot.low() < dot.high()) {
            parts.add(line(axis, dot.low(), dot.high(), HEIGHT / 2, HEIGHT / 2).with("stroke-width", 2.5));
        }
        parts.add(Element.of("circle")
                .with("cx", across(axis, dot.mean()))
                .with("cy", HEIGHT / 2)
                .with("r", RADIUS)
                .with("fill", "currentColor"));
        return svg(dot.group() == 0 ? "" : color(dot.group()), parts);
    }

    /** The class of a color: the first group has one of its own, the others share the rest. */
    private static String color(int group) {
        return "c" + (group == 1 ? 0 : 1 + (group - 2) % (ChartColors.COUNT - 1));
    }

    private static Element scale(ChartAxis axis) {
        return svg(
                "",
                axis.ticks().stream()
                        .map(tick -> Element.of("text", ChartAxis.text(tick))
                                .with("x", across(axis, tick))
                                .with("y", HEIGHT * 0.7)
                                .with("text-anchor", "middle")
                                .with("fill", "currentColor"))
                        .toList());
    }

    private static Element svg(String color, List<Element> parts) {
        Element svg =
                Element.of("svg").with("class", "chart").with("height", HEIGHT).with("aria-hidden", "true");
        return color.isEmpty()
                ? svg.addAll(parts)
                : svg.add(Element.of("g").with("class", color).addAll(parts));
    }

    private static Element line(ChartAxis axis, double from, double to, double top, double bottom) {
        return Element.of("line")
                .with("x1", across(axis, from))
                .with("x2", across(axis, to))
                .with("y1", top)
                .with("y2", bottom)
                .with("stroke", "currentColor");
    }

    private static String across(ChartAxis axis, double value) {
        return Element.number(MARGIN + axis.place(value) * (100 - 2 * MARGIN)) + "%";
    }
}
