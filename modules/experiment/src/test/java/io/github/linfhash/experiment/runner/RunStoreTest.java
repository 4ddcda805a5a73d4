package io.github.linfhash.experiment.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.experiment.device.TrainingDevice;
import io.github.linfhash.experiment.registry.MethodRegistry;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.ProtocolSummary.DatasetSummary;
import io.github.linfhash.results.schema.ProtocolSummary.FeatureSummary;
import io.github.linfhash.results.schema.ProtocolSummary.SplitSizes;
import io.github.linfhash.results.schema.Results.EnvironmentSummary;
import io.github.linfhash.testing.NotedProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {
    private static final String HASH = Digests.sha256("a");
    private static final String OTHER = Digests.sha256("b");

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private OutputFolder output;

    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void open() {
        output = OutputFolder.open(folder);
    }

    @AfterEach
    void close() throws IOException {
        output.close();
    }

    private RunStore store(String protocolHash, String featureHash, int threads) {
        ProtocolSummary protocol = new ProtocolSummary(
                "p",
                "P",
                protocolHash,
                null,
                new DatasetSummary("d", "D", HASH, 10, false, false, List.of()),
                new FeatureSummary("f", featureHash, 4),
                new SplitSizes(2, 3, 7),
                Map.of(),
                List.of("map"),
                null,
                List.of(8),
                List.of(0L),
                List.of(run(Map.of()).participant().configuration(List.of())));
        return new RunStore(
                output,
                protocol,
                new EnvironmentSummary("1", "c", "jdk", "os", "cpu", 2, "backend", threads, 2, 1),
                TrainingDevice.DEFAULT,
                new NotedProgress(notes));
    }

    private static Run run(Map<String, Object> options) {
        return Run.of(new MethodParticipant(MethodRegistry.standard().configure("ksh", options, "test")), 8, 0);
    }

    private static RunResult result(@Nullable String failure) {
        RunKey key = new RunKey("ksh", 8, 0);
        return failure != null
                ? RunResult.failed(key, HASH, failure)
                : RunResult.measured(key, HASH, HASH, 0, 0L, Map.of("map", 0.5), Map.of(), Map.of());
    }

    @Test
    void findsWhatWasKeptUnderTheSameCircumstancesAlone() throws IOException {
        store(HASH, HASH, 1).keep(run(Map.of()), result(null));
        assertThat(store(HASH, HASH, 1).find(run(Map.of()))).isPresent();
        assertThat(store(OTHER, HASH, 1).find(run(Map.of()))).isEmpty();
        assertThat(store(HASH, OTHER, 1).find(run(Map.of()))).isEmpty();
        assertThat(store(HASH, HASH, 2).find(run(Map.of()))).isEmpty();
        assertThat(store(HASH, HASH, 1).find(run(Map.of("anchors", 20)))).isEmpty();
    }

    @Test
    void keepsNoFailedRun() throws IOException {
        store(HASH, HASH, 1).keep(run(Map.of()), result("the loss is NaN"));
        assertThat(store(HASH, HASH, 1).find(run(Map.of()))).isEmpty();
    }

    @Test
    void computesADamagedRunAgainAndSaysSo() throws IOException {
        RunStore store = store(HASH, HASH, 1);
        store.keep(run(Map.of()), result(null));
        Path file = onlyRun();
        String good = Files.readString(file);
        // Half of it, another digit, and what was never written to its end.
        for (String bad : List.of("", good.substring(0, good.length() / 2), good.replace("0.5", "0.6"), good + "x")) {
            notes.clear();
            Files.writeString(file, bad);
            assertThat(store.find(run(Map.of()))).as(bad).isEmpty();
            assertThat(notes).singleElement().asString().contains(file.toString(), "is computed again");
        }
        Files.writeString(file, good);
        notes.clear();
        assertThat(store.find(run(Map.of()))).isPresent();
        Files.delete(file.resolveSibling(file.getFileName() + ".sha256"));
        assertThat(store.find(run(Map.of()))).as("without a seal").isEmpty();
    }

    private Path onlyRun() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("runs"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
