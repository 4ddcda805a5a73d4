package io.github.linfhash.reports.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.html.charts.Figure;
import io.github.linfhash.html.charts.LineChart;
import io.github.linfhash.html.charts.LineChart.LineSeries;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LossFiguresTest {
    /** The charts of training at 48 bits where methods train for so many epochs. */
    private static List<LineChart> charts(Map<String, Integer> epochs) {
        Results sample = SampleResults.comparison();
        List<RunResult> runs = sample.runs().stream()
                .filter(run -> !run.failed())
                .map(run -> run.with(
                        run.metrics(),
                        Map.of(
                                "loss",
                                IntStream.range(0, epochs.getOrDefault(run.key().method(), 0))
                                        .mapToDouble(epoch -> 1.0 / (1 + epoch))
                                        .toArray()),
                        run.seconds()))
                .toList();
        Results results = new Results(sample.protocol(), sample.environment(), runs);
        return ResultFigures.of(Evidence.without(results)).stream()
                .filter(figure -> figure.id().equals("loss"))
                .map(Figure::charts)
                .flatMap(List::stream)
                .filter(chart -> chart.title().contains("48 bits"))
                .toList();
    }

    private static List<String> names(LineChart chart) {
        return chart.series().stream().map(LineSeries::name).toList();
    }

    @Test
    void shortTrainingsHaveChartsOfTheirOwn() {
        List<LineChart> charts = charts(Map.of("itq", 50, "ksh", 13, "nnh", 2, "deep-linf", 2));
        assertThat(charts).extracting(LineChart::id).containsExactly("loss-48", "loss-48-to-2");
        assertThat(charts.get(0).title()).isEqualTo("Training loss, 48 bits");
        assertThat(names(charts.get(0))).containsExactly("KSH", "ITQ");
        assertThat(charts.get(1).title()).isEqualTo("Training loss, 48 bits, up to 2 epochs");
        assertThat(names(charts.get(1))).containsExactly("NNH", "Deep l-infinity encoder");
        assertThat(charts.get(1).x().ticks()).last().isEqualTo(2.0);
    }

    @Test
    void trainingsOfSimilarLengthShareAChart() {
        assertThat(charts(Map.of("itq", 40, "ksh", 30, "nnh", 20, "deep-linf", 10)))
                .extracting(LineChart::id)
                .containsExactly("loss-48");
    }
}
