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
        return Element.of("figure")
                .with("class", "plot")
                .with("id", chart.id())
                .add(Element.of("h3", chart.title()))
                .add(Element.of("div").with("class", "still").add(LineChartSvg.element(chart)))
                .add(Html.data("data-" + chart.id(), ChartJson.of(chart)))
                .add(caption(chart.caption(), chart.id(), files))
                .add(Element.of("details")
                        .add(Element.of("summary", "Data of this chart"))
                        .add(Section.scrolling("Data: " + chart.title(), ChartTable.html(chart))));
    }

    /** What a reader has to know of a chart, with links to its files. */
    static Element caption(String note, String id, List<String> files) {
        Element caption = Element.of("figcaption").add(note);
        for (int i = 0; i < files.size(); i++) {
            String ending = files.get(i);
            caption = caption.add(i == 0 ? " " : ", ")
                    .add(Element.of("a", ending.toUpperCase(Locale.ROOT))
                            .with("href", FOLDER + "/" + id + "." + ending));
        }
        return files.isEmpty() ? caption : caption.add(".");
    }
}
