package io.github.linfhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.tasks.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files that linfhash writes for a method that is not part of it. */
class HandOutTest extends EntryOnTinyHome {
    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                digests.put(folder.relativize(file).toString(), Digests.sha256(file));
            }
        }
        return digests;
    }

    @Test
    void aTaskHasFeaturesAndTheLabelsOfTrainingRowsAlone() throws IOException {
        Map<String, String> written = files(task);
        assertThat(written.keySet())
                .containsExactly(
                        "0/database_features.npy",
                        "0/query_features.npy",
                        "0/train_features.npy",
                        "0/train_labels.npy",
                        "1/database_features.npy",
                        "1/query_features.npy",
                        "1/train_features.npy",
                        "1/train_labels.npy",
                        "example.py",
                        "task.yaml");
        Task read = Task.read(task);
        assertThat(read.protocol()).isEqualTo("tiny");
        assertThat(read.title()).isEqualTo("Stripes <b>of</b> three directions");
        assertThat(read.seeds()).isEqualTo(SEEDS);
        assertThat(read.bits()).isEqualTo(BITS);
        assertThat(read.sizesOf(1)).isEqualTo(new Task.Sizes(45, QUERIES, DATABASE, null));
        written.keySet().removeAll(List.of("example.py", "task.yaml"));
        assertThat(read.files()).containsExactlyInAnyOrderEntriesOf(written);
        for (long seed : SEEDS) {
            PreparedSplit trial = trial(seed);
            int[] training = places(handedOut(seed, "train"), trial.training().labeled());
            assertThat(LabelArrays.read(task.resolve(seed + "/train_labels.npy")))
                    .isEqualTo(((ClassLabels) trial.training().labels()).select(training));
            assertIsInAnOrderOfItsOwn(training);
            assertIsInAnOrderOfItsOwn(places(handedOut(seed, "query"), trial.queries()));
            assertIsInAnOrderOfItsOwn(places(handedOut(seed, "database"), trial.database()));
        }
        assertThat(places(handedOut(0, "database"), trial(0).database()))
                .isNotEqualTo(places(handedOut(1, "database"), trial(1).database()));
    }

    /** Each row once, and no trace of the order that they had: neighbors in it are not neighbors here. */
    private static void assertIsInAnOrderOfItsOwn(int[] places) {
        assertThat(Arrays.stream(places).sorted().toArray())
                .isEqualTo(IntStream.range(0, places.length).toArray());
        long kept = IntStream.range(1, places.length)
                .filter(i -> places[i] == places[i - 1] + 1)
                .count();
        assertThat(kept).isLessThanOrEqualTo(5);
    }

    @Test
    void itIsTheSameEachTimeAndNeverReplacedUnasked() throws IOException {
        Map<String, String> first = files(task);
        assertThat(badInput("task create --protocol=tiny --out=%s", task))
                .isEqualTo("linfhash: --out: expected a new file, or --force to replace it, found "
                        + task.resolve("task.yaml") + ".\n");
        succeed("task create --protocol=tiny --out=%s --force", task);
        assertThat(files(task)).isEqualTo(first);

        Path part = root.resolve("part");
        succeed("task create --protocol=tiny --seeds=1 --bits=16 --out=%s", part);
        assertThat(Task.read(part).bits()).containsExactly(16);
        Map<String, String> ofPart = files(part);
        ofPart.remove("task.yaml");
        assertThat(first).containsAllEntriesOf(ofPart).hasSize(ofPart.size() + 5);
    }

    @Test
    void queriesThatStayInTheDatabaseAreNotHandedOut() throws IOException {
        Path protocols = root.resolve("protocols");
        Files.writeString(
                protocols.resolve("kept.yaml"),
                Files.readString(realHome().resolve("protocols/nus-wide-legacy.yaml"))
                        .replace("name: nus-wide-legacy", "name: kept"));
        assertThat(badInput("task create --protocol=kept --out=F/kept"))
                .isEqualTo("linfhash: Protocol kept: a task requires queries that are not in the database;"
                        + " choose another protocol.\n");
        assertThat(root.resolve("kept")).doesNotExist();
    }
}
