package io.github.linfhash.experiment;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.results.RunResult;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Metrics that a protocol asks for, and curves that every run has. */
class MetricsOnRequestTest extends OnTinyHome {
    private RunResult run(String method) throws IOException {
        return run("tiny", Selection.ALL.ofMethods(method).atBits(8).withSeeds(0L))
                .runs(method, 8)
                .get(0);
    }

    @Test
    void whoAsksHasThemAndWhoDoesNotKeepsWhatThereWas() throws IOException {
        Map<String, Double> before = run("spherical").metrics();
        assertThat(before).containsKey("map").doesNotContainKeys("map@1000", "bitBias", "ownMap");
        edit(
                "tiny",
                "bits: [8, 12]",
                "bits: [8, 12]\nmetrics: [map, map@1000, recallTop1000, lookupSuccess@2, bitBias, ownMap]");
        RunResult spherical = run("spherical");
        assertThat(spherical.metrics())
                .containsAllEntriesOf(before)
                .containsKeys("map@1000", "recallTop1000", "lookupSuccess@2", "bitBias", "ownMap")
                .doesNotContainKey("bitCorrelation");
        // All 105 rows of the database are among the first 1,000.
        assertThat(spherical.metrics()).containsEntry("recallTop1000", 1.0);
        assertThat(spherical.metrics().get("map@1000")).isEqualTo(before.get("map"));
        assertThat(spherical.metrics().get("ownMap")).isBetween(0.2, 1.0).isNotEqualTo(before.get("map"));
        // Random hyperplanes have no distance of their own.
        assertThat(run("lsh").metrics()).containsKey("bitBias").doesNotContainKey("ownMap");
    }

    @Test
    void everyRunHasItsCurvesByNumberOfCandidates() throws IOException {
        RunResult run = run("spherical");
        // 1, 2, 5, 10, 20, 50, 100 of 105 rows.
        double[] recall = requireNonNull(run.curves().get("candidates.recall"));
        double[] precision = requireNonNull(run.curves().get("candidates.precision"));
        assertThat(recall).hasSize(7).isSorted();
        assertThat(precision).hasSize(7);
        // 35 rows of the database are of a query's class.
        assertThat(recall[2]).isCloseTo(precision[2] * 5 / 35, within(1e-12));
    }
}
