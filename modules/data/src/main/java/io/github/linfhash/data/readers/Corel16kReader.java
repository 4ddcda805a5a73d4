package io.github.linfhash.data.readers;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.vectors.LabeledFeatures;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.RowSelectionCollector.Room;
import io.github.linfhash.io.input.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads Corel16k (Barnard et al., JMLR 3, 2003), sample 001: for each image, which of 500 visual words and which of 153
 * labels it has.
 *
 * <p>Three texts: {@code corel16k001.features.txt} and {@code corel16k001.labels.txt}, with the indices of an image's
 * words and labels on each line, and {@code corel16k001.labelnames.txt}, with a name on each line. Indices count from 0:
 * 0 and 499 are the smallest and largest that occur among the words and 0 and 152 among the labels; the six most frequent
 * labels are then water, sky, tree, people, grass and buildings, whereas counted from 1 they were walls, skis, tracks,
 * pattern, gardens and bridge.
 */
public final class Corel16kReader {
    static final String WORDS = "corel16k001.features.txt";
    static final String LABELS = "corel16k001.labels.txt";
    static final String NAMES = "corel16k001.labelnames.txt";
    private static final int VISUAL_WORDS = 500;
    private static final int LABEL_COUNT = 153;

    private Corel16kReader() {}

    /**
     * Reads the three files of a folder.
     *
     * @return n x 500 features of 0 and 1, sets of 153 labels and their names
     * @throws InputException if a file is missing or not as described, or the files do not have equally many rows
     */
    public static LabeledFeatures read(Path folder, Progress progress) {
        try (Progress.Task task = progress.begin("reading Corel16k", 3)) {
            List<String> names = names(folder.resolve(NAMES));
            task.advance(1);
            IndexLists labels = IndexLists.read(folder.resolve(LABELS), LABEL_COUNT, Progress.Task.SILENT);
            task.advance(1);
            IndexLists words = IndexLists.read(folder.resolve(WORDS), VISUAL_WORDS, Progress.Task.SILENT);
            task.advance(1);
            if (words.rows() != labels.rows()) {
                throw new InputException(folder.resolve(LABELS) + " does not belong to " + WORDS + ": expected "
                        + words.rows() + " lines, found " + labels.rows());
            }
            return new LabeledFeatures(words.toFeatures(), labels.toLabels(), names, false);
        }
    }

    private static List<String> names(Path file) {
        List<String> names = new ArrayList<>();
        try (TextLines lines = TextLines.open(file, Progress.Task.SILENT)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.isBlank() || names.contains(line.strip())) {
                    throw lines.wrong("a name that is in no line above", "'" + Excerpt.of(line.strip()) + "'");
                }
                names.add(line.strip());
                if (names.size() > LABEL_COUNT) {
                    throw lines.wrong(LABEL_COUNT + " names", "more");
                }
            }
        }
        if (names.size() != LABEL_COUNT) {
            throw new InputException(
                    file + " has a wrong length: expected " + LABEL_COUNT + " names, found " + names.size());
        }
        return names;
    }

    /**
     * A text with the indices of what is present in each row, one row a line: {@code 27 130 147}.
     *
     * <p>Indices count from 0, ascend within a line and are separated by white space. An empty line is a row with nothing.
     */
    static final class IndexLists {
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
        static IndexLists read(Path file, int size, Progress.Task task) {
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
        int rows() {
            return rows.size();
        }

        /** The rows as vectors: n x size, 1 where an index is present and 0 elsewhere. */
        FeatureMatrix toFeatures() {
            float[] values = new float[Room.require(file, rows.size(), size)];
            for (int i = 0; i < rows.size(); i++) {
                for (int index : rows.get(i)) {
                    values[i * size + index] = 1;
                }
            }
            return FeatureMatrix.owning(rows.size(), size, values);
        }

        /** The rows as sets of labels. */
        LabelSets toLabels() {
            return LabelSets.ofRows(rows.size(), size, rows::get);
        }
    }
}
