package io.github.linfhash.data.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.data.columnar.Cells;
import io.github.linfhash.data.columnar.Column;
import io.github.linfhash.data.columnar.ColumnTable;
import io.github.linfhash.io.input.Excerpt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Labels in a column of a Parquet or Arrow file: whole numbers are classes as they are, texts are the names of classes, and
 * lists of either are sets of labels.
 */
final class TableLabels {
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
                throw new InputException(file + " has a wrong label in row " + row + " (counted from 0) of the column '"
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
