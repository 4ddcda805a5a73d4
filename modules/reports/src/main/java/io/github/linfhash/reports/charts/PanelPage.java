package io.github.linfhash.reports.charts;

import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.charts.ChartColors;
import io.github.linfhash.html.charts.Svg;
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
    public Element element() {
        return element(List.of());
    }

    /** The picture as a document in UTF-8, light or dark as its viewer wishes. */
    public String svg() {
        return Svg.document(element(List.of(Svg.style())));
    }

    private Element element(List<Element> style) {
        int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
        double width = COLUMNS * BarPanel.WIDTH;
        List<Element> parts = new ArrayList<>();
        parts.add(
                Svg.text(title, width / 2, 22, "middle").with("class", "title").with("font-size", 14));
        for (int i = 0; i < panels.size(); i++) {
            int row = i / COLUMNS;
            parts.add(panels.get(i).at(i % COLUMNS * BarPanel.WIDTH, HEADER + row * BarPanel.HEIGHT));
        }
        return Svg.picture(title, width, HEADER + rows * BarPanel.HEIGHT, 11, "", style, parts);
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
        Element at(double x, double y) {
            List<Element> parts = new ArrayList<>();
            parts.add(Svg.text(title, (LEFT + RIGHT) / 2, 16, "middle").with("font-weight", "bold"));
            for (int i = 0; i < values.size(); i++) {
                parts.add(bar(i));
            }
            parts.add(Svg.line(LEFT, height(0), RIGHT, height(0)));
            parts.addAll(ticks());
            return Element.of("g").with("transform", Svg.translate(x, y)).addAll(parts);
        }

        private Element bar(int index) {
            double place = (RIGHT - LEFT) / values.size();
            double end = height(values.get(index));
            double zero = height(0);
            return Element.of("rect")
                    .with("x", LEFT + place * (index + (1 - BAR_SHARE) / 2))
                    .with("y", Math.min(zero, end))
                    .with("width", place * BAR_SHARE)
                    .with("height", Math.abs(zero - end))
                    .with("class", "c0")
                    .with("color", ChartColors.light(0))
                    .with("fill", "currentColor");
        }

        private List<Element> ticks() {
            List<Element> ticks = new ArrayList<>();
            for (double value :
                    List.of(least(), 0.0, most()).stream().distinct().toList()) {
                ticks.add(Svg.text(tick(value), LEFT - 6, height(value) + 4, "end"));
            }
            ticks.add(entry(1));
            if (values.size() > 1) {
                ticks.add(entry(values.size()));
            }
            return ticks;
        }

        /** The number of an entry, counted from 1, below its bar. */
        private Element entry(int number) {
            double place = (RIGHT - LEFT) / values.size();
            return Svg.text(Integer.toString(number), LEFT + place * (number - 0.5), BOTTOM + 16, "middle");
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
