package io.github.linfhash.reports.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.core.statistics.CrossedMean;
import io.github.linfhash.html.charts.LineChart;
import io.github.linfhash.html.charts.LineChart.LinePoint;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Evidence;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.Results.QueryValues;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LengthFiguresTest {
    private static final int QUERIES = 1000;
    private static final int BITS = 48;
    private static final Results RESULTS = SampleResults.comparison();
    private static final QueryValues VALUES = (run, metric) -> Optional.of(values(run, metric));

    /** 1 for so many queries that the metric is their mean, up to rounding to a query, else 0. */
    private static double[] values(RunResult run, String metric) {
        double share = run.metrics().getOrDefault(metric, 0.0);
        return IntStream.range(0, QUERIES)
                .mapToDouble(query -> query < QUERIES * share ? 1 : 0)
                .toArray();
    }

    /** The point of KSH at the first length. */
    private static LinePoint point(Evidence evidence) {
        LineChart chart = LengthFigures.of(evidence).get(0);
        assertThat(chart.caption()).endsWith("Bands: 95% interval of the mean.");
        assertThat(chart.series().get(0).name()).isEqualTo("KSH");
        assertThat(chart.series().get(0).points().get(0).x()).isEqualTo(BITS);
        return chart.series().get(0).points().get(0);
    }

    @Test
    void bandsCountTheVariationOverQueriesAsTablesDo() {
        LinePoint point = point(new Evidence(RESULTS, VALUES));
        List<RunResult> runs = RESULTS.runs("ksh", BITS);
        double[][][] values = {
            runs.stream().map(run -> values(run, "precision@2")).toArray(double[][]::new)
        };
        double share = (double) RESULTS.protocol().sizes().queries()
                / RESULTS.protocol().dataset().images();
        CrossedMean mean = CrossedMean.nested(List.<double[][][]>of(values), CrossedMean.Range.FRACTION, share)
                .orElseThrow();
        assertThat(point.high() - point.y()).isCloseTo(100 * (mean.high() - mean.mean()), within(1e-9));
        assertThat(point.y() - point.low()).isCloseTo(100 * (mean.mean() - mean.low()), within(1e-9));

        LinePoint without = point(Evidence.without(RESULTS));
        assertThat(without.y()).isEqualTo(point.y());
        assertThat(point.high() - point.low()).isGreaterThan(1.2 * (without.high() - without.low()));
    }
}
