package io.github.linfhash.reports.charts;

import io.github.linfhash.reports.html.SvgElement;
import java.util.ArrayList;
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
}
