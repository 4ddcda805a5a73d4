package io.github.linfhash.reports.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.linfhash.html.charts.ChartAxis;
import io.github.linfhash.html.charts.LineChart;
import io.github.linfhash.html.charts.LineChart.LinePoint;
import io.github.linfhash.html.charts.LineChart.LineSeries;
import io.github.linfhash.html.charts.LineChart.LineStyle;
import io.github.linfhash.html.charts.LineChartSvg;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

class ChartPngTest {
    private final LineChart chart = new LineChart(
            "sample",
            "Sample",
            "a note",
            LineChart.OF_MEAN,
            new ChartAxis("bits", ChartAxis.Scale.LOG, List.of(32.0, 64.0, 128.0)),
            ChartAxis.over("precision, %", 0, 100),
            List.of(new LineSeries(
                    "NNH",
                    LineStyle.of(0),
                    List.of(LinePoint.of(32, 100), LinePoint.of(64, 50), LinePoint.of(128, 0)))));

    @Test
    void thePngIsThePictureAtTwiceItsSize() throws IOException {
        assumeTrue(ChartPng.obstacle().isEmpty(), "this Java installation finds no fonts");
        Document svg = Jsoup.parse(LineChartSvg.document(chart), "", Parser.xmlParser());
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(ChartPng.of(chart)));
        assertThat(image.getHeight())
                .isEqualTo((int) (2 * Double.parseDouble(svg.select("svg").attr("height"))));
        // The marker in the middle of the line has the first color, the corner is paper.
        assertThat(image.getRGB(2 * 318, 2 * 204)).isEqualTo(0xff0072b2);
        assertThat(image.getRGB(0, 0)).isEqualTo(0xffffffff);
    }

    /** The failures are those that Java throws without fonts, and without the library that finds them. */
    @Test
    void aJavaWithoutFontsSaysSoInOneSentence() {
        RuntimeException fonts = new RuntimeException("Fontconfig head is null, check your fonts");
        assertThat(ChartPng.obstacle(() -> {
                    throw fonts;
                }))
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith(
                                "this Java installation finds no fonts (Fontconfig head is null, check your fonts); ")
                        .doesNotEndWith("."));
        assertThat(ChartPng.obstacle(() -> {
                    throw new UnsatisfiedLinkError("libfreetype.so.6");
                }))
                .isPresent();
        assertThat(ChartPng.obstacle(() -> {})).isEmpty();
    }
}
