package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.data.columnar.Column;
import io.github.linfhash.data.columnar.Column.Cells;
import io.github.linfhash.data.columnar.ColumnTable;
import io.github.linfhash.data.vectors.NamedLabels.LabelWords;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.TextLines;
import io.github.linfhash.io.npy.LabelArrays;
import io.github.linfhash.io.npy.NpzFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads labels of any format that linfhash knows; the ending of the file's name says which: NumPy's {@code .npy} and
 * {@code .npz} ({@link LabelArrays}), the labels in LIBSVM's {@code .libsvm} or {@code .svm}, tables in {@code .csv} and
 * {@code .tsv} ({@link CsvLabels}), columns in {@code .parquet} and {@code .arrow}, and lists in {@code .txt} ({@link LabelLists}).
 */
public final class LabelFiles {
    private LabelFiles() {}

    /**
     * Reads labels.
     *
     * @return one class for each row, or a set of labels for each row
     * @throws InputException if the file is missing, of another format or damaged
     */
    public static NamedLabels read(Path file, Progress progress) {
        return read(file, TableForm.PLAIN, progress);
    }

    /**
     * Reads labels.
     *
     * @param layout which column of a table has the labels
     * @return one class for each row, or a set of labels for each row
     * @throws InputException if the file is missing, of another format or damaged
     */
    public static NamedLabels read(Path file, TableForm layout, Progress progress) {
        return switch (VectorFormat.of(file, VectorFormat.Holds.LABELS)) {
            case NPY ->
                FileProgress.show(
                        file, 0, progress, task -> new NamedLabels(LabelArrays.read(file, progress::note), List.of()));
            case NPZ ->
                FileProgress.show(
                        file,
                        0,
                        progress,
                        task -> new NamedLabels(NpzFile.of(file).labels(progress::note), List.of()));
            case LIBSVM -> FileProgress.show(file, 1, progress, task -> LibsvmFile.labels(file, task));
            case CSV -> FileProgress.show(file, 1, progress, task -> CsvLabels.read(file, layout, task));
            case PARQUET -> FileProgress.show(file, 0, progress, task -> TableLabels.read(file, false, layout));
            case ARROW -> FileProgress.show(file, 0, progress, task -> TableLabels.read(file, true, layout));
            case LISTS ->
                saidToBeSeveral(
                        file, FileProgress.show(file, 1, progress, task -> LabelLists.read(file, task)), progress);
            case FVECS, BVECS -> throw new IllegalStateException("TEXMEX files hold no labels");
        };
    }

    /** A name with a blank in a list of classes makes a set of labels of each row, which nobody may have meant. */
    private static NamedLabels saidToBeSeveral(Path file, NamedLabels read, Progress progress) {
        if (read.labels() instanceof LabelSets sets) {
            long several = IntStream.range(0, sets.size())
                    .filter(row -> sets.count(row) > 1)
                    .count();
            progress.note(file + ": " + several + " of " + sets.size()
                    + " rows have several labels, as a blank ends a label; a column of a .csv keeps blanks in names");
        }
        return read;
    }

    /**
     * Labels in a column of a Parquet or Arrow file: whole numbers are classes as they are, texts are the names of classes, and
     * lists of either are sets of labels.
     */
    private static final class TableLabels {
        private TableLabels() {}

        /**
         * Reads the labels.
         *
         * @param path the file, perhaps with the name of a column
         * @throws InputException if the file is not right, has no such column, or a value is missing
         */
        static NamedLabels read(Path path, boolean arrow, TableForm layout) {
            TablePath where = TablePath.of(path);
            try (ColumnTable table = ColumnTable.open(where.file(), arrow)) {
                Column column = TableColumnChoice.of(where, table).labels(where.column(), layout);
                if (table.rows() < 1) {
                    throw new InputException(where.file() + " has no labels: expected at least one row, found none");
                }
                if (column.list() || column.elements() == Column.Elements.TEXT) {
                    Words words = new Words(where.file().toString());
                    table.read(List.of(column), List.of(words));
                    return words.toLabels();
                }
                Classes classes = new Classes(where.file().toString(), column.name(), (int) table.rows());
                table.read(List.of(column), List.of(classes));
                return new NamedLabels(ClassLabels.of(classes.numbers), List.of());
            }
        }

        /** Whole numbers, one a row. */
        private static final class Classes implements Cells {
            private final String file;
            private final String column;
            private final int[] numbers;
            private int row = -1;

            Classes(String file, String column, int rows) {
                this.file = file;
                this.column = column;
                this.numbers = new int[rows];
            }

            @Override
            public void row() {
                row++;
            }

            @Override
            public void whole(long value) {
                if (value != (int) value) {
                    throw new InputException(
                            file + " has a wrong label in row " + row + " (counted from 0) of the column '"
                                    + Excerpt.of(column) + "': expected a number of 32 bits, found " + value);
                }
                numbers[row] = (int) value;
            }

            @Override
            public void real(double value) {
                throw new IllegalStateException("fractions are no labels");
            }

            @Override
            public void text(String value) {
                throw new IllegalStateException("texts are words");
            }
        }

        /** Words, any number a row. */
        private static final class Words implements Cells {
            private final LabelWords words;
            private final List<String> row = new ArrayList<>();
            private boolean begun;

            Words(String file) {
                words = new LabelWords(file);
            }

            @Override
            public void row() {
                end();
                begun = true;
            }

            @Override
            public void whole(long value) {
                row.add(Long.toString(value));
            }

            @Override
            public void text(String value) {
                row.add(value);
            }

            @Override
            public void real(double value) {
                throw new IllegalStateException("fractions are no labels");
            }

            private void end() {
                if (begun) {
                    words.add(row);
                    row.clear();
                }
            }

            NamedLabels toLabels() {
                end();
                return words.toLabels();
            }
        }
    }

    /**
     * A text with the labels of each row, one row a line: a class, or any number of labels separated by white space; each a
     * number or a name without blanks.
     */
    public static final class LabelLists {
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
}
