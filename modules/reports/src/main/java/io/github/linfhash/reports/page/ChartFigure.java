package io.github.linfhash.reports.page;

import io.github.linfhash.reports.charts.ChartJson;
import io.github.linfhash.reports.charts.LineChart;
import io.github.linfhash.reports.charts.LineChartSvg;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import java.util.List;
import java.util.Locale;

/**
 * A chart in a page: a picture that is there without scripts and on paper, the data from which a script makes an interactive
 * one in its place, and the same data as a table.
 */
final class ChartFigure {
    /** The folder of the charts' files, beside the page. */
    static final String FOLDER = "charts";

    private ChartFigure() {}

    /**
     * The chart.
     *
     * @param files the endings of its files in {@value #FOLDER} beside the page
     */
    static Html html(LineChart chart, List<String> files) {
        Element caption = Element.of("figcaption").add(chart.note());
        for (int i = 0; i < files.size(); i++) {
            caption = caption.add(i == 0 ? " " : ", ").add(link(chart, files.get(i)));
        }
        if (!files.isEmpty()) {
            caption = caption.add(".");
        }
        return Element.of("figure")
                .with("class", "plot")
                .with("id", chart.id())
                .add(Element.of("h3", chart.title()))
                .add(Element.of("div").with("class", "still").add(LineChartSvg.element(chart)))
                .add(Html.data("data-" + chart.id(), ChartJson.of(chart)))
                .add(caption)
                .add(Element.of("details")
                        .add(Element.of("summary", "Data of this chart"))
                        .add(Section.scrolling("Data: " + chart.title(), ChartTable.html(chart))));
    }

    private static Element link(LineChart chart, String ending) {
        return Element.of("a", ending.toUpperCase(Locale.ROOT)).with("href", FOLDER + "/" + chart.id() + "." + ending);
    }
}
