package io.github.linfhash.results.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.results.SampleResults;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.tables.SummaryTable.SeedSummaries;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeedSummariesTest {
    private static final double EXACT = 1e-12;

    @Test
    void meanAndSampleDeviationAreThoseComputedByHand() {
        // mAP 0.1, 0.2, 0.6: mean 0.3; squared deviations 0.04 + 0.01 + 0.09 = 0.14, over n - 1 = 2: 0.07.
        Summary summary = of(0.1, 0.2, 0.6).find("ksh", 48, "map").orElseThrow();

        assertThat(summary.mean()).isCloseTo(0.3, within(EXACT));
        assertThat(summary.spread().orElseThrow()).isCloseTo(Math.sqrt(0.07), within(EXACT));
        assertThat(summary.n()).isEqualTo(3);
    }

    @Test
    void twoSeedsDifferByTheirDistanceOverTheRootOfTwo() {
        Summary summary = of(0.25, 0.75).find("ksh", 48, "map").orElseThrow();
        assertThat(summary.mean()).isEqualTo(0.5);
        assertThat(summary.spread().orElseThrow()).isCloseTo(0.5 / Math.sqrt(2), within(EXACT));
    }

    @Test
    void aSingleSeedHasNoSpread() {
        Summary summary = of(0.4).find("ksh", 48, "map").orElseThrow();
        assertThat(summary.mean()).isEqualTo(0.4);
        assertThat(summary.spread()).isEmpty();
        assertThat(summary.n()).isEqualTo(1);
    }

    @Test
    void equalSeedsHaveASpreadOfZero() {
        Summary summary = of(0.4, 0.4).find("ksh", 48, "map").orElseThrow();
        assertThat(summary.spread().orElseThrow()).isZero();
    }

    @Test
    void methodsAndLengthsAreNotMixedAndFailedRunsDoNotCount() {
        SeedSummaries summaries = SeedSummaries.ofMetrics(SampleResults.comparison());

        assertThat(summaries.find("ksh", 48, "map").orElseThrow().mean()).isCloseTo(0.350, within(EXACT));
        assertThat(summaries.find("ksh", 64, "map").orElseThrow().mean()).isCloseTo(0.366, within(EXACT));
        assertThat(summaries.find("itq", 64, "map").orElseThrow().mean()).isCloseTo(0.426, within(EXACT));
        Summary withFailure = summaries.find("deep-linf", 64, "map").orElseThrow();
        assertThat(withFailure.n()).isEqualTo(2);
        assertThat(withFailure.mean()).isCloseTo(0.405, within(EXACT));
    }

    @Test
    void whatWasNotMeasuredHasNoSummary() {
        SeedSummaries summaries = SeedSummaries.ofMetrics(SampleResults.comparison());
        assertThat(summaries.find("lsh", 48, "map")).isEmpty();
        assertThat(summaries.find("ksh", 32, "map")).isEmpty();
        assertThat(summaries.find("ksh", 48, "map@10")).isEmpty();
        assertThat(of().find("ksh", 48, "map")).isEmpty();
    }

    @Test
    void timesAreSummarizedToo() {
        SeedSummaries seconds = SeedSummaries.ofSeconds(SampleResults.comparison());
        assertThat(seconds.find("nnh", 48, "train").orElseThrow().mean()).isEqualTo(3.25);
    }

    @Test
    void noRunsAtAllGiveNoSummaries() {
        Results sample = SampleResults.comparison();
        Results empty = new Results(sample.protocol(), sample.environment(), List.of());
        assertThat(SeedSummaries.ofMetrics(empty).find("ksh", 48, "map")).isEmpty();
    }

    private static SeedSummaries of(double... maps) {
        Results sample = SampleResults.comparison();
        return SeedSummaries.ofMetrics(SampleResults.withRuns(
                sample,
                IntStream.range(0, maps.length)
                        .mapToObj(seed -> SampleResults.measured(new RunKey("ksh", 48, seed), maps[seed]))));
    }
}
