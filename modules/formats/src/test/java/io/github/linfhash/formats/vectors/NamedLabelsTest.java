package io.github.linfhash.formats.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedLabelsTest {
    private static final NamedLabels NUMBERS = new NamedLabels(ClassLabels.of(7, 3), List.of());

    @TempDir
    Path folder;

    @Test
    void equalNamesAreEqualLabels() {
        NamedLabels queries = new NamedLabels(ClassLabels.of(0, 1), List.of("cat", "dog"));
        NamedLabels database = new NamedLabels(ClassLabels.of(0, 1, 2), List.of("ant", "bee", "cat"));
        assertThat(NamedLabels.together(queries, database))
                .contains(List.of(ClassLabels.of(0, 1), ClassLabels.of(2, 3, 0)));
    }

    @Test
    void aNumberWithoutANameIsItsOwnName() {
        NamedLabels named = new NamedLabels(ClassLabels.of(1, 0, 1), List.of("3", "8"));
        assertThat(NamedLabels.together(NUMBERS, named))
                .contains(List.of(ClassLabels.of(0, 1), ClassLabels.of(2, 1, 2)));
        assertThat(NamedLabels.together(NUMBERS, NUMBERS)).contains(List.of(NUMBERS.labels(), NUMBERS.labels()));
    }

    @Test
    void whereOneFileHasSetsBothHave() {
        NamedLabels sets =
                new NamedLabels(LabelSets.of(2, 2, new boolean[] {true, true, false, false}), List.of("a", "b"));
        NamedLabels classes = new NamedLabels(ClassLabels.of(0), List.of("b"));
        assertThat(NamedLabels.together(sets, classes))
                .contains(List.of(
                        LabelSets.of(2, 2, new boolean[] {true, true, false, false}),
                        LabelSets.of(1, 2, new boolean[] {false, true})));
    }

    @Test
    void columnsWithoutNamesBelongToNoNames() {
        NamedLabels matrix = new NamedLabels(LabelSets.of(1, 2, new boolean[] {true, false}), List.of());
        assertThat(NamedLabels.together(matrix, new NamedLabels(ClassLabels.of(0), List.of("b"))))
                .isEmpty();
    }

    @Test
    void aBlankInAListOfClassesIsSaid() throws IOException {
        List<String> notes = new ArrayList<>();
        Path file = Files.writeString(folder.resolve("y.txt"), "rose\nvers icolor\nrose\n");
        assertThat(LabelFiles.read(file, Progress.notes(notes::add)).labels()).isInstanceOf(LabelSets.class);
        assertThat(notes)
                .containsExactly(
                        file + ": 1 of 3 rows have several labels, as a blank ends a label; a column of a .csv keeps"
                                + " blanks in names");
    }
}
