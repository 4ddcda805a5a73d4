package io.github.linfhash.harness.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.files.AtomicFiles;
import io.github.linfhash.core.files.Digests;
import io.github.linfhash.core.results.RunKey;
import io.github.linfhash.core.results.RunResult;
import io.github.linfhash.harness.methods.MethodRegistry;
import io.github.linfhash.reports.results.DatasetSummary;
import io.github.linfhash.reports.results.EnvironmentSummary;
import io.github.linfhash.reports.results.FeatureSummary;
import io.github.linfhash.reports.results.ProtocolSummary;
import io.github.linfhash.reports.results.SplitSizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {
    private static final String HASH = Digests.sha256("a");
    private static final String OTHER = Digests.sha256("b");

    @TempDir
    private Path folder;

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
                List.of(8),
                List.of(0L),
                List.of(cell(Map.of()).method().summary()));
        return new RunStore(
                folder, protocol, new EnvironmentSummary("1", "c", "jdk", "os", "cpu", 2, "backend", threads, 2));
    }

    private static Comparison.Cell cell(Map<String, Object> options) {
        return new Comparison.Cell(
                MethodRegistry.standard().configure("ksh", options, "test"), new RunKey("ksh", 8, 0));
    }

    private static RunResult result(@Nullable String failure) {
        boolean failed = failure != null;
        return new RunResult(
                new RunKey("ksh", 8, 0),
                HASH,
                failed ? null : HASH,
                0,
                failed ? Map.of() : Map.of("map", 0.5),
                Map.of(),
                Map.of(),
                failure);
    }

    @Test
    void findsWhatWasKeptUnderTheSameCircumstancesAlone() throws IOException {
        store(HASH, HASH, 1).keep(cell(Map.of()), result(null));
        assertThat(store(HASH, HASH, 1).find(cell(Map.of()))).isPresent();
        assertThat(store(OTHER, HASH, 1).find(cell(Map.of()))).isEmpty();
        assertThat(store(HASH, OTHER, 1).find(cell(Map.of()))).isEmpty();
        assertThat(store(HASH, HASH, 2).find(cell(Map.of()))).isEmpty();
        assertThat(store(HASH, HASH, 1).find(cell(Map.of("anchors", 20)))).isEmpty();
    }

    @Test
    void keepsNoFailedRun() throws IOException {
        store(HASH, HASH, 1).keep(cell(Map.of()), result("the loss is NaN"));
        assertThat(store(HASH, HASH, 1).find(cell(Map.of()))).isEmpty();
    }

    @Test
    void deletesTheCheckpointsOfARunThatIsKept() throws IOException {
        RunStore store = store(HASH, HASH, 1);
        Path checkpoints = store.checkpoints(cell(Map.of()));
        AtomicFiles.write(checkpoints.resolve("state"), "half of a training");
        store.keep(cell(Map.of()), result(null));
        assertThat(checkpoints).doesNotExist();
        assertThat(folder.resolve("checkpoints")).exists();
    }

    @Test
    void takesAnyDamagedFileForNone() throws IOException {
        RunStore store = store(HASH, HASH, 1);
        store.keep(cell(Map.of()), result(null));
        try (var files = Files.list(folder.resolve("runs"))) {
            Path file = files.findFirst().orElseThrow();
            String good = Files.readString(file);
            for (String bad : List.of("", "{}", "[1]", good.replace("\"linfhash-results/2\"", "1"), good + "x")) {
                Files.writeString(file, bad);
                assertThat(store.find(cell(Map.of()))).as(bad).isEmpty();
            }
        }
    }
}
