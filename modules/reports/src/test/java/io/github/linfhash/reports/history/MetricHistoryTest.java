package io.github.linfhash.reports.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.reports.charts.LineChartSvg;
import io.github.linfhash.reports.charts.LinePoint;
import io.github.linfhash.reports.page.HistoryPage;
import io.github.linfhash.results.MadeResults;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.DatasetSummary;
import io.github.linfhash.results.schema.Results;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricHistoryTest {
    private static Results level(String method, double level) {
        return MadeResults.of(List.of(method), List.of(16), 2, (m, bits, seed) -> level + 0.01 * seed);
    }

    private static Map<String, Results> files() {
        Map<String, Results> files = new LinkedHashMap<>();
        files.put("z<old>.json", level("a", 0.2));
        files.put("gap.json", level("b", 0.9));
        files.put("new.json", level("a", 0.4));
        return files;
    }

    @Test
    void pointsAreMeansInTheGivenOrderAndGapsStayEmpty() {
        MetricHistory history = MetricHistory.of(files(), "map", "a", 16);
        List<LinePoint> points = history.chart().series().get(0).points();
        assertThat(points).extracting(LinePoint::x).containsExactly(1.0, 3.0);
        assertThat(points.get(1).y()).isCloseTo(40.5, within(1e-9));
        assertThat(points.get(1).hasBand()).isTrue();
        assertThat(history.rows().get(0))
                .startsWith("1", "z<old>.json", "0123abcd")
                .endsWith("20.50", "6.353", "2");
        assertThat(history.rows().get(1)).contains("not run");
        assertThat(LineChartSvg.document(history.chart())).contains("map of a, 16 bits");
        assertThat(HistoryPage.render(history, level("a", 0.4))).contains("z&lt;old&gt;.json", "not run");
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        refused(Map.of("one", level("a", 0.2)), "map", "expected at least two results.json, found 1");
        refused(files(), "precision@2", "found none in 3 files");
        Map<String, Results> others = files();
        others.put(
                "other",
                SampleResults.comparison(new DatasetSummary("o", "O", "f".repeat(64), 5, false, false, List.of())));
        refused(others, "map", "expected the same hash of the data");
    }

    private static void refused(Map<String, Results> files, String metric, String sentence) {
        assertThatThrownBy(() -> MetricHistory.of(files, metric, "a", 16))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(sentence);
    }
}
