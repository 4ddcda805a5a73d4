package io.github.linfhash.results.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellValuesTest {
    /** Five tuning runs with two seeds each, a hundredth apart. */
    private static CellValues of(String method, double... tuningRuns) {
        List<RunResult> runs = new ArrayList<>();
        for (int i = 0; i < tuningRuns.length; i++) {
            for (long seed = 0; seed < 2; seed++) {
                RunKey key = new RunKey(method, "tuned-" + (i + 1), 64, seed);
                runs.add(SampleResults.measured(key, tuningRuns[i] + (seed - 0.5) / 100));
            }
        }
        return CellValues.of(runs, run -> run.metrics().get("map"));
    }

    @Test
    void tuningRunsInTwoGroupsAreShownWithoutAnInterval() {
        Summary summary = of("snnh", 0.05, 0.79, 0.72, 0.06, 0.78).summary();

        assertThat(summary.mean()).isCloseTo(0.48, within(1e-12));
        assertThat(summary.interval()).isEmpty();
        assertThat(summary.searches()).isEqualTo(5);
        assertThat(QuantityText.both(StandardMetrics.quantity("map"), summary, " ± "))
                .isEqualTo("48.00 (5.00, 6.00, 72.00, 78.00, 79.00)");
        assertThat(of("nnh", 0.70, 0.71, 0.72, 0.73, 0.76).summary().interval()).isPresent();
    }

    /** 5 and 6 are the smallest of ten, and the other three are among the largest: 2 + 1 + 8 + 9 + 10 = 30 against 27.5 on average. */
    @Test
    void differencesOfSuchRunsAreTestedByRanks() {
        CellValues grouped = of("snnh", 0.05, 0.79, 0.72, 0.06, 0.78);
        Summary difference = grouped.minus(of("nnh", 0.1, 0.2, 0.3, 0.4, 0.5)).tested();

        assertThat(difference.interval()).isEmpty();
        assertThat(difference.groups()).isEmpty();
        assertThat(difference.mean()).isCloseTo(0.18, within(1e-12));
        assertThat(difference.p(0).orElseThrow()).isCloseTo(174 / 252.0, within(1e-12));
        assertThat(difference.p(0.1)).isEmpty();
        assertThat(of("nnh", 0.1, 0.11, 0.12, 0.13, 0.14)
                        .minus(of("snnh", 0.05, 0.79, 0.72, 0.06, 0.78))
                        .tested()
                        .p(0))
                .isNotEmpty();
        assertThat(of("a", 1, 2, 3, 4, 5)
                        .minus(of("b", 6, 7, 8, 9, 60))
                        .tested()
                        .p(0)
                        .orElseThrow())
                .isCloseTo(2 / 252.0, within(1e-12));
    }
}
