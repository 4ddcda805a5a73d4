package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.TextLines;
import java.nio.file.Path;
import java.util.List;

/**
 * A text with the labels of each row, one row a line: a class, or any number of labels separated by white space; each a
 * number or a name without blanks.
 */
public final class LabelLists {
    private LabelLists() {}

    /**
     * Reads labels.
     *
     * @param task advanced by the bytes that are read
     * @return classes if every line has one word; sets of labels, some perhaps empty, if some line has several
     * @throws InputException if there are no labels, or a line is empty and none has several
     */
    public static NamedLabels read(Path file, Progress.Task task) {
        LabelWords words = new LabelWords(file.toString());
        try (TextLines lines = TextLines.open(file, task)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                words.add(line.isBlank() ? List.of() : List.of(line.strip().split("\\s+")));
            }
        }
        return words.toLabels();
    }
}
