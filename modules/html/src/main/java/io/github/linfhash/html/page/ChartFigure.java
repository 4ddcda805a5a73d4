package io.github.linfhash.html.page;

import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.charts.Figure;
import io.github.linfhash.html.charts.LineChart;
import io.github.linfhash.html.charts.LineChart.LinePoint;
import io.github.linfhash.html.charts.LineChart.LineSeries;
import io.github.linfhash.html.charts.LineChartSvg;
import io.github.linfhash.io.listings.Listing;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A chart in a page: a picture, the data from which a script tells the values below the pointer, and the same data as a table.
 */
public final class ChartFigure {
    /** The folder of the charts' files, beside the page. */
    public static final String FOLDER = "charts";

    private static final MathContext DIGITS = new MathContext(4);

    private ChartFigure() {}

    /**
     * The chart.
     *
     * @param files the endings of its files in {@value #FOLDER} beside the page
     */
    public static Html html(LineChart chart, List<String> files) {
        return Element.of("figure")
                .with("class", "plot")
                .with("id", chart.id())
                .add(Element.of("h3", chart.title()))
                .add(Element.of("div").with("class", "picture").add(LineChartSvg.element(chart)))
                .add(Html.data("data-" + chart.id(), chart.json()))
                .add(caption(chart.caption(), chart.id(), files))
                .add(Section.folded("Data of this chart", data(chart)));
    }

    /** The charts of a figure under its title. */
    public static Element section(Figure figure, List<String> files) {
        return Section.of(figure.id(), figure.title()).add(plots(figure, files));
    }

    /** The charts of a figure, one below the other. */
    public static Element plots(Figure figure, List<String> files) {
        return Element.of("div")
                .with("class", "plots")
                .addAll(figure.charts().stream()
                        .map(chart -> html(chart, files))
                        .toList());
    }

    /** Returns the caption of a chart: a note, with links to its files. */
    public static Element caption(String note, String id, List<String> files) {
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
    private static Element data(LineChart chart) {
        boolean shared = chart.sharesPlaces();
        String what = shared
                ? chart.y().title() + " over " + chart.x().title()
                : chart.x().title() + " and " + chart.y().title() + " of each point";
        String bands = chart.hasBands() ? "; \u00b1: half width of the 95% interval" : "";
        int most = chart.series().stream()
                .mapToInt(line -> line.points().size())
                .max()
                .orElse(0);
        List<LinePoint> first = chart.series().get(0).points();
        Listing.OfRows<Integer> table = Listing.of(
                        IntStream.range(0, most).boxed().toList())
                .head(
                        shared ? chart.x().title() : "point",
                        i -> shared ? number(first.get(i).x()) : i);
        for (LineSeries line : chart.series()) {
            List<LinePoint> points = line.points();
            table.number(line.name(), i -> i < points.size() ? text(points.get(i), shared) : "");
        }
        return Section.table("Data: " + chart.title(), "data", chart.title() + ": " + what + bands, table);
    }

    private static String text(LinePoint point, boolean shared) {
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
