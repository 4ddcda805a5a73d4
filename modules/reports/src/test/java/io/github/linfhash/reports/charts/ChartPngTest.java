package io.github.linfhash.reports.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.linfhash.reports.charts.LineChart.LinePoint;
import io.github.linfhash.reports.charts.LineChart.LineSeries;
import io.github.linfhash.reports.charts.LineChart.LineStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartPngTest {
    /** JSVG of its own accord draws 2,000 marks at most; a comparison of eighty rows has more. */
    @Test
    void aChartMayHaveManyMarks() {
        assumeTrue(ChartPng.obstacle().isEmpty(), "this Java installation finds no fonts");
        List<LinePoint> points = IntStream.range(0, 50)
                .mapToObj(i -> LinePoint.of(i / 50.0, 0.5))
                .toList();
        List<LineSeries> lines = IntStream.range(0, 80)
                .mapToObj(i -> new LineSeries("line " + i, new LineStyle(i % 4, false), points))
                .toList();
        LineChart chart = new LineChart(
                "many",
                "Many",
                "a note",
                LineChart.OF_MEAN,
                ChartAxis.over("x", 0, 1),
                ChartAxis.over("y", 0, 1),
                lines);
        assertThat(ChartPng.of(chart)).startsWith(0x89, 'P', 'N', 'G');
    }

    /** A container whose root is read-only has no folder for temporary files. */
    @Test
    void noTemporaryFileIsWritten(@TempDir Path parent) throws IOException {
        assumeTrue(ChartPng.obstacle().isEmpty(), "this Java installation finds no fonts");
        LineChart chart = new LineChart(
                "sample",
                "Sample",
                "a note",
                LineChart.OF_MEAN,
                ChartAxis.over("x", 0, 1),
                ChartAxis.over("y", 0, 1),
                List.of(new LineSeries("line", new LineStyle(0, false), List.of(LinePoint.of(0, 1)))));
        Path folder = Files.createDirectory(parent.resolve("gone"));
        ImageIO.setCacheDirectory(folder.toFile());
        Files.delete(folder);
        try {
            assertThat(ChartPng.of(chart)).startsWith(0x89, 'P', 'N', 'G');
        } finally {
            ImageIO.setCacheDirectory(null);
        }
    }
}
