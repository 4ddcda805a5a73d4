package io.github.linfhash.formats.vectors;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.ClassLabels;
import io.github.linfhash.core.features.LabelSets;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.formats.columnar.Column;
import io.github.linfhash.formats.columnar.Column.Cells;
import io.github.linfhash.formats.columnar.Column.Elements;
import io.github.linfhash.formats.columnar.ColumnTable;
import io.github.linfhash.formats.vectors.NamedLabels.LabelWords;
import io.github.linfhash.formats.vectors.VectorFormat.Holds;
import io.github.linfhash.formats.vectors.VectorFormat.Source;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads labels of any format that linfhash knows; the ending of the file's name says which: NumPy's {@code .npy} and
 * {@code .npz}, the labels in LIBSVM's {@code .libsvm} or {@code .svm}, tables in {@code .csv} and
 * {@code .tsv}, columns in {@code .parquet}, and lists in {@code .txt}.
 */
public final class LabelFiles {
    private static final int MOST_LABELS = 1 << 16;

    /** The bytes that the class of a row takes while it is read, kept and copied. */
    private static final long CLASS_BYTES = 12;

    /** The bytes that the words of a row take: an array of their numbers and its place in a list. */
    private static final long WORD_BYTES = 64;

    private LabelFiles() {}

    /**
     * Checks by the name of a file that it may contain labels, before it is opened.
     *
     * @throws InputException if it is of another format
     */
    public static void requireKnown(Path file) {
        VectorFormat.of(file, Holds.LABELS);
    }

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
        return VectorFormat.read(file, layout, Holds.LABELS, progress, VectorFormat::labels);
    }

    /**
     * A text with the labels of each row, one row a line: a class, or any number of labels separated by white space; each a
     * number or a name without blanks.
     *
     * @return classes if every line has one word; sets of labels, some perhaps empty, if some line has several
     * @throws InputException if there are no labels, or a line is empty and none has several
     */
    static NamedLabels readLists(Source source) {
        LabelWords words = new LabelWords(source.path().toString());
        try (TextLines lines = TextLines.open(source.path(), source.task())) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                words.add(line.isBlank() ? List.of() : List.of(line.strip().split("\\s+")));
            }
        }
        return saidToBeSeveral(source, words.toLabels());
    }

    /** Notes that a name with a space in a list of classes turns each row into a set of labels, which may not be intended. */
    private static NamedLabels saidToBeSeveral(Source source, NamedLabels read) {
        if (read.labels() instanceof LabelSets sets) {
            long several = IntStream.range(0, sets.size())
                    .filter(row -> sets.count(row) > 1)
                    .count();
            source.progress()
                    .note(
                            source.path() + ": " + several + " of " + sets.size()
                                    + " rows have several labels, as a blank ends a label; a column of a .csv keeps blanks in names");
        }
        return read;
    }

    /**
     * Reads the labels of a table: whole numbers in a column are classes as they are, texts are the names of classes, and lists of either
     * are sets of labels; columns of the words 0 and 1 are a label each.
     *
     * @throws InputException if the file is not right, has no such column, or a value is missing
     */
    static NamedLabels read(ColumnTable table, Source source) {
        if (table.isEmpty()) {
            throw new InputException(table.name() + " has no labels: expected at least one row, found none");
        }
        List<Column> columns = TableColumnChoice.of(table).labels(source.column(), source.form());
        if (columns.size() > 1) {
            return indicators(table, columns);
        }
        Column column = columns.get(0);
        boolean several = column.list() || column.elements() != Elements.WHOLE;
        requireRoom(table, several ? WORD_BYTES : CLASS_BYTES);
        table.requireThere(
                columns, Math.max(0, table.rows()), source.file().toFile().length());
        if (several) {
            Words words = new Words(table, column);
            table.read(columns, words);
            return words.toLabels();
        }
        int[] classes = new int[(int) table.rows()];
        table.read(columns, new Cells() {
            @Override
            public void whole(int at, int row, int place, long value) {
                if (value != (int) value) {
                    throw table.wrong(column, row, "label", "a number of 32 bits", String.valueOf(value));
                }
                classes[row] = (int) value;
            }
        });
        return new NamedLabels(ClassLabels.of(classes), List.of());
    }

    /** Checks that a quarter of the heap has room for the labels of all rows, before they are read. */
    private static void requireRoom(ColumnTable table, long bytesOfRow) {
        long most =
                Math.min(Integer.MAX_VALUE - Long.BYTES, Runtime.getRuntime().maxMemory() / 4 / bytesOfRow);
        if (table.rows() > most) {
            throw new InputException(table.name() + " does not fit into memory: expected labels of at most " + most
                    + " rows in a quarter of the heap (LINFHASH_HEAP makes it larger), found " + table.rows());
        }
    }

    private static NamedLabels indicators(ColumnTable table, List<Column> columns) {
        if (columns.size() > MOST_LABELS) {
            throw new InputException(table.name() + " has too many labels: expected at most " + MOST_LABELS
                    + " columns, found " + columns.size());
        }
        List<BitSet> rows = new ArrayList<>();
        table.read(columns, new Cells() {
            @Override
            public void text(int column, int row, int place, String word) {
                if (!word.equals("0") && !word.equals("1")) {
                    throw table.wrong(columns.get(column), row, "label", "0 or 1", "'" + Excerpt.of(word) + "'");
                }
                if (row == rows.size()) {
                    rows.add(new BitSet());
                }
                rows.get(row).set(column, word.equals("1"));
            }
        });
        return new NamedLabels(
                LabelSets.ofRows(
                        rows.size(),
                        columns.size(),
                        row -> rows.get(row).stream().toArray()),
                table.hasNames() ? columns.stream().map(Column::name).toList() : List.of());
    }

    /** Collects the words of a column, any number in a row. */
    static final class Words implements Cells {
        private final ColumnTable table;
        private final Column column;
        private final LabelWords words;
        private final List<String> row = new ArrayList<>();
        private long all;

        Words(ColumnTable table, Column column) {
            this.table = table;
            this.column = column;
            this.words = new LabelWords(table.name());
        }

        @Override
        public void whole(int read, int rowNumber, int place, long value) {
            text(read, rowNumber, place, Long.toString(value));
        }

        @Override
        public void text(int read, int rowNumber, int place, String word) {
            if (word.isEmpty() && column.elements() == Elements.WORD) {
                throw table.wrong(column, rowNumber, "label", "a class", "an empty field");
            }
            if (row.size() == MOST_LABELS) {
                throw table.wrong(column, rowNumber, "list", "at most " + MOST_LABELS + " labels", "more");
            }
            row.add(word);
        }

        @Override
        public void end(int read, int rowNumber, int count) {
            all += count;
            if (all > Runtime.getRuntime().maxMemory() / 4 / Integer.BYTES) {
                throw new InputException(table.name() + " does not fit into memory: expected labels in a quarter of the"
                        + " heap (LINFHASH_HEAP makes it larger), found more than " + (all - 1));
            }
            words.add(row);
            row.clear();
        }

        NamedLabels toLabels() {
            return words.toLabels();
        }
    }
}
