package io.github.linfhash.data.readers;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.vectors.LabeledFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

class Corel16kReaderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeTwoImages() throws IOException {
        Files.writeString(folder.resolve(Corel16kReader.WORDS), "0 499\n7\n");
        Files.writeString(folder.resolve(Corel16kReader.LABELS), "152\n0 1 64\n");
        Files.writeString(
                folder.resolve(Corel16kReader.NAMES),
                IntStream.range(0, 153).mapToObj(i -> "label " + i + "\n").collect(Collectors.joining()));
    }

    @Test
    void readsWordsLabelsAndNames() {
        LabeledFeatures data = Corel16kReader.read(folder, Progress.NONE);
        assertThat(data.features().rows()).isEqualTo(2);
        assertThat(data.features().dimension()).isEqualTo(500);
        assertThat(data.features().get(0, 499)).isEqualTo(1);
        assertThat(data.features().get(1, 499)).isZero();
        assertThat(((LabelSets) data.labels()).has(0, 152)).isTrue();
        assertThat(((LabelSets) data.labels()).count(1)).isEqualTo(3);
        assertThat(data.labelNames()).hasSize(153).endsWith("label 152");
    }

    @Test
    void refusesFilesThatDoNotBelongTogether() throws IOException {
        Files.writeString(folder.resolve(Corel16kReader.LABELS), "1\n");
        assertOneSentence(() -> Corel16kReader.read(folder, Progress.NONE), Corel16kReader.LABELS, "2 lines");
    }

    @Test
    void refusesOtherNames() throws IOException {
        Path names = folder.resolve(Corel16kReader.NAMES);
        Files.writeString(names, "a\nb\n");
        assertOneSentence(() -> Corel16kReader.read(folder, Progress.NONE), Corel16kReader.NAMES, "found 2");
        Files.writeString(names, "a\na\n");
        assertOneSentence(() -> Corel16kReader.read(folder, Progress.NONE), "line 2", "'a'");
        Files.delete(names);
        assertOneSentence(() -> Corel16kReader.read(folder, Progress.NONE), Corel16kReader.NAMES, "is missing");
    }

    /** The published size of the data set, and its frequent labels: what Corel's photographs mostly show. */
    @Test
    @EnabledIfEnvironmentVariable(named = "LINFHASH_COREL16K", matches = ".+")
    void readsTheRealFiles() {
        LabeledFeatures data = Corel16kReader.read(Path.of(System.getenv("LINFHASH_COREL16K")), Progress.NONE);
        assertThat(data.features().rows()).isEqualTo(13_766);
        int[] counts = ((LabelSets) data.labels()).counts();
        assertThat(IntStream.range(0, 153)
                        .boxed()
                        .sorted((a, b) -> counts[b] - counts[a])
                        .limit(4)
                        .map(data.labelNames()::get))
                .containsExactly("water", "sky", "tree", "people");
    }
}
