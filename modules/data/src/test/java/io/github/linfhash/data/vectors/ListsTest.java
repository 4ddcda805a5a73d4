package io.github.linfhash.data.vectors;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListsTest {
    @TempDir
    Path folder;

    private NamedLabels labels(String text) throws IOException {
        return LabelFiles.read(Files.writeString(folder.resolve("a.txt"), text), Progress.NONE);
    }

    private IndexLists indices(String text, int size) throws IOException {
        return IndexLists.read(Files.writeString(folder.resolve("a.txt"), text), size, Progress.Task.SILENT);
    }

    @Test
    void oneWordALineIsAClass() throws IOException {
        assertThat(labels("dog\ncat\r\ndog"))
                .isEqualTo(new NamedLabels(ClassLabels.of(1, 0, 1), List.of("cat", "dog")));
        assertThat(labels("10\n9\n")).isEqualTo(new NamedLabels(ClassLabels.of(1, 0), List.of("9", "10")));
    }

    @Test
    void severalWordsALineAreLabelSets() throws IOException {
        assertThat(labels("sea sun\n\nsun sun\t sky \n"))
                .isEqualTo(new NamedLabels(
                        LabelSets.of(3, 3, new boolean[] {true, false, true, false, false, false, false, true, true}),
                        List.of("sea", "sky", "sun")));
    }

    @Test
    void refusesLabelsThatAreMissing() {
        assertOneSentence(() -> labels(""), "a.txt", "no labels");
        assertOneSentence(() -> labels("dog\n\ncat\n"), "a.txt", "row 1");
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
