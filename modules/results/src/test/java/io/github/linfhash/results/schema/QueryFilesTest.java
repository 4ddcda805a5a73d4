package io.github.linfhash.results.schema;

import static io.github.linfhash.testing.InputErrors.assertBadInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.codes.BinaryCodes;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.evaluation.Conventions.Average;
import io.github.linfhash.core.evaluation.Metric;
import io.github.linfhash.core.evaluation.Retrieval;
import io.github.linfhash.core.evaluation.StandardMetrics;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.Relevance;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.io.files.CheckedFiles;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.io.npy.NpyType;
import io.github.linfhash.testing.NotedProgress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryFilesTest {
    private static final String CODES = Digests.sha256("codes");

    /** Two queries, three rows of the database, two bits. */
    private static final Retrieval RETRIEVAL = Retrieval.of(
            BinaryCodes.ofSigns(2, 2, new float[] {1, 1, -1, -1}),
            BinaryCodes.ofSigns(3, 2, new float[] {1, 1, 1, -1, -1, -1}),
            Relevance.bySimilarLabels(ClassLabels.of(0, 1), ClassLabels.of(0, 1, 1)));

    @TempDir
    private Path folder;

    private static Map<String, double[]> perQuery(List<String> asked, Conventions conventions) {
        return Metric.Value.queriesByKey(StandardMetrics.measure(asked, RETRIEVAL, conventions));
    }

    private static RunResult run(String method, Map<String, Double> metrics) {
        return RunResult.measured(
                new RunKey(method, 2, 7), Digests.sha256("split"), CODES, 0, 0L, metrics, Map.of(), Map.of());
    }

    private static RunResult run() {
        return run("ksh", StandardMetrics.evaluate(RETRIEVAL));
    }

    private Path file() {
        return folder.resolve("queries").resolve("ksh-2-seed7-" + CODES.substring(0, 16) + ".v1.npy");
    }

    private QueryFiles kept() throws IOException {
        QueryFiles files = new QueryFiles(folder, 2);
        files.keep(run(), perQuery(List.of(), Conventions.STANDARD));
        return files;
    }

    @Test
    void valuesOfEachQueryComeBackAndTheFileIsNumPys() throws IOException {
        QueryFiles files = kept();
        assertThat(files.has(run(), Progress.NONE, CheckedFiles.COMPUTED_AGAIN)).isTrue();
        // Query 0 is of class 0 and lies on the only row of its class; query 1 on one of two of its class.
        assertThat(files.of(run(), "precision@0").orElseThrow()).containsExactly(1, 1);
        assertThat(files.of(run(), "recall@0").orElseThrow()).containsExactly(1, 0.5);
        assertThat(files.of(run(), "precision@2").orElseThrow())
                .containsExactly(new double[] {1 / 3.0, 2 / 3.0}, within(1e-7));
        assertThat(files.of(run(), "f1@2")).isEmpty();
        assertThat(files.of(run(), "uniqueCodes")).isEmpty();
        NpyArray array = NpyFile.read(file());
        assertThat(array.type()).isEqualTo(NpyType.FLOAT32);
        assertThat(array.shape()).containsExactly(2, 8);
        // Query 0 is at distance 0 from its only row, query 1 at 1 and 0 from its two.
        assertThat(files.of(run(), "meanDistance").orElseThrow()).containsExactly(0, 0.5);
    }

    @Test
    void metricsOnRequestHaveTheLastColumns() throws IOException {
        List<String> asked = List.of("lookupSuccess@2", "map@1000");
        Map<String, Double> metrics = StandardMetrics.evaluate(RETRIEVAL);
        metrics.putAll(StandardMetrics.onRequest(asked, RETRIEVAL, Conventions.STANDARD));
        QueryFiles files = new QueryFiles(folder, 2);
        files.keep(run("ksh", metrics), perQuery(asked, Conventions.STANDARD));
        assertThat(files.of(run("ksh", metrics), "lookupSuccess@2").orElseThrow())
                .containsExactly(1, 1);
        assertThat(files.of(run("ksh", metrics), "precision@0").orElseThrow()).containsExactly(1, 1);
        assertThat(files.of(run("ksh", metrics), "map@5000")).isEmpty();
        assertThat(files.of(run("ksh", metrics), "neighborRecall@1")).isEmpty();
        assertThat(NpyFile.read(file()).shape()).containsExactly(2, 20);
    }

    @Test
    void whatWasNotKeptIsNotThere() throws IOException {
        QueryFiles files = new QueryFiles(folder, 2);
        assertThat(files.has(run(), Progress.NONE, CheckedFiles.COMPUTED_AGAIN)).isFalse();
        assertThat(files.of(run(), "map")).isEmpty();
        RunResult failed = RunResult.failed(run().key(), run().splitHash(), "it failed");
        assertThat(kept().of(failed, "map")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 183})
    void aDamagedFileIsNone(int length) throws IOException {
        QueryFiles files = kept();
        byte[] content = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(content, length));
        List<String> notes = new ArrayList<>();
        assertThat(files.has(run(), new NotedProgress(notes), CheckedFiles.COMPUTED_AGAIN))
                .isFalse();
        assertThat(notes).singleElement().asString().contains(file().toString(), "is computed again");
        files.keep(run(), perQuery(List.of(), Conventions.STANDARD));
        assertThat(files.has(run(), Progress.NONE, CheckedFiles.COMPUTED_AGAIN)).isTrue();
    }

    @Test
    void pooledRecallIsNoMeanOverQueries() throws IOException {
        Conventions pooled = Conventions.STANDARD.with(Average.MACRO_PRECISION_POOLED_RECALL);
        QueryFiles files = new QueryFiles(folder, 2);
        RunResult run = run("ksh", StandardMetrics.evaluate(RETRIEVAL, pooled));
        files.keep(run, perQuery(List.of(), pooled));
        assertThat(files.of(run, "precision@2")).isPresent();
        assertThat(files.of(run, "recall@2")).isEmpty();
    }

    @Test
    void valuesOfAnotherRunAreRefused() throws IOException {
        QueryFiles files = kept();
        Map<String, Double> other = new HashMap<>(run().metrics());
        other.merge("map", -0.01, Double::sum);
        assertRefused(() -> files.of(run("ksh", other), "map"), ".v1.npy", "whose mean is that of the run ksh-2-seed7");
        NpyFile.write(file(), NpyArray.owning(NpyType.FLOAT32, List.of(3, 7), new byte[84]));
        assertRefused(() -> files.of(run(), "map"), "[2, 7]", "[3, 7]");
        byte[] infinite = new byte[56];
        infinite[2] = (byte) 0x80;
        infinite[3] = 0x7f;
        NpyFile.write(file(), NpyArray.owning(NpyType.FLOAT32, List.of(2, 7), infinite));
        assertRefused(() -> files.of(run(), "map"), "a fraction within 0..1 in each row of the column map", "Infinity");
        Files.writeString(file(), "no array");
        assertRefused(() -> files.of(run(), "map"), "no NPY file");
    }

    private static void assertRefused(ThrowingCallable reading, String... parts) {
        assertBadInput(reading)
                .message()
                .contains(parts)
                .contains("expected", "found")
                .doesNotContain("\n")
                .doesNotEndWith(".");
    }

    /** Of the seven columns that the first version had, and of one column more than this version has. */
    @ParameterizedTest
    @ValueSource(ints = {7, 9})
    void filesOfOtherVersionsHaveTheSameFirstColumns(int columns) throws IOException {
        QueryFiles files = kept();
        NpyArray now = NpyFile.read(file());
        ByteBuffer other = ByteBuffer.allocate(Float.BYTES * 2 * columns).order(ByteOrder.LITTLE_ENDIAN);
        for (int q = 0; q < 2; q++) {
            for (int c = 0; c < columns; c++) {
                other.putFloat(c < 8 ? (float) now.real(q * 8 + c) : -1);
            }
        }
        NpyFile.write(file(), NpyArray.owning(NpyType.FLOAT32, List.of(2, columns), other.array()));
        assertThat(files.of(run(), "recall@0").orElseThrow()).containsExactly(1, 0.5);
        assertThat(files.of(run(), "precisionTop5000")).isPresent();
        assertThat(files.of(run(), "meanDistance").isPresent()).isEqualTo(columns > 7);
    }

    /** Files of earlier versions name no columns: these places are theirs for good. */
    @Test
    void theColumnsOfEarlierVersionsStay() {
        assertThat(StandardMetrics.OVER_QUERIES.get(0))
                .startsWith("map precision@2 recall@2 precision@0 recall@0 map@10 precisionTop5000 meanDistance"
                        .split(" "));
    }

    @Test
    void namesInAResultsFileLeadNowhereElse() throws IOException {
        QueryFiles files = kept();
        Files.copy(file(), folder.resolve("x-2-seed7-" + CODES.substring(0, 16) + ".v1.npy"));
        assertThat(files.of(run("../x", run().metrics()), "map")).isEmpty();
    }
}
