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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvLabelsTest {
    @TempDir
    Path folder;

    private NamedLabels read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), text);
        return LabelFiles.read(file, Progress.NONE);
    }

    @Test
    void aColumnOfNamesIsOneClassARow() throws IOException {
        NamedLabels expected = new NamedLabels(ClassLabels.of(1, 0, 1), List.of("cat", "hot dog"));
        assertThat(read("hot dog\ncat\n\"hot dog\"\n")).isEqualTo(expected);
        assertThat(read("Class\nhot dog\ncat\nhot dog")).isEqualTo(expected);
    }

    @Test
    void aColumnOfNumbersIsOneClassARowInTheOrderOfTheNumbers() throws IOException {
        assertThat(read("10\n9\n-1\n9\n"))
                .isEqualTo(new NamedLabels(ClassLabels.of(2, 1, 0, 1), List.of("-1", "9", "10")));
        assertThat(read("0\n1\n")).isEqualTo(new NamedLabels(ClassLabels.of(0, 1), List.of("0", "1")));
    }

    @Test
    void columnsOfZerosAndOnesAreLabelSets() throws IOException {
        LabelSets sets = LabelSets.of(2, 3, new boolean[] {true, false, true, false, false, false});
        assertThat(read("1,0,1\n0,0,0\n")).isEqualTo(new NamedLabels(sets, List.of()));
        assertThat(read("sky,sea,sun\n1,0,1\n0,0,0\n")).isEqualTo(new NamedLabels(sets, List.of("sky", "sea", "sun")));
    }

    @Test
    void manyRowsAndLabelsGrow() throws IOException {
        String row = "0,".repeat(99) + "1\n";
        NamedLabels read = read(row.repeat(50));
        assertThat(read.labels().size()).isEqualTo(50);
        assertThat(((LabelSets) read.labels()).counts()[99]).isEqualTo(50);
        assertThat(((LabelSets) read.labels()).counts()[98]).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'', no labels",
        "'label|', no labels",
        "'a,b|', no labels",
        "'1,0|2,1|', '''2'''",
        "'a,b|1,x|', line 2",
        "'1,0|1|', found 1",
        "'a||b|', empty line",
    })
    void refusesEverythingElse(String text, String part) {
        assertOneSentence(() -> read(text.replace('|', '\n')), "a.csv", part);
    }

    @Test
    void refusesAClassNameThatIsAWholeText() {
        assertOneSentence(() -> read("a\n" + "b".repeat(201) + "\n"), "row 1", "200 characters");
    }
}
