package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.KeptRows.Room;
import io.github.linfhash.io.input.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with the indices of what is present in each row, one row a line: {@code 27 130 147}.
 *
 * <p>Indices count from 0, ascend within a line and are separated by white space. An empty line is a row with nothing.
 */
public final class IndexLists {
    private final String file;
    private final int size;
    private final List<int[]> rows;

    private IndexLists(String file, int size, List<int[]> rows) {
        this.file = file;
        this.size = size;
        this.rows = rows;
    }

    /**
     * Reads a file.
     *
     * @param size how many things there are to be present; indices are below it
     * @param task advanced by the bytes that are read
     * @throws InputException if the file is not of this format, an index is out of range, or there are no rows
     */
    public static IndexLists read(Path file, int size, Progress.Task task) {
        List<int[]> rows = new ArrayList<>();
        try (TextLines lines = TextLines.open(file, task)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                rows.add(indices(line, size, lines));
            }
        }
        if (rows.isEmpty()) {
            throw new InputException(file + " is empty: expected one row of indices on each line, found none");
        }
        return new IndexLists(file.toString(), size, rows);
    }

    private static int[] indices(String line, int size, TextLines lines) {
        String[] words = line.isBlank() ? new String[0] : line.strip().split("\\s+");
        int[] indices = new int[words.length];
        for (int k = 0; k < words.length; k++) {
            if (!words[k].matches("\\d{1,9}") || Integer.parseInt(words[k]) >= size) {
                throw lines.wrong("indices from 0 to " + (size - 1), "'" + Excerpt.of(words[k]) + "'");
            }
            indices[k] = Integer.parseInt(words[k]);
            if (k > 0 && indices[k] <= indices[k - 1]) {
                throw lines.wrong("ascending indices", indices[k] + " after " + indices[k - 1]);
            }
        }
        return indices;
    }

    /** The number of rows, n. */
    public int rows() {
        return rows.size();
    }

    /** The rows as vectors: n x size, 1 where an index is present and 0 elsewhere. */
    public FeatureMatrix toFeatures() {
        float[] values = new float[Room.require(file, rows.size(), size)];
        for (int i = 0; i < rows.size(); i++) {
            for (int index : rows.get(i)) {
                values[i * size + index] = 1;
            }
        }
        return FeatureMatrix.owning(rows.size(), size, values);
    }

    /** The rows as sets of labels. */
    public LabelSets toLabels() {
        return LabelSets.ofRows(rows.size(), size, rows::get);
    }
}
