package io.github.linfhash.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.features.Labels;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.experiment.runner.PreparedSplit;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.testing.InputErrors;
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
import org.junit.jupiter.api.io.TempDir;

/** The files that linfhash writes for a method that is not part of it. */
class TasksTest {
    @TempDir
    private Path folder;

    private static Map<String, String> digests(Path folder) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                digests.put(folder.relativize(file).toString().replace('\\', '/'), Digests.sha256(file));
            }
        }
        return digests;
    }

    @Test
    void aTaskHasFeaturesAndTheLabelsOfTrainingRowsAlone() throws IOException {
        SampleTask sample = SampleTask.of(folder);
        Map<String, String> written = digests(sample.task());
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
        Task read = Task.read(sample.task());
        assertThat(read.protocol()).isEqualTo("tiny");
        assertThat(read.title()).isEqualTo("Rows <b>of</b> classes");
        assertThat(read.seeds()).containsExactly(0L, 1L);
        assertThat(read.bits()).containsExactly(8, 12);
        assertThat(read.sizesOf(1)).isEqualTo(new Task.Sizes(45, SampleTask.QUERIES, SampleTask.DATABASE, null));
        written.keySet().removeAll(List.of("example.py", "task.yaml"));
        assertThat(read.files()).containsExactlyInAnyOrderEntriesOf(written);
        for (long seed : read.seeds()) {
            PreparedSplit split = sample.split(seed);
            int[] training = SampleTask.places(
                    sample.handedOut(seed, "train"), split.training().labeled());
            assertThat(LabelArrays.read(sample.task().resolve(seed + "/train_labels.npy")))
                    .isEqualTo(((ClassLabels) split.training().labels()).select(training));
            assertIsInAnOrderOfItsOwn(training);
            assertIsInAnOrderOfItsOwn(SampleTask.places(sample.handedOut(seed, "query"), split.queries()));
            assertIsInAnOrderOfItsOwn(SampleTask.places(sample.handedOut(seed, "database"), split.database()));
        }
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
    void aTaskIsTheSameEachTimeAndAPartOfItHasTheSameArrays() throws IOException {
        SampleTask sample = SampleTask.of(folder);
        Map<String, String> first = digests(sample.task());
        sample.handOut(folder.resolve("again"));
        assertThat(digests(folder.resolve("again"))).isEqualTo(first);

        Path part = folder.resolve("part");
        Tasks.handOut(sample.protocol(), sample.data(), List.of(16), List.of(1L), part, Progress.NONE);
        assertThat(Task.read(part).bits()).containsExactly(16);
        Map<String, String> ofPart = digests(part);
        ofPart.remove("task.yaml");
        assertThat(first).containsAllEntriesOf(ofPart).hasSize(ofPart.size() + 5);
    }

    @Test
    void queriesThatStayInTheDatabaseAreNotHandedOut() {
        Path protocols = Path.of(System.getProperty("linfhash.home"), "protocols");
        InputErrors.assertBadInput(() -> Tasks.requirePossible(new ProtocolFiles(protocols).read("nus-wide-legacy")))
                .hasMessage("Protocol nus-wide-legacy: a task requires queries that are not in the database;"
                        + " choose another protocol");
    }

    @Test
    void aTaskOfNeighborsHasNoLabels() throws IOException {
        SampleTask sample = SampleTask.of(
                folder,
                ClassLabels.of(SampleTask.classes(3)),
                "{kind: random, queries: 45, training: 20}",
                "neighbors");
        assertThat(sample.task().resolve("0/train_labels.npy")).doesNotExist();
        assertThat(sample.score().runs())
                .hasSize(4)
                .allSatisfy(run -> assertThat(run.metrics()).containsKeys("neighborRecall@1", "map"));
    }

    @Test
    void rowsMayHaveSeveralLabels() throws IOException {
        boolean[] carried = new boolean[360];
        for (int row = 0; row < 120; row++) {
            carried[3 * row + row % 3] = true;
            carried[3 * row + (row / 3) % 3] = true;
        }
        SampleTask sample = SampleTask.of(
                folder,
                LabelSets.of(120, 3, carried),
                "{kind: label-balanced, mostFrequent: 3, queriesPerLabel: 5, training: 30}",
                "shared-label");
        Labels ofTraining = LabelArrays.read(sample.task().resolve("0/train_labels.npy"));
        assertThat(ofTraining).isInstanceOf(LabelSets.class);
        assertThat(ofTraining.size()).isEqualTo(30);
        assertThat(sample.score().runs()).hasSize(4);
    }

    @Test
    void methodsWithoutLabelsLearnFromSeenClasses() throws IOException {
        SampleTask sample = SampleTask.of(
                folder,
                ClassLabels.of(SampleTask.classes(5)),
                "{kind: unseen-classes, unseen: 2, queriesPerClass: 5, trainingPerClass: 10}",
                "same-class");
        Task read = Task.read(sample.task());
        // Of five classes of 24 rows, two are unseen: 10 queries and the 38 other rows; three are seen.
        assertThat(read.sizesOf(0)).isEqualTo(new Task.Sizes(30, 10, 38, 72));
        assertThat(sample.handedOut(0, "unlabeled").rows()).isEqualTo(72);
        ClassLabels labels = (ClassLabels) LabelArrays.read(sample.task().resolve("0/train_labels.npy"));
        assertThat(IntStream.of(labels.toArray()).distinct().count()).isEqualTo(3);
        assertThat(read.files()).containsKey("0/unlabeled_features.npy").hasSize(10);
        assertThat(sample.score().runs()).hasSize(4);
    }
}
