package io.github.linfhash.html.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.html.charts.LineChart.LinePoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChartAxisTest {
    private static List<Double> ticks(double low, double high) {
        return ChartAxis.percentOf(
                        "recall, %",
                        LineChart.lines(Map.of("a", List.of(new LinePoint(1, (low + high) / 2, low, high)))))
                .ticks();
    }

    @Test
    void percentagesStartWhereTheDataAre() {
        assertThat(ticks(94.3, 100)).containsExactly(94.0, 96.0, 98.0, 100.0);
        assertThat(ticks(3, 97)).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0, 100.0);
        assertThat(ticks(100, 100)).containsExactly(99.9, 100.0);
    }

    @Test
    void powersOfTwoAreAroundTheNumbers() {
        assertThat(ChartAxis.doubling("bytes", 48, 388, 20).ticks())
                .containsExactly(16.0, 32.0, 64.0, 128.0, 256.0, 512.0);
        assertThat(ChartAxis.doubling("bytes", 16, 16).ticks()).containsExactly(16.0, 32.0);
    }
}
