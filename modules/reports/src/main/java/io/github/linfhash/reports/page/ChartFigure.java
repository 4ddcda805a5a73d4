package io.github.linfhash.reports.page;

import io.github.linfhash.reports.charts.ChartJson;
import io.github.linfhash.reports.charts.LineChart;
import io.github.linfhash.reports.charts.LineChart.LinePoint;
import io.github.linfhash.reports.charts.LineChart.LineSeries;
import io.github.linfhash.reports.charts.LineChartSvg;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A chart in a page: a picture, the data from which a script tells the values below the pointer, and the same data as a table.
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
                .add(Element.of("div").with("class", "picture").add(LineChartSvg.element(chart)))
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

    /** The data of a chart as a table: a row for each place on the horizontal axis where all lines share them. */
    private static final class ChartTable {
        private static final MathContext DIGITS = new MathContext(4);
        private final LineChart chart;
        private final boolean shared;

        private ChartTable(LineChart chart) {
            this.chart = chart;
            this.shared = chart.sharesPlaces();
        }

        static Element html(LineChart chart) {
            return new ChartTable(chart).table();
        }

        private Element table() {
            List<Html> rows = new ArrayList<>();
            int most = chart.series().stream()
                    .mapToInt(line -> line.points().size())
                    .max()
                    .orElse(0);
            for (int i = 0; i < most; i++) {
                rows.add(row(i));
            }
            String bands = chart.hasBands() ? "; \u00b1: half width of the 95 % interval" : "";
            String what = shared
                    ? chart.y().title() + " over " + chart.x().title()
                    : "pairs of " + chart.x().title() + " and " + chart.y().title() + ", point by point";
            return Element.of("table")
                    .with("class", "data")
                    .add(Section.caption(chart.title() + ": " + what + bands))
                    .add(Element.of("thead").add(headings()))
                    .add(Element.of("tbody").addAll(rows));
        }

        private Element headings() {
            List<String> titles = new ArrayList<>();
            titles.add(shared ? chart.x().title() : "point");
            chart.series().forEach(line -> titles.add(line.name()));
            return Element.of("tr").addAll(Section.headings(titles));
        }

        private Element row(int index) {
            LineSeries first = chart.series().get(0);
            String start = shared ? number(first.points().get(index).x()) : Integer.toString(index);
            List<Html> cells = new ArrayList<>();
            cells.add(Element.of("th", start).with("scope", "row"));
            for (LineSeries line : chart.series()) {
                boolean there = index < line.points().size();
                cells.add(Element.of("td", there ? cell(line.points().get(index)) : ""));
            }
            return Element.of("tr").addAll(cells);
        }

        private String cell(LinePoint point) {
            String height = number(point.y());
            if (!shared) {
                return number(point.x()) + ", " + height;
            }
            return point.hasBand() ? height + " \u00b1\u00a0" + number((point.high() - point.low()) / 2) : height;
        }

        private static String number(double value) {
            BigDecimal rounded = new BigDecimal(value, DIGITS);
            BigDecimal shown = rounded.scale() > 4 ? rounded.setScale(4, RoundingMode.HALF_EVEN) : rounded;
            return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
        }
    }
}
