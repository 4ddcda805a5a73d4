package io.github.linfhash.data.readers;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.readers.Corel16kReader.IndexLists;
import io.github.linfhash.formats.vectors.LabeledFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private IndexLists indices(String text, int size) throws IOException {
        return IndexLists.read(Files.writeString(folder.resolve("a.txt"), text), size, Progress.Task.SILENT);
    }

    @Test
    void indicesAreFeaturesOrLabels() throws IOException {
        IndexLists lists = indices("0 2\n\n1\n", 3);
        assertThat(lists.toFeatures()).isEqualTo(FeatureMatrix.copyOf(new float[][] {{1, 0, 1}, {0, 0, 0}, {0, 1, 0}}));
        assertThat(lists.toLabels())
                .isEqualTo(
                        LabelSets.of(3, 3, new boolean[] {true, false, true, false, false, false, false, true, false}));
    }

    @Test
    void indicesBeyondAWordOfBitsAreKept() throws IOException {
        LabelSets labels = indices("63 64 129\n", 130).toLabels();
        assertThat(labels.count(0)).isEqualTo(3);
        assertThat(labels.has(0, 129) && labels.has(0, 64) && labels.has(0, 63)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', is empty",
        "'0 3|', 0 to 2",
        "'0|1 1|', line 2",
        "'2 1|', 1 after 2",
        "'-1|', -1",
        "'x|', 'x'",
        "'99999999999|', 99999999999",
    })
    void refusesOtherIndices(String text, String part) {
        assertOneSentence(() -> indices(text.replace('|', '\n'), 3), "a.txt", part);
    }
}
