package io.github.linfhash.reports.charts;

import io.github.linfhash.reports.html.SvgElement;

/** Strokes and markers of lines, in the colour of what is around them. */
final class LineMarks {
    private static final double RADIUS = 4;

    private LineMarks() {}

    static SvgElement stroke(SvgElement path, LineStyle style) {
        SvgElement stroke = path.with("fill", "none")
                .with("stroke", "currentColor")
                .with("stroke-width", style.width())
                .with("stroke-linejoin", "round");
        return style.dashes().isEmpty() ? stroke : stroke.with("stroke-dasharray", style.dashes());
    }

    static SvgElement marker(double x, double y, LineStyle style) {
        SvgElement shape = switch (style.shape()) {
            case CIRCLE -> SvgElement.of("circle").with("cx", x).with("cy", y).with("r", RADIUS);
            case SQUARE ->
                SvgElement.of("rect")
                        .with("x", x - 3.5)
                        .with("y", y - 3.5)
                        .with("width", 7)
                        .with("height", 7);
            case TRIANGLE -> polygon(x, y, new double[] {0, -4.8, 4.4, 3.2, -4.4, 3.2});
            case DIAMOND -> polygon(x, y, new double[] {0, -5, 5, 0, 0, 5, -5, 0});
        };
        SvgElement outlined = shape.with("stroke", "currentColor").with("stroke-width", 1.5);
        return style.open()
                ? outlined.with("class", "paper").with("fill", ChartColours.PAPER)
                : outlined.with("fill", "currentColor");
    }

    private static SvgElement polygon(double x, double y, double[] offsets) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < offsets.length; i += 2) {
            points.append(i == 0 ? "" : " ")
                    .append(SvgElement.number(x + offsets[i]))
                    .append(',')
                    .append(SvgElement.number(y + offsets[i + 1]));
        }
        return SvgElement.of("polygon").with("points", points.toString());
    }
}
