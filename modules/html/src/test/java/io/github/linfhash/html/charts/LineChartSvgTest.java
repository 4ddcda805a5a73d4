package io.github.linfhash.html.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.html.charts.LineChart.LinePoint;
import io.github.linfhash.html.charts.LineChart.LineSeries;
import io.github.linfhash.html.charts.LineChart.LineStyle;
import io.github.linfhash.html.charts.LineChartSvg.LineLabels;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

class LineChartSvgTest {
    private static final ChartAxis PERCENT = ChartAxis.over("precision, %", 0, 100);
    private static final ChartAxis BITS = new ChartAxis("bits", ChartAxis.Scale.LOG, List.of(32.0, 64.0, 128.0));

    private final LineChart chart =
            chart(line("NNH <b>", 0, new LinePoint(32, 100, 90, 100), LinePoint.of(64, 50), LinePoint.of(128, 0)));

    private static LineChart chart(LineSeries... lines) {
        return new LineChart("sample", "Sample & more", "a note", LineChart.OF_MEAN, BITS, PERCENT, List.of(lines));
    }

    private static LineSeries line(String name, int number, LinePoint... points) {
        return new LineSeries(name, LineStyle.of(number), List.of(points));
    }

    private static Document parse(String svg) {
        return Jsoup.parse(svg, "", Parser.xmlParser());
    }

    /** The plot is 520 wide from x = 58 and 320 high from y = 44; on a logarithmic axis 64 is halfway from 32 to 128. */
    @Test
    void pointsAreWhereTheAxesPutThem() {
        Document svg = parse(LineChartSvg.document(chart));
        assertThat(svg.expectFirst("g > polyline").attr("points")).isEqualTo("58,44 318,204 578,364");
        assertThat(svg.expectFirst("polygon").attr("points"))
                .as("the band, there and back")
                .isEqualTo("58,44 318,204 578,364 578,364 318,204 58,76");
    }

    @Test
    void textsAreTextElementsAndStayText() {
        Document svg = parse(LineChartSvg.document(chart));
        assertThat(svg.select("text").eachText())
                .contains("Sample & more", "NNH <b>", "bits", "precision, %", "64", "100");
        assertThat(svg.select("b, script")).isEmpty();
    }

    @Test
    void linesCanBeToldApartWithoutColors() {
        Set<String> looks = new HashSet<>();
        for (int i = 0; i < LineStyle.DISTINCT; i++) {
            LineStyle style = LineStyle.of(i);
            looks.add(style.shape() + " " + style.open() + " " + style.dashes());
        }
        assertThat(looks).hasSize(LineStyle.DISTINCT);
    }

    @Test
    void namesStandBesideTheEndsOfTheirLinesWithoutTouching() {
        LineSeries[] close = {
            line("a", 0, LinePoint.of(32, 10), LinePoint.of(128, 50)),
            line("b", 1, LinePoint.of(32, 20), LinePoint.of(128, 51)),
            line("c", 2, LinePoint.of(32, 30), LinePoint.of(128, 90))
        };
        List<LineLabels.Label> labels = LineLabels.place(List.of(close), y -> 364 - 3.2 * y, 44, 364);
        assertThat(labels).extracting(label -> label.line().name()).containsExactly("c", "b", "a");
        assertThat(labels.get(0).y()).isEqualTo(76);
        assertThat(labels.get(2).y() - labels.get(1).y()).isGreaterThanOrEqualTo(LineLabels.GAP);
        assertThat(labels).allMatch(LineLabels.Label::direct);
    }

    @Test
    void linesThatEndInOnePointAreListedInTheirOrder() {
        LineSeries[] many = new LineSeries[12];
        for (int i = 0; i < many.length; i++) {
            many[i] = line("m" + i, i, LinePoint.of(32, i), LinePoint.of(128, 10));
        }
        List<LineLabels.Label> labels = LineLabels.place(List.of(many), y -> 364 - 3.2 * y, 44, 364);
        assertThat(labels).noneMatch(LineLabels.Label::direct);
        assertThat(labels).extracting(label -> label.line().name()).startsWith("m0", "m1");
    }

    @Test
    void theBytesDoNotDependOnTheLocale() {
        String here = LineChartSvg.document(chart);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(LineChartSvg.document(chart)).isEqualTo(here);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void theDataForScriptsAreThoseOfTheChart() throws IOException {
        JsonNode json = new JsonMapper().readTree(chart.json());
        assertThat(json.get("x").get("scale").asText()).isEqualTo("log");
        assertThat(json.get("y").get("max").asDouble()).isEqualTo(100);
        JsonNode line = json.get("series").get(0);
        assertThat(line.get("name").asText()).isEqualTo("NNH <b>");
        assertThat(line.get("points").toString())
                .isEqualTo("[[32.0,100.0,90.0,100.0],[64.0,50.0,50.0,50.0],[128.0,0.0,0.0,0.0]]");
    }

    @Test
    void axesHaveRoundTicksOverAllNumbers() {
        assertThat(ChartAxis.over("", 0, 42.4).ticks()).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0, 50.0);
        assertThat(ChartAxis.over("", 0, 0.7).ticks()).containsExactly(0.0, 0.2, 0.4, 0.6, 0.8);
        assertThat(ChartAxis.over("", -3, 1).ticks()).containsExactly(-3.0, -2.0, -1.0, 0.0, 1.0);
        assertThat(ChartAxis.over("", 0, 0).ticks()).hasSizeGreaterThan(1).startsWith(0.0);
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        assertThatThrownBy(() -> line("a", 0, LinePoint.of(1, Double.NaN))).isInstanceOf(NonFiniteException.class);
        assertThatThrownBy(() -> line("a", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> chart(line("a", 0, LinePoint.of(16, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("outside its axis");
        assertThatThrownBy(() -> new ChartAxis("", ChartAxis.Scale.LOG, List.of(0.0, 1.0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Axes from 32 to 128 and from 0 to 100: the middle of the plot is at 318, 204. */
    @Test
    void targetsAndChoicesArePointedOut() {
        LineChart pointed = new LineChart(
                "sample",
                "Sample",
                "a note",
                LineChart.OF_MEAN,
                BITS,
                PERCENT,
                chart.series(),
                new LineChart.Highlights(List.of(50.0), List.of(new LineChart.Mark("for 50% & more", 64, 50))));
        Document svg = parse(LineChartSvg.document(pointed));
        assertThat(svg.select(".level line").attr("y1")).isEqualTo("204");
        assertThat(svg.select(".level text").text()).isEqualTo("50");
        assertThat(svg.select(".mark circle").attr("cx")).isEqualTo("318");
        assertThat(svg.select(".mark circle").attr("cy")).isEqualTo("204");
        assertThat(svg.select(".mark text").text()).isEqualTo("for 50% & more");
        assertThatThrownBy(() -> new LineChart(
                        "sample",
                        "Sample",
                        "a note",
                        LineChart.OF_MEAN,
                        BITS,
                        PERCENT,
                        chart.series(),
                        new LineChart.Highlights(List.of(101.0), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("outside its axis");
    }

    /** Names lead to no lines that end far before the edge: what leads there would cross others. */
    @Test
    void namesOfLinesThatEndEarlyAreListed() {
        LineChart early = chart(
                line("early", 0, LinePoint.of(32, 90)), line("late", 1, LinePoint.of(32, 10), LinePoint.of(128, 20)));
        assertThat(parse(LineChartSvg.document(early)).select("polyline.leader"))
                .isEmpty();
    }

    @Test
    void anIntervalOfASinglePointIsALine() {
        Document svg = parse(LineChartSvg.document(chart(line("one", 0, new LinePoint(64, 50, 25, 75)))));
        assertThat(svg.select("g[data-line=0] > line").eachAttr("y1")).containsExactly("284");
        assertThat(svg.select("g[data-line=0] > line").eachAttr("y2")).containsExactly("124");
    }

    @Test
    void whatLeadsToALabelCanBeToldFromTheLine() {
        Document svg = parse(LineChartSvg.document(chart));
        // From the end of the line, at the bottom right, to the sample beside the plot.
        assertThat(svg.select("polyline.leader").eachAttr("points"))
                .singleElement()
                .satisfies(points -> assertThat(points).startsWith("578,364 600,"));
    }
}
