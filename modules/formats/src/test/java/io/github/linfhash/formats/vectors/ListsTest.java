package io.github.linfhash.formats.vectors;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListsTest {
    @TempDir
    Path folder;

    private NamedLabels labels(String text) throws IOException {
        return LabelFiles.read(Files.writeString(folder.resolve("a.txt"), text), Progress.NONE);
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
}
