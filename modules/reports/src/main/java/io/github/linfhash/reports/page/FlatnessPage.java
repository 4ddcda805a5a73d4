package io.github.linfhash.reports.page;

import io.github.linfhash.core.statistics.MeanInterval;
import io.github.linfhash.quantizers.flatness.Flatness;
import io.github.linfhash.quantizers.flatness.FlatnessStudy;
import io.github.linfhash.reports.charts.ChartAxis;
import io.github.linfhash.reports.charts.LineChart;
import io.github.linfhash.reports.charts.LineChartSvg;
import io.github.linfhash.reports.charts.LinePoint;
import io.github.linfhash.reports.charts.LineSeries;
import io.github.linfhash.reports.charts.LineStyle;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How flat representations are, and the recall of their signs: a chart for each number of bytes, and a table. */
public final class FlatnessPage {
    private static final int TICKS_PER_UNIT = 20;
    private static final String TITLE = "Recall over flatness";

    private final Flatness flatness;

    private FlatnessPage(Flatness flatness) {
        this.flatness = flatness;
    }

    /**
     * The page as a text in HTML, one file that needs nothing else, and no network.
     *
     * @param flatness with at least one outcome
     * @param version linfhash's version
     */
    public static String render(Flatness flatness, String version) {
        FlatnessPage page = new FlatnessPage(flatness);
        Element lead = Element.of(
                        "p",
                        String.format(
                                Locale.ROOT,
                                "%d vectors of dimension %d, %d queries, the %d nearest of each. All signs are read with RaBitQ's estimate.",
                                flatness.rows(),
                                flatness.dimension(),
                                flatness.queries(),
                                flatness.neighbors()))
                .with("class", "lead");
        Element plots = Element.of("div")
                .with("class", "plots")
                .addAll(page.charts().stream()
                        .map(chart -> ChartFigure.html(chart, List.of()))
                        .toList());
        return PageShell.render(
                TITLE,
                List.of(lead),
                List.of(page.claims(), Section.of("charts", TITLE).add(plots), page.table()),
                true,
                version);
    }

    /** The charts alone as one document of SVG. */
    public static String svg(Flatness flatness) {
        return LineChartSvg.document(TITLE, new FlatnessPage(flatness).charts());
    }

    /** For each number of bytes and each oversampling, a point for each representation. */
    private List<LineChart> charts() {
        List<String> names = flatness.outcomes().stream()
                .map(Flatness.Outcome::name)
                .distinct()
                .toList();
        List<LineChart> charts = new ArrayList<>();
        for (Map.Entry<Integer, List<Flatness.Outcome>> ofBytes :
                flatness.byBytes().entrySet()) {
            for (int oversampling : FlatnessStudy.OVERSAMPLINGS) {
                List<LineSeries> points = ofBytes.getValue().stream()
                        .map(outcome -> new LineSeries(
                                outcome.name(),
                                new LineStyle(names.indexOf(outcome.name()), false),
                                List.of(LinePoint.of(outcome.flatness(), 100 * outcome.recallAt(oversampling)))))
                        .toList();
                charts.add(new LineChart(
                        "flatness-" + ofBytes.getKey() + "-" + oversampling,
                        TITLE + " at " + ofBytes.getKey() + " bytes, x" + oversampling,
                        "A point for each representation; flatness is the mean of the 1-norm over the root of N times the 2-norm.",
                        flatnessAxis(),
                        new ChartAxis(
                                "neighbors found, %",
                                ChartAxis.Scale.LINEAR, List.of(0.0, 20.0, 40.0, 60.0, 80.0, 100.0)),
                        points));
            }
        }
        return charts;
    }

    /** From a twentieth below the least flatness to 1. */
    private ChartAxis flatnessAxis() {
        double least = flatness.outcomes().stream()
                .mapToDouble(Flatness.Outcome::flatness)
                .min()
                .orElse(0);
        List<Double> ticks = new ArrayList<>();
        for (int tick = (int) Math.min(TICKS_PER_UNIT - 1, Math.floor(least * TICKS_PER_UNIT));
                tick <= TICKS_PER_UNIT;
                tick++) {
            ticks.add((double) tick / TICKS_PER_UNIT);
        }
        return new ChartAxis("flatness", ChartAxis.Scale.LINEAR, ticks);
    }

    private Html claims() {
        Element body = Element.of("tbody");
        for (FlatnessClaims.Tested claim : FlatnessClaims.of(flatness)) {
            body = body.add(Element.of("tr")
                    .add(Element.of("th", claim.sentence()).with("scope", "row"))
                    .add(Element.of("td", Integer.toString(claim.bytes())))
                    .add(Element.of("td", claim.verdict().text()))
                    .add(Element.of("td", claim.evidence())));
        }
        return Section.of("claims", "What it says")
                .add(Section.scrolling(
                        "Claims and verdicts",
                        Element.of("table")
                                .with("class", "data")
                                .add(Section.caption("Tests at 5 %, each by itself; intervals are of 95 %."))
                                .add(Element.of("thead")
                                        .add(Element.of("tr")
                                                .addAll(Section.headings(
                                                        List.of("claim", "bytes", "verdict", "evidence")))))
                                .add(body)));
    }

    private Html table() {
        List<String> columns = new ArrayList<>(List.of(
                "representation",
                "bytes",
                "bits",
                "seeds",
                "flatness",
                "predicted error",
                "error",
                "error near",
                "bias",
                "total error"));
        FlatnessStudy.OVERSAMPLINGS.forEach(oversampling -> columns.add("recall x" + oversampling));
        Element body = Element.of("tbody");
        for (Flatness.Outcome outcome : flatness.outcomes()) {
            body = body.add(row(outcome));
        }
        return Section.of("table", "All that was measured")
                .add(Section.scrolling(
                        "All that was measured",
                        Element.of("table")
                                .with("class", "data")
                                .add(Section.caption("Errors are shares of the product of the two lengths."))
                                .add(Element.of("thead").add(Element.of("tr").addAll(Section.headings(columns))))
                                .add(body)));
    }

    private static Element row(Flatness.Outcome outcome) {
        Element row = Element.of("tr").add(Element.of("th", outcome.name()).with("scope", "row"));
        for (int number : List.of(outcome.bytes(), outcome.bits(), outcome.seeds())) {
            row = row.add(Element.of("td", Integer.toString(number)));
        }
        for (double number : List.of(
                outcome.flatness(),
                outcome.predicted(),
                outcome.error(),
                outcome.nearError(),
                outcome.bias(),
                outcome.total())) {
            row = row.add(Element.of("td", Double.isNaN(number) ? "" : String.format(Locale.ROOT, "%.4f", number)));
        }
        for (MeanInterval recall : outcome.recall().values()) {
            row = row.add(Element.of(
                    "td",
                    String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", recall.mean(), recall.low(), recall.high())));
        }
        return row;
    }
}
