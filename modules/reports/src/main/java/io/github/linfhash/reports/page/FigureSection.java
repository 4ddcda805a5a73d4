package io.github.linfhash.reports.page;

import io.github.linfhash.reports.figures.Figure;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import java.util.List;

/** The charts of a figure, side by side where there is room. */
final class FigureSection {
    private FigureSection() {}

    static Element html(Figure figure, List<String> files) {
        List<Html> charts = figure.charts().stream()
                .map(chart -> ChartFigure.html(chart, files))
                .toList();
        return Section.of(figure.id(), figure.title())
                .add(Element.of("div").with("class", "plots").addAll(charts));
    }
}
