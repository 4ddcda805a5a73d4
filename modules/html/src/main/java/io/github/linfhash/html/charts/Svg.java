package io.github.linfhash.html.charts;

import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import java.util.ArrayList;
import java.util.List;

/** The elements of pictures in SVG. They take the color of text from what is around them. */
public final class Svg {
    private Svg() {}

    /**
     * A picture on paper, with its title for those who do not see it.
     *
     * @param plot left, top, right and bottom of what the axes span, for the script of a page; may be empty
     * @param style {@link #style} for a document of its own
     */
    public static Element picture(
            String title,
            double width,
            double height,
            int fontSize,
            String plot,
            List<Element> style,
            List<Element> parts) {
        List<Element> all = new ArrayList<>(style);
        all.add(Element.of("title", title));
        all.add(Element.of("rect")
                .with("class", "paper")
                .with("width", width)
                .with("height", height)
                .with("fill", ChartColors.PAPER));
        all.addAll(parts);
        Element picture = svg().with("class", "chart").with("role", "img");
        return sized(plot.isEmpty() ? picture : picture.with("data-plot", plot), width, height)
                .with("color", ChartColors.INK)
                .with("font-family", "sans-serif")
                .with("font-size", fontSize)
                .addAll(all);
    }

    /** A text at a place, with one of the anchors start, middle and end. */
    public static Element text(String text, double x, double y, String anchor) {
        return Element.of("text", text)
                .with("x", x)
                .with("y", y)
                .with("text-anchor", anchor)
                .with("fill", "currentColor");
    }

    public static Element line(double x1, double y1, double x2, double y2) {
        return Element.of("line")
                .with("x1", x1)
                .with("y1", y1)
                .with("x2", x2)
                .with("y2", y2)
                .with("stroke", "currentColor");
    }

    /** Where an element is moved to. */
    public static String translate(double x, double y) {
        return "translate(" + Element.number(x) + " " + Element.number(y) + ")";
    }

    public static Element svg() {
        return Element.of("svg").with("xmlns", "http://www.w3.org/2000/svg");
    }

    public static Element sized(Element svg, double width, double height) {
        return svg.with("viewBox", "0 0 " + Element.number(width) + " " + Element.number(height))
                .with("width", width)
                .with("height", height);
    }

    /** The rules by which a document is light or dark as its viewer wishes. */
    public static Element style() {
        return Element.of("style", ":root { color-scheme: light dark; }\n" + ChartColors.css());
    }

    /** A picture as a document in UTF-8. */
    public static String document(Element svg) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + Html.render(svg);
    }
}
