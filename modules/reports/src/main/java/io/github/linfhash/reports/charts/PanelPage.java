package io.github.linfhash.reports.charts;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.reports.html.SvgElement;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Panels of bars in rows of two, as one SVG document.
 *
 * @param title what the picture shows, above the panels and for readers of its structure
 * @param panels from left to right and from top to bottom
 */
public record PanelPage(String title, List<BarPanel> panels) {
    private static final int COLUMNS = 2;
    private static final double HEADER = 34;

    public PanelPage {
        panels = List.copyOf(panels);
    }

    /** The picture as an element of a page, which gives it its colors. */
    public SvgElement element() {
        return element(List.of());
    }

    /** The picture as a document in UTF-8, light or dark as its viewer wishes. */
    public String svg() {
        String css = ":root { color-scheme: light dark; }\n" + ChartColors.css();
        return document(element(List.of(SvgElement.of("style", css))));
    }

    /** The picture as a document of presentation attributes alone, which every renderer understands. */
    String plainSvg() {
        return document(element());
    }

    private static String document(SvgElement svg) {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        svg.appendTo(out);
        return out.toString();
    }

    private SvgElement element(List<SvgElement> style) {
        int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
        double width = COLUMNS * BarPanel.WIDTH;
        double height = HEADER + rows * BarPanel.HEIGHT;
        List<SvgElement> parts = new ArrayList<>(style);
        parts.add(SvgElement.of("title", title));
        parts.add(SvgElement.of("rect")
                .with("class", "paper")
                .with("width", width)
                .with("height", height)
                .with("fill", ChartColors.PAPER));
        parts.add(SvgElement.of("text", title)
                .with("x", width / 2)
                .with("y", 22)
                .with("text-anchor", "middle")
                .with("fill", "currentColor")
                .with("font-size", 14));
        for (int i = 0; i < panels.size(); i++) {
            int row = i / COLUMNS;
            int column = i % COLUMNS;
            parts.add(panels.get(i).at(column * BarPanel.WIDTH, HEADER + row * BarPanel.HEIGHT));
        }
        return SvgElement.of("svg")
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("class", "chart")
                .with("role", "img")
                .with("viewBox", "0 0 " + SvgElement.number(width) + " " + SvgElement.number(height))
                .with("width", width)
                .with("height", height)
                .with("color", ChartColors.INK)
                .with("font-family", "sans-serif")
                .with("font-size", 11)
                .addAll(parts);
    }

    /**
     * One bar for each value of a list, up or down from zero, on an axis from the least value to the largest.
     *
     * @param title above the bars
     * @param values at least one, all finite
     */
    public record BarPanel(String title, List<Double> values) {
        static final double WIDTH = 380;
        static final double HEIGHT = 170;

        private static final double LEFT = 52;
        private static final double RIGHT = WIDTH - 10;
        private static final double TOP = 26;
        private static final double BOTTOM = HEIGHT - 24;
        /** Of a bar's place, the rest is the gap to the next bar. */
        private static final double BAR_SHARE = 0.8;

        private static final MathContext TICK_DIGITS = new MathContext(3);

        /**
         * @throws IllegalArgumentException if there is no value
         * @throws NonFiniteException if a value is NaN or infinite
         */
        public BarPanel {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("a panel needs at least one value");
            }
            for (int i = 0; i < values.size(); i++) {
                if (!Double.isFinite(values.get(i))) {
                    throw new NonFiniteException("value " + i + " of the panel '" + title + "' is " + values.get(i)
                            + ", which cannot be drawn; check the training that made it");
                }
            }
        }

        /** The panel with its upper left corner at the given place. */
        SvgElement at(double x, double y) {
            List<SvgElement> parts = new ArrayList<>();
            parts.add(SvgElement.of("text", title)
                    .with("x", (LEFT + RIGHT) / 2)
                    .with("y", 16)
                    .with("text-anchor", "middle")
                    .with("fill", "currentColor")
                    .with("font-weight", "bold"));
            for (int i = 0; i < values.size(); i++) {
                parts.add(bar(i));
            }
            parts.add(SvgElement.of("line")
                    .with("x1", LEFT)
                    .with("y1", height(0))
                    .with("x2", RIGHT)
                    .with("y2", height(0))
                    .with("stroke", "currentColor"));
            parts.addAll(ticks());
            return SvgElement.of("g")
                    .with("transform", "translate(" + SvgElement.number(x) + " " + SvgElement.number(y) + ")")
                    .addAll(parts);
        }

        private SvgElement bar(int index) {
            double place = (RIGHT - LEFT) / values.size();
            double end = height(values.get(index));
            double zero = height(0);
            return SvgElement.of("rect")
                    .with("x", LEFT + place * (index + (1 - BAR_SHARE) / 2))
                    .with("y", Math.min(zero, end))
                    .with("width", place * BAR_SHARE)
                    .with("height", Math.abs(zero - end))
                    .with("class", "c0")
                    .with("color", ChartColors.light(0))
                    .with("fill", "currentColor");
        }

        private List<SvgElement> ticks() {
            List<SvgElement> ticks = new ArrayList<>();
            for (double value :
                    List.of(least(), 0.0, most()).stream().distinct().toList()) {
                ticks.add(SvgElement.of("text", tick(value))
                        .with("x", LEFT - 6)
                        .with("y", height(value) + 4)
                        .with("text-anchor", "end")
                        .with("fill", "currentColor"));
            }
            ticks.add(entry(1));
            if (values.size() > 1) {
                ticks.add(entry(values.size()));
            }
            return ticks;
        }

        /** The number of an entry, counted from 1, below its bar. */
        private SvgElement entry(int number) {
            double place = (RIGHT - LEFT) / values.size();
            return SvgElement.of("text", Integer.toString(number))
                    .with("x", LEFT + place * (number - 0.5))
                    .with("y", BOTTOM + 16)
                    .with("text-anchor", "middle")
                    .with("fill", "currentColor");
        }

        private static String tick(double value) {
            return value == 0
                    ? "0"
                    : BigDecimal.valueOf(value)
                            .round(TICK_DIGITS)
                            .stripTrailingZeros()
                            .toString();
        }

        private double height(double value) {
            return BOTTOM - (value - least()) / (most() - least()) * (BOTTOM - TOP);
        }

        private double least() {
            return Math.min(0, Collections.min(values));
        }

        /** The upper end of the axis: 1 where every value is zero. */
        private double most() {
            double most = Math.max(0, Collections.max(values));
            return most == 0 && least() == 0 ? 1 : most;
        }
    }
}
