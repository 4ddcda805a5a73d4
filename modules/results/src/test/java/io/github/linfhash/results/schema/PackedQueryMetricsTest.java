package io.github.linfhash.results.schema;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.results.SampleResults;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedQueryMetricsTest {
    @TempDir
    private Path folder;

    private static Results oneRun() {
        Results sample = SampleResults.comparison();
        return new Results(
                sample.protocol(), sample.environment(), sample.runs().subList(0, 1));
    }

    /** Values in equal steps about the run's mean, the largest first. */
    private static double[] values(RunResult run, int queries) {
        double[] values = new double[queries];
        Arrays.setAll(
                values, q -> Objects.requireNonNull(run.metrics().get("map")) + 0.1 * (0.5 - (q + 0.5) / queries));
        return values;
    }

    @Test
    void valuesAreThoseBeforeTheFileButForRounding() throws Exception {
        Results results = oneRun();
        RunResult run = results.runs().get(0);
        double[] values = values(run, results.protocol().sizes().queries());
        PackedQueryMetrics.of(results, (of, metric) -> Optional.of(values))
                .orElseThrow()
                .write(folder);
        PackedQueryMetrics read = PackedQueryMetrics.read(folder, results).orElseThrow();

        assertThat(read.of(run, "map").orElseThrow()).containsExactly(values, within(0.5e-4));
        assertThat(read.of(run, "precision@2")).isEmpty();
    }

    @Test
    void valuesWhoseMeanIsOffByMoreThanRoundingAreRefused() throws Exception {
        Results results = oneRun();
        double[] values =
                values(results.runs().get(0), results.protocol().sizes().queries());
        Arrays.setAll(values, q -> values[q] + 2e-4);
        PackedQueryMetrics.of(results, (of, metric) -> Optional.of(values))
                .orElseThrow()
                .write(folder);

        assertBadInput(() -> PackedQueryMetrics.read(folder, results))
                .hasMessageContaining("values of map from 0 to 1 whose mean is");
    }

    @Test
    void valuesOfAnotherShapeAreRefused() throws Exception {
        NpyArray flat = NpyArray.owning(NpyType.UINT16, List.of(10), new byte[20]);
        AtomicFiles.writePacked(folder.resolve("queries-map.npy.gz"), NpyFile.toBytes(flat));
        assertBadInput(() -> PackedQueryMetrics.read(folder, oneRun()))
                .hasMessageContaining("a row for each run that did not fail, found uint16 of shape [10]");
    }

    @Test
    void thereAreNoneWhereOneRunHasNone() {
        assertThat(PackedQueryMetrics.of(oneRun(), (of, metric) -> Optional.empty()))
                .isEmpty();
        assertThat(PackedQueryMetrics.read(folder, oneRun())).isEmpty();
    }
}
